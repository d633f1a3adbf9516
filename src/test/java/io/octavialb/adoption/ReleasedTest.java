package io.octavialb.adoption;

import static io.octavialb.cloud.Clusters.CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.adoption.AdoptionTest.Shown;
import io.octavialb.cloud.Clusters;
import io.octavialb.cloud.MemoryCloud;
import io.octavialb.cloud.RefusedRequests;
import io.octavialb.config.CloudConfig;
import io.octavialb.model.Outcome;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.observed.FloatingIp;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.model.observed.LoadBalancerTree;
import io.octavialb.openstack.CloudException;
import io.octavialb.openstack.CloudException.Fault;
import io.octavialb.openstack.CloudException.Kind;
import io.octavialb.reconcile.Preview;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the reference made goes with its Service, also if that takes several attempts. */
class ReleasedTest {
    private final OccmWorld world =
            new OccmWorld(AdoptionCase.ofNewestAmphora().findFirst().orElseThrow());
    private final MemoryCloud cloud = world.cloud();

    private Service served(Shown shown) {
        return shown.on(world.asked(), OccmWorld.FLOATING_IP).build();
    }

    private void releaseAtTheSecondAttempt(CloudConfig config, Service service, String refused) {
        RefusedRequests refusedRequests = new RefusedRequests();
        refusedRequests.refuse(refused, "lb-o", busy());
        assertThat(cloud.release(cloud.reconciliation(config, CLUSTER, refusedRequests), service))
                .isInstanceOf(Outcome.Failed.class);
        assertThat(refusedRequests.refused()).isNotEmpty();
        assertThat(cloud.release(cloud.reconciliation(config, CLUSTER), service))
                .isEqualTo(new Outcome.Released());
    }

    private void assertNothingLeft() {
        assertThat(cloud.octavia().loadBalancers()).isEmpty();
        assertThat(cloud.neutron().floatingIps()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Shown.class)
    void alsoIfItsDeletionFailedAtFirst(Shown shown) {
        releaseAtTheSecondAttempt(Clusters.CONFIG, served(shown), "deleteLoadBalancer");
        assertNothingLeft();
    }

    @ParameterizedTest
    @EnumSource(Shown.class)
    void alsoWithoutCascade(Shown shown) {
        releaseAtTheSecondAttempt(Clusters.config("cascade-delete = false\n"), served(shown), "deleteLoadBalancer");
        assertNothingLeft();
    }

    @ParameterizedTest
    @EnumSource(Shown.class)
    void killedAfterEveryRequest(Shown shown) {
        Service service = served(shown);
        Outcome outcome = cloud.dyingReconciliation(Clusters.CONFIG, CLUSTER).release(service);
        for (int i = 0; !(outcome instanceof Outcome.Released) && i < 9; i++) {
            cloud.octavia().settle();
            outcome = cloud.dyingReconciliation(Clusters.CONFIG, CLUSTER).release(service);
        }
        assertThat(outcome).isEqualTo(new Outcome.Released());
        assertNothingLeft();
    }

    @ParameterizedTest
    @EnumSource(Shown.class)
    void thePlanSaysSo(Shown shown) {
        assertThat(cloud.reconciliation(Clusters.CONFIG, CLUSTER).previewRelease(served(shown)))
                .isInstanceOfSatisfying(
                        Preview.Plans.class,
                        plans -> assertThat(plans.plan().toString())
                                .containsSubsequence("- loadbalancer", "- floatingip " + OccmWorld.FLOATING_IP));
    }

    @ParameterizedTest
    @EnumSource(Shown.class)
    void aFloatingIpThatIsToBeKeptStays(Shown shown) {
        Service service = shown.on(world.asked().annotation("keep-floatingip", "true"), OccmWorld.FLOATING_IP)
                .build();
        releaseAtTheSecondAttempt(Clusters.CONFIG, service, "deleteLoadBalancer");
        assertThat(cloud.octavia().loadBalancers()).isEmpty();
        assertThat(cloud.neutron().floatingIps())
                .singleElement()
                .satisfies(kept -> assertThat(kept.attached()).isFalse());
    }

    /** A person's is the proof as well, if the Service asked for it. */
    @ParameterizedTest
    @EnumSource(Shown.class)
    void aPersonsFloatingIpStays(Shown shown) {
        FloatingIp persons = new FloatingIp("fip-o", "net-public", OccmWorld.FLOATING_IP, "vip-port-o", "Bob's");
        cloud.neutron().put(persons);
        releaseAtTheSecondAttempt(Clusters.CONFIG, served(shown), "deleteLoadBalancer");
        assertThat(cloud.octavia().loadBalancers()).isEmpty();
        assertThat(cloud.neutron().floatingIps())
                .containsExactly(new FloatingIp("fip-o", "net-public", OccmWorld.FLOATING_IP, null, "Bob's"));
    }

    /** The Service moves to a person's load balancer. */
    @ParameterizedTest
    @EnumSource(
            value = Shown.class,
            names = {"STATUS", "HOST_NAME_IN_STATUS"})
    void nothingIsLeftOfAFormerOneEither(Shown shown) {
        LoadBalancer persons = new LoadBalancer(
                "lb-bob",
                "bob",
                "",
                "ACTIVE",
                "ONLINE",
                "amphora",
                "10.6.0.9",
                "vip-bob",
                "sub-private",
                "net-private",
                List.of(),
                null,
                null,
                List.of(),
                null);
        cloud.octavia().put(new LoadBalancerTree(persons, List.of(), List.of()));
        Service moved = shown.on(world.asked(), OccmWorld.FLOATING_IP)
                .annotation("load-balancer-id", "lb-bob")
                .build();
        assertThat(cloud.converge(cloud.reconciliation(Clusters.CONFIG, CLUSTER), moved, world.nodes()))
                .isInstanceOf(Outcome.Converged.class);
        assertThat(cloud.octavia().loadBalancers())
                .singleElement()
                .satisfies(left -> assertThat(left.id()).isEqualTo("lb-bob"));
        assertThat(cloud.neutron().floatingIps()).isEmpty();
    }

    private static CloudException busy() {
        return new CloudException(new Fault(Kind.SERVER_ERROR, "DELETE", false, 503, "busy", null, null), null);
    }
}
