package io.octavialb.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.octavialb.embedded.kubernetes.EmbeddedKubernetes;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What pods that come and go do to a Service whose members they are. */
class EndpointChangesTest {
    private static final String SLICES = "/apis/discovery.k8s.io/v1/endpointslices";

    @SuppressWarnings("NullAway.Init")
    private Cluster cluster;

    @BeforeEach
    void setUp() {
        cluster = new Cluster();
        cluster.create(Cluster.node("one"));
    }

    @AfterEach
    void tearDown() {
        cluster.close();
    }

    private static Endpoint endpoint(String pod, String address, boolean ready, boolean terminating) {
        return new EndpointBuilder()
                .withAddresses(address)
                .withNewConditions()
                .withReady(ready)
                .withServing(ready || terminating)
                .withTerminating(terminating)
                .endConditions()
                .withNewTargetRef()
                .withKind("Pod")
                .withName(pod)
                .endTargetRef()
                .build();
    }

    private static EndpointSlice slice(String service, Endpoint... endpoints) {
        return new EndpointSliceBuilder()
                .withNewMetadata()
                .withNamespace(Cluster.NAMESPACE)
                .withName(service + "-1")
                .addToLabels(EndpointWatch.SERVICE_NAME, service)
                .endMetadata()
                .withAddressType("IPv4")
                .withEndpoints(endpoints)
                .addNewPort()
                .withPort(8080)
                .withProtocol("TCP")
                .endPort()
                .build();
    }

    private void put(Endpoint... endpoints) {
        put("web", endpoints);
    }

    private void put(String service, Endpoint... endpoints) {
        cluster.user()
                .discovery()
                .v1()
                .endpointSlices()
                .resource(slice(service, endpoints))
                .createOr(r -> r.update());
    }

    private List<io.octavialb.model.kubernetes.Endpoint> lastSeen() {
        return cluster.reconciliation.ensured.getLast().endpoints();
    }

    @Test
    void podsThatBeginServeDrainAndGoWakeTheirService() {
        put(endpoint("a", "10.7.0.1", true, false), endpoint("starting", "10.7.0.9", false, false));
        cluster.start();
        cluster.create(Cluster.loadBalancer("web")
                .editMetadata()
                .addToAnnotations("loadbalancer.openstack.org/member-target", "pod")
                .endMetadata());
        await().until(() -> !cluster.reconciliation.ensured.isEmpty());
        var a = new io.octavialb.model.kubernetes.Endpoint("", "TCP", 8080, "10.7.0.1", "a", false);
        assertThat(lastSeen()).containsExactly(a);

        put(endpoint("a", "10.7.0.1", false, true), endpoint("b", "10.7.0.2", true, false));
        await().atMost(Duration.ofSeconds(20)).until(() -> lastSeen().size() == 2);
        assertThat(lastSeen())
                .containsExactly(
                        new io.octavialb.model.kubernetes.Endpoint("", "TCP", 8080, "10.7.0.1", "a", true),
                        new io.octavialb.model.kubernetes.Endpoint("", "TCP", 8080, "10.7.0.2", "b", false));

        put(endpoint("b", "10.7.0.2", true, false));
        await().atMost(Duration.ofSeconds(20)).until(() -> lastSeen().size() == 1);
    }

    @Test
    void nobodyListsEndpointsWhereNodesAreMembers() {
        put(endpoint("a", "10.7.0.1", true, false));
        cluster.start();
        cluster.create(Cluster.loadBalancer("web"));
        await().until(() -> cluster.reasons().contains("EnsuredLoadBalancer"));
        assertThat(lastSeen()).isEmpty();
        assertThat(cluster.requests("GET", SLICES)).isEmpty();
    }

    private long passes(String service) {
        return cluster.reconciliation.ensured.stream()
                .filter(seen -> seen.key().name().equals(service))
                .count();
    }

    private boolean seesPods(String service) {
        return cluster.reconciliation.ensured.stream()
                .filter(seen -> seen.key().name().equals(service))
                .reduce((_, last) -> last)
                .filter(last -> !last.endpoints().isEmpty())
                .isPresent();
    }

    private static ServiceBuilder ofPods(String name) {
        return Cluster.loadBalancer(name)
                .editMetadata()
                .addToAnnotations("loadbalancer.openstack.org/member-target", "pod")
                .endMetadata();
    }

    private void edit(String name, UnaryOperator<ServiceBuilder> change) {
        EmbeddedKubernetes.edit(
                cluster.user().services().inNamespace(Cluster.NAMESPACE).withName(name),
                service -> change.apply(new ServiceBuilder(service)).build());
    }

    /** The one that pods wake still is woken after it would have been. */
    @Test
    void podsDoNotWakeAServiceAnyMoreWhoseMembersTheyAreNot() {
        cluster.start();
        cluster.create(ofPods("web"));
        cluster.create(ofPods("api"));
        await().until(() -> passes("web") > 0 && passes("api") > 0);
        put("web", endpoint("a", "10.7.0.1", true, false));
        put("api", endpoint("b", "10.7.0.2", true, false));
        await().atMost(Duration.ofSeconds(20)).until(() -> seesPods("web") && seesPods("api"));
        edit(
                "web",
                service -> service.editMetadata()
                        .removeFromAnnotations("loadbalancer.openstack.org/member-target")
                        .endMetadata());
        await().until(() -> !seesPods("web"));
        long ofWeb = passes("web");
        long ofApi = passes("api");
        put("web", endpoint("a", "10.7.0.11", true, false));
        put("api", endpoint("b", "10.7.0.12", true, false));
        await().atMost(Duration.ofSeconds(20)).until(() -> passes("api") > ofApi);
        assertThat(passes("web")).isEqualTo(ofWeb);
    }
}
