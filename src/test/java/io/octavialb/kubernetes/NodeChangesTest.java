package io.octavialb.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

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
        client.nodes().withName(node).edit(present -> changed(present, change));
    }

    /** As the kubelet and a cloud-controller-manager do it. */
    private void editStatus(String node, Consumer<Node> change) {
        client.nodes().withName(node).editStatus(present -> changed(present, change));
    }

    private static Node changed(Node node, Consumer<Node> change) {
        change.accept(node);
        return node;
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

    /** Each kind of change that can make other members of a node. */
    static Stream<Arguments> changes() {
        return Stream.of(
                change("a label", node -> node.getMetadata().setLabels(Map.of("zone", "a"))),
                change(
                        "the address",
                        node -> node.getStatus().getAddresses().getFirst().setAddress("192.0.2.7")),
                change(
                        "a further address",
                        node -> node.getStatus()
                                .setAddresses(List.of(
                                        new NodeAddress("192.0.2.1", "InternalIP"),
                                        new NodeAddress("192.0.2.8", "InternalIP")))),
                change(
                        "excluded from load balancers",
                        node -> node.getMetadata()
                                .setLabels(Map.of("node.kubernetes.io/exclude-from-external-load-balancers", ""))));
    }

    private static Arguments change(String what, Consumer<Node> change) {
        return Arguments.of(what, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void aChangeOfANodeIsOnePassAndSoIsItsWayBack(String what, Consumer<Node> change) {
        cluster.start();
        cluster.create(Cluster.loadBalancer("web"));
        await().until(() -> cluster.reasons().contains("EnsuredLoadBalancer"));
        Node before = client.nodes().withName("one").require();
        edit("one", change);
        editStatus("one", change);
        awaitPasses(2, what);
        Consumer<Node> back = node -> {
            node.getMetadata().setLabels(before.getMetadata().getLabels());
            node.setStatus(before.getStatus());
        };
        edit("one", back);
        editStatus("one", back);
        awaitPasses(3, what);
    }

    private void awaitPasses(int passes, String what) {
        await().untilAsserted(() ->
                assertThat(cluster.reconciliation.ensured).as(what).hasSize(passes));
    }
}
