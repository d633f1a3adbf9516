package io.octavialb.adoption;

import static io.octavialb.cloud.Clusters.CLUSTER;
import static io.octavialb.cloud.Clusters.CONFIG;
import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.cloud.MemoryCloud;
import io.octavialb.cloud.ServiceBuilder;
import io.octavialb.model.ClusterIdentity;
import io.octavialb.model.Outcome;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.kubernetes.ServicePort;
import io.octavialb.model.observed.Listener;
import io.octavialb.model.observed.LoadBalancerTree;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A migration to a new cluster name is broken off, goes back, goes on to a third name, or is done by two at once. */
class RenamedAgainTest {
    private static final int STEPS = 12;
    private static final ClusterIdentity SECOND = new ClusterIdentity("second", CLUSTER.id());
    private static final ClusterIdentity THIRD = new ClusterIdentity("third", CLUSTER.id());

    private final OccmWorld world = new OccmWorld(AdoptionCase.all()
            .filter(made -> made.name().equals("monitors by protocol"))
            .findFirst()
            .orElseThrow());
    private MemoryCloud cloud = world.cloud();

    private Service served() {
        return world.asked()
                .annotation("load-balancer-id", "lb-o")
                .statusIp(OccmWorld.FLOATING_IP)
                .build();
    }

    /** A controller under that name, killed after so many changes. */
    private void after(int changes, ClusterIdentity name) {
        for (int i = 0; i < changes; i++) {
            cloud.dyingReconciliation(CONFIG, name).ensure(served(), world.nodes());
            cloud.octavia().settle();
        }
    }

    private void assertEverythingIsCalled(ClusterIdentity name, String loadBalancerId) {
        String today = "kube_service_" + name.name() + "_default_web";
        LoadBalancerTree tree = cloud.octavia().tree(loadBalancerId);
        assertThat(tree.loadBalancer().name()).isEqualTo(today);
        assertThat(tree.listeners()).hasSize(3).allSatisfy(listener -> {
            assertThat(listener.name()).endsWith("_" + today);
            assertThat(listener.tags()).containsExactly(today);
        });
        assertThat(tree.pools())
                .hasSize(3)
                .allSatisfy(pool -> assertThat(pool.pool().name()).endsWith("_" + today));
        assertThat(cloud.octavia().loadBalancers()).hasSize(1);
        assertThat(cloud.neutron().floatingIps()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, STEPS})
    void brokenOffItGoesBack(int changes) {
        after(changes, SECOND);
        assertThat(cloud.convergeByDying(CONFIG, CLUSTER, served(), world.nodes()))
                .isInstanceOf(Outcome.Converged.class);
        assertEverythingIsCalled(CLUSTER, "lb-o");
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,1", "3,5", "6,2", "7,7", "10,3", "11,4", "12,12"})
    void brokenOffItGoesOnToAThirdNameAndBack(int toSecond, int toThird) {
        after(toSecond, SECOND);
        after(toThird, THIRD);
        assertThat(cloud.convergeByDying(CONFIG, CLUSTER, served(), world.nodes()))
                .isInstanceOf(Outcome.Converged.class);
        assertEverythingIsCalled(CLUSTER, "lb-o");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, STEPS})
    void whatWeMadeMigratesBothWaysToo(int changes) {
        cloud = new MemoryCloud(AdoptionCase.NEWEST);
        Service web = world.asked().build();
        Outcome made = cloud.converge(cloud.reconciliation(CONFIG, CLUSTER), web, world.nodes());
        Service recorded = cloud.recorded(web, (Outcome.Converged) made);
        for (int i = 0; i < changes; i++) {
            cloud.dyingReconciliation(CONFIG, SECOND).ensure(recorded, world.nodes());
            cloud.octavia().settle();
        }
        assertThat(cloud.convergeByDying(CONFIG, THIRD, recorded, world.nodes()))
                .isInstanceOf(Outcome.Converged.class);
        assertEverythingIsCalled(
                THIRD, cloud.octavia().loadBalancers().getFirst().id());
        assertThat(cloud.release(cloud.reconciliation(CONFIG, THIRD), recorded)).isEqualTo(new Outcome.Released());
        assertThat(cloud.octavia().loadBalancers()).isEmpty();
        assertThat(cloud.neutron().floatingIps()).isEmpty();
    }

    /** As in a roll-out without leader election: they rename to and fro, and nothing is made, lost or doubled. */
    @Test
    void twoAtOnceHarmNothing() {
        for (int i = 0; i < 2 * STEPS; i++) {
            cloud.dyingReconciliation(CONFIG, i % 2 == 0 ? CLUSTER : SECOND).ensure(served(), world.nodes());
            cloud.octavia().settle();
        }
        assertThat(cloud.mutations()).doesNotContain("POST loadbalancers", "POST listeners", "POST pools");
        assertThat(cloud.mutations()).noneMatch(request -> request.startsWith("DELETE"));
        assertThat(cloud.convergeByDying(CONFIG, SECOND, served(), world.nodes()))
                .isInstanceOf(Outcome.Converged.class);
        assertEverythingIsCalled(SECOND, "lb-o");
    }

    /** Its own name for the cluster is one that the load balancer had two names ago. */
    @Test
    void whoJoinedFollowsThoughTheOwnerWentOnTwice() {
        Service mail = new ServiceBuilder()
                .named("default", "mail")
                .uid("mail")
                .ports(List.of(new ServicePort("smtp", "TCP", 25, 30025)))
                .annotation("load-balancer-id", "lb-o")
                .build();
        converge(SECOND, served());
        converge(SECOND, mail);
        converge(THIRD, served());
        ClusterIdentity fourth = new ClusterIdentity("fourth", CLUSTER.id());
        converge(fourth, served());
        converge(fourth, mail);
        assertThat(cloud.octavia().listeners("lb-o").stream()
                        .filter(listener -> listener.protocolPort() == 25)
                        .map(Listener::tags))
                .containsExactly(List.of("kube_service_fourth_default_mail"));
        assertThat(cloud.octavia().tree("lb-o").loadBalancer().tags())
                .noneMatch(tag -> tag.startsWith("kube_service_second") || tag.startsWith("kube_service_third"));
    }

    private void converge(ClusterIdentity name, Service service) {
        assertThat(cloud.converge(cloud.reconciliation(CONFIG, name), service, world.nodes()))
                .as("%s in %s", service.key(), name.name())
                .isInstanceOf(Outcome.Converged.class);
    }
}
