package io.octavialb.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Service from its creation to its deletion. */
@EnableKubernetesMockClient(crud = true)
class ServiceLifeTest {
    @SuppressWarnings("NullAway.Init")
    KubernetesClient client;

    @SuppressWarnings("NullAway.Init")
    KubernetesMockServer server;

    @SuppressWarnings("NullAway.Init")
    private Cluster cluster;

    @BeforeEach
    void setUp() {
        cluster = new Cluster(client, server);
    }

    @AfterEach
    void tearDown() {
        cluster.close();
    }

    @Test
    void createdServiceIsServedInOnePassPlusOnePerWake() {
        cluster.reconciliation.onEnsure = (_, _) -> cluster.reconciliation.ensured.size() == 1
                ? ScriptedReconciliation.waiting()
                : ScriptedReconciliation.converged(true);
        KubernetesController controller = cluster.start();
        cluster.create(Cluster.loadBalancer("web"));
        await().until(() -> cluster.reconciliation.ensured.size() == 1);
        controller.wake(Cluster.key("web"));
        await().until(() -> cluster.reasons().contains("EnsuredLoadBalancer"));
        var service = Conversion.service(cluster.get("web"));
        assertThat(OwnParts.of(service).finalizer()).isTrue();
        assertThat(OwnParts.of(service).loadBalancerId()).isEqualTo(ScriptedReconciliation.ID);
        assertThat(OwnParts.of(service).address()).isEqualTo(ScriptedReconciliation.ADDRESS);
        assertThat(service.ingress().getFirst().ip()).isEqualTo(ScriptedReconciliation.ADDRESS);
        assertThat(cluster.reasons()).containsExactly("EnsuringLoadBalancer", "EnsuredLoadBalancer");
        assertThat(cluster.reconciliation.ensured).hasSize(2);
    }
}
