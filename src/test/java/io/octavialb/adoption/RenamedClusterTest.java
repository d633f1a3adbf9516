package io.octavialb.adoption;

import static io.octavialb.cloud.Clusters.CLUSTER;
import static io.octavialb.cloud.Clusters.CONFIG;
import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.build.EventReasons;
import io.octavialb.cloud.MemoryCloud;
import io.octavialb.cloud.ServiceBuilder;
import io.octavialb.model.ClusterIdentity;
import io.octavialb.model.Notice;
import io.octavialb.model.Outcome;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.observed.FloatingIp;
import io.octavialb.reconcile.CloudReconciliation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The reference served a Service, then the cluster got another name, and then we came. */
class RenamedClusterTest {
    private static final ClusterIdentity RENAMED = new ClusterIdentity("renamed", CLUSTER.id());
    private static final int MAX_PASSES = 60;

    private final OccmWorld world = new OccmWorld(AdoptionCase.all()
            .filter(made -> made.name().equals("monitors by protocol"))
            .findFirst()
            .orElseThrow());

    private ServiceBuilder named() {
        return world.asked()
                .annotation("load-balancer-id", "lb-o")
                .annotation("load-balancer-address", OccmWorld.FLOATING_IP);
    }

    private Service served() {
        return named().statusIp(OccmWorld.FLOATING_IP).build();
    }

    private OccmView today() {
        OccmShape shape = world.shape(world.asked().build());
        OccmShape.Cloud cloud = shape.cloud();
        return new OccmView(new OccmShape(
                shape.service(),
                shape.nodes(),
                new OccmShape.Cloud(
                        RENAMED.name(),
                        cloud.provider(),
                        cloud.subnet(),
                        cloud.floatingNetwork(),
                        cloud.version(),
                        false)));
    }

    private static void assertMigrated(MemoryCloud cloud) {
        var tree = cloud.octavia().tree("lb-o");
        List<String> names = new ArrayList<>(List.of(tree.loadBalancer().name()));
        tree.listeners().forEach(listener -> {
            names.add(listener.name());
            names.addAll(listener.tags());
        });
        tree.pools().forEach(pool -> {
            names.add(pool.pool().name());
            names.add(String.valueOf(
                    pool.healthMonitor() == null ? "" : pool.healthMonitor().name()));
        });
        assertThat(names).hasSize(13).allMatch(name -> name.endsWith("kube_service_renamed_default_web"));
        assertThat(tree.loadBalancer().tags())
                .containsExactlyInAnyOrder("kube_service_renamed_default_web", RENAMED.mark(), RENAMED.nameMark());
    }

    @Test
    void everyNameBecomesTodaysTheLoadBalancersLast() {
        MemoryCloud cloud = world.cloud();
        assertThat(cloud.converge(cloud.reconciliation(CONFIG, RENAMED), served(), world.nodes()))
                .isInstanceOf(Outcome.Converged.class);
        assertMigrated(cloud);
        assertThat(cloud.mutations())
                .containsSubsequence("PUT loadbalancer", "PUT listener", "PUT pool", "PUT loadbalancer")
                .endsWith("PUT loadbalancer")
                .hasSize(11);
        assertThat(today().changes(cloud.octavia().tree("lb-o"), cloud.neutron().floatingIps()))
                .isEmpty();
    }

    @Test
    void killedAfterEverySingleStepItEndsInTheSame() {
        MemoryCloud cloud = world.cloud();
        assertThat(cloud.convergeByDying(CONFIG, RENAMED, served(), world.nodes()))
                .isInstanceOf(Outcome.Converged.class);
        assertMigrated(cloud);
        assertThat(cloud.mutations()).hasSize(11);
    }

    @Test
    void itIsToldInOneNoticeUntilItIsDone() {
        MemoryCloud cloud = world.cloud();
        CloudReconciliation reconciliation = cloud.reconciliation(CONFIG, RENAMED);
        List<Notice> told = new ArrayList<>();
        Outcome outcome = reconciliation.ensure(served(), world.nodes());
        for (int i = 0; outcome instanceof Outcome.Waiting waiting && i < MAX_PASSES; i++) {
            told.addAll(waiting.knownNotices());
            cloud.octavia().settle();
            outcome = cloud.reconciliation(CONFIG, RENAMED).ensure(served(), world.nodes());
        }
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Converged.class,
                        converged -> assertThat(converged.notices()).isEmpty());
        assertThat(told.stream().distinct())
                .singleElement()
                .satisfies(notice -> assertThat(notice.reason()).isEqualTo(EventReasons.RENAME));
    }

    @Test
    void afterwardsAllOfItGoesWithTheService() {
        MemoryCloud cloud = world.cloud();
        cloud.settled(CONFIG, RENAMED, served(), world.nodes());
        assertThat(cloud.release(cloud.reconciliation(CONFIG, RENAMED), served()))
                .isEqualTo(new Outcome.Released());
        assertThat(cloud.octavia().loadBalancers()).isEmpty();
        assertThat(cloud.neutron().floatingIps()).isEmpty();
    }

    /** Annotations come with a copied manifest; only what the cluster itself wrote is proof. */
    @Test
    void annotationsAloneAreNoProof() {
        assertRefusedAndUntouched(world.cloud(), named().build());
    }

    @Test
    void anotherAddressInTheStatusIsNoProof() {
        assertRefusedAndUntouched(world.cloud(), named().statusIp("203.0.113.9").build());
    }

    @Test
    void aHostNameOfTheUsersOwnIsNoProof() {
        assertRefusedAndUntouched(
                world.cloud(), named().statusHostname("web.example.com").build());
    }

    @Test
    void aFloatingIpOfAnotherClusterIsNotTaken() {
        MemoryCloud cloud = world.cloud();
        cloud.neutron()
                .put(new FloatingIp(
                        "fip-o",
                        "net-public",
                        OccmWorld.FLOATING_IP,
                        "vip-port-o",
                        "Floating IP for Kubernetes external service default/web from cluster kubernetes "
                                + "octavia-lb:cluster=another"));
        assertRefusedAndUntouched(cloud, served());
    }

    private void assertRefusedAndUntouched(MemoryCloud cloud, Service service) {
        assertThat(cloud.converge(cloud.reconciliation(CONFIG, RENAMED), service, world.nodes()))
                .isInstanceOf(Outcome.Rejected.class);
        assertThat(cloud.release(cloud.reconciliation(CONFIG, RENAMED), service))
                .isEqualTo(new Outcome.Released());
        assertThat(cloud.mutations()).isEmpty();
    }

    /** A release goes by marks alone: nothing is deleted that only a status speaks for. */
    @Test
    void releasedBeforeItMigratedItStays() {
        MemoryCloud cloud = world.cloud();
        assertThat(cloud.release(cloud.reconciliation(CONFIG, RENAMED), served()))
                .isEqualTo(new Outcome.Released());
        assertThat(cloud.mutations()).isEmpty();
    }
}
