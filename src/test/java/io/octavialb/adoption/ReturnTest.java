package io.octavialb.adoption;

import static io.octavialb.cloud.Clusters.CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.cloud.Clusters;
import io.octavialb.cloud.MemoryCloud;
import io.octavialb.config.CloudConfig;
import io.octavialb.model.ClusterIdentity;
import io.octavialb.model.Outcome;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.model.observed.LoadBalancerTree;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What we make, the reference finds, changes nothing of, and deletes with its Service. */
class ReturnTest {
    private static final int MAX_SHARED = 2;

    /** Without what only an early version names so, and without the monitor that we add to Local traffic. */
    static Stream<AdoptionCase> cases() {
        return AdoptionCase.all()
                .filter(made -> !made.legacyNames() && !made.name().equals("Local without monitors"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void theReferenceFindsItAndChangesNothing(AdoptionCase made) {
        MemoryCloud cloud = new MemoryCloud(made.version());
        OccmWorld world = new OccmWorld(made);
        Service service = world.asked().build();
        cloud.settled(Clusters.config(world.configLines()), CLUSTER, service, world.nodes());
        assertUnchanged(new OccmView(world.shape(service)), cloud);
    }

    private static void assertUnchanged(OccmView view, MemoryCloud cloud) {
        assertThat(view.found(cloud.octavia().loadBalancers())).hasSize(1);
        LoadBalancer loadBalancer = view.found(cloud.octavia().loadBalancers()).getFirst();
        LoadBalancerTree tree = cloud.octavia().tree(loadBalancer.id());
        assertThat(view.changes(tree, cloud.neutron().floatingIps())).isEmpty();
        assertThat(view.deletes(loadBalancer)).isTrue();
        assertThat(view.sharable(loadBalancer, MAX_SHARED)).isTrue();
        assertThat(cloud.neutron().floatingIps())
                .allSatisfy(floatingIp -> assertThat(view.deletes(floatingIp)).isTrue());
    }

    @Test
    void whatTheClusterWasCalledBeforeIsForgotten() {
        MemoryCloud cloud = new MemoryCloud(AdoptionCase.NEWEST);
        OccmWorld world = new OccmWorld(AdoptionCase.all().toList().get(1));
        Service service = world.asked().build();
        ClusterIdentity old = new ClusterIdentity("old", CLUSTER.id());
        CloudConfig config = Clusters.config("");
        Outcome before = cloud.converge(cloud.reconciliation(config, old), service, world.nodes());
        cloud.settled(config, CLUSTER, cloud.recorded(service, (Outcome.Converged) before), world.nodes());
        assertUnchanged(new OccmView(world.shape(service)), cloud);
    }

    /** The monitor is what we add: the reference deletes it, for its Service asks for none. */
    @Test
    void theMonitorOfLocalTrafficIsTheOneThatGoes() {
        AdoptionCase local = AdoptionCase.all()
                .filter(made -> made.name().equals("Local without monitors"))
                .findFirst()
                .orElseThrow();
        MemoryCloud cloud = new MemoryCloud(local.version());
        OccmWorld world = new OccmWorld(local);
        Service service = world.asked().build();
        cloud.settled(Clusters.config(""), CLUSTER, service, world.nodes());
        LoadBalancer loadBalancer = cloud.octavia().loadBalancers().getFirst();
        List<String> changes = new OccmView(world.shape(service))
                .changes(
                        cloud.octavia().tree(loadBalancer.id()), cloud.neutron().floatingIps());
        assertThat(changes).hasSize(2).contains("delete the monitor");
        assertThat(changes.getFirst()).startsWith("members ");
    }
}
