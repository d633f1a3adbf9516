package io.octavialb.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.octavialb.model.Outcome.Identity;
import io.octavialb.model.kubernetes.Ingress;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServiceWritesTest {
    @SuppressWarnings("NullAway.Init")
    KubernetesClient client;

    @SuppressWarnings("NullAway.Init")
    private Cluster cluster;

    @SuppressWarnings("NullAway.Init")
    private ServiceWrites writes;

    @BeforeEach
    void setUp() {
        cluster = new Cluster();
        client = cluster.user();
        writes = new ServiceWrites(cluster.client, FieldManager.of(null), new OwnWrites());
    }

    @AfterEach
    void tearDown() {
        cluster.close();
    }

    @Test
    void finalizerIsNotWrittenToAServiceThatIsNotAsItWasRead() {
        Service stale = cluster.create(Cluster.loadBalancer("web"));
        client.services().inNamespace(Cluster.NAMESPACE).withName("web").edit(service -> {
            service.getMetadata().getFinalizers().add("example.com/theirs");
            return service;
        });
        assertThat(writes.addFinalizer(stale)).isEmpty();
        assertThat(writes.addFinalizer(writes.latest(stale))).isPresent();
        assertThat(cluster.get("web").getMetadata().getFinalizers())
                .containsExactly("example.com/theirs", Responsibility.FINALIZER);
        assertThat(cluster.requests("PATCH", "/services/web")).isNotEmpty();
    }

    @Test
    void unknownAddressErasesNoneAndEqualAnnotationsAreNotWritten() {
        Service service = cluster.create(Cluster.loadBalancer("web"));
        Service published = writes.publish(service, new Identity("id", "203.0.113.7"));
        assertThat(writes.publish(published, new Identity("id", null))).isSameAs(published);
        assertThat(writes.publish(published, new Identity("id", "203.0.113.7"))).isSameAs(published);
        assertThat(cluster.requests("PATCH", "/services/web")).hasSize(1);
    }

    @Test
    void statusThatAnOlderApiServerKeptWithoutIpModeIsNotWrittenAgain() {
        cluster.create(Cluster.loadBalancer("web"));
        Service service = client.services()
                .inNamespace(Cluster.NAMESPACE)
                .withName("web")
                .editStatus(present -> new ServiceBuilder(present)
                        .withNewStatus()
                        .withNewLoadBalancer()
                        .addNewIngress()
                        .withIp("203.0.113.7")
                        .endIngress()
                        .endLoadBalancer()
                        .endStatus()
                        .build());
        assertThat(writes.ingress(service, List.of(new Ingress("203.0.113.7", null, "VIP"))))
                .isSameAs(service);
        writes.ingress(service, List.of());
        assertThat(cluster.patches.getLast()).contains("\"status\":{\"loadBalancer\":{\"ingress\":null}}");
    }
}
