package io.octavialb.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What changes of nodes do to Services. */
class NodeChangesTest {
    @SuppressWarnings("NullAway.Init")
    KubernetesClient client;

    @SuppressWarnings("NullAway.Init")
    private Cluster cluster;

    @BeforeEach
    void setUp() {
        cluster = new Cluster();
        client = cluster.user();
        cluster.create(Cluster.node("one"));
    }

    @AfterEach
    void tearDown() {
        cluster.close();
    }

    private void edit(String node, Consumer<Node> change) {
        client.nodes().withName(node).edit(present -> {
            change.accept(present);
            return present;
        });
    }

    @Test
    void manyNodeChangesAreOnePassPerService() {
        int services = 300;
        IntStream.range(0, services).forEach(i -> cluster.create(Cluster.loadBalancer("web-" + i)));
        ControllerSettings settings = Cluster.settings();
        ControllerSettings defaults = ControllerSettings.defaults();
        cluster.start(new ControllerSettings(
                null,
                10,
                settings.driftPeriod(),
                settings.retryFirst(),
                settings.retryLongest(),
                defaults.nodesQuiet(),
                defaults.nodesLongest(),
                false,
                settings.lease()));
        await().atMost(Duration.ofSeconds(60)).until(() -> cluster.reconciliation.ensured.size() == services);
        IntStream.range(0, 20)
                .forEach(i -> edit("one", node -> node.getMetadata().setLabels(Map.of("i", "" + i))));
        await().atMost(Duration.ofSeconds(60)).until(() -> cluster.reconciliation.ensured.size() >= 2 * services);
        await().during(defaults.nodesQuiet().plusMillis(500))
                .atMost(Duration.ofSeconds(10))
                .until(() -> cluster.reconciliation.ensured.size() == 2 * services);
    }

    @Test
    void nodeThatJoinsUpdatesAndHeartbeatsDoNot() {
        cluster.start();
        cluster.create(Cluster.loadBalancer("web"));
        await().until(() -> cluster.reasons().contains("EnsuredLoadBalancer"));
        edit("one", node -> node.getMetadata().setAnnotations(Map.of("heartbeat", "1")));
        cluster.create(Cluster.node("two"));
        await().until(() -> cluster.reasons().contains("UpdatedLoadBalancer"));
        assertThat(cluster.reconciliation.ensured).hasSize(2);
    }
}
