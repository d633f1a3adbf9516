package io.octavialb.reconcile;

import static io.octavialb.cloud.Clusters.CLUSTER;
import static io.octavialb.cloud.Clusters.CONFIG;
import static io.octavialb.cloud.Clusters.NODES;
import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.cloud.CloudState;
import io.octavialb.cloud.Clusters;
import io.octavialb.cloud.MemoryCloud;
import io.octavialb.cloud.MemoryOctavia;
import io.octavialb.cloud.ServiceBuilder;
import io.octavialb.model.OctaviaVersion;
import io.octavialb.model.Outcome;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.kubernetes.ServicePort;
import io.octavialb.openstack.CloudException;
import io.octavialb.openstack.CloudException.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a Service comes to when the cloud refuses, fails, keeps silent or is busy. */
class PassesTest {
    private static final Service WEB = new ServiceBuilder().build();
    private static final Service LIMITED =
            new ServiceBuilder().annotation("connection-limit", "5").build();
    private static final Service TWO_PORTS = new ServiceBuilder()
            .ports(List.of(new ServicePort("http", "TCP", 80, 30080), new ServicePort("https", "TCP", 443, 30443)))
            .annotation("enable-health-monitor", "true")
            .build();

    private final MemoryCloud cloud = new MemoryCloud(new OctaviaVersion(2, 30));
    private final CloudReconciliation reconciliation = cloud.reconciliation(CONFIG, CLUSTER);

    private static CloudException fault(Kind kind, int status) {
        return MemoryOctavia.fault(kind, status, "no");
    }

    private String loadBalancer() {
        return cloud.octavia().loadBalancers().getFirst().id();
    }

    @Test
    void creationIsTwoRequestsAndOneWait() {
        Outcome first = reconciliation.ensure(WEB, NODES);
        assertThat(first)
                .isInstanceOfSatisfying(
                        Outcome.Waiting.class,
                        waiting -> assertThat(waiting.identity())
                                .isEqualTo(new Outcome.Identity(loadBalancer(), true, "203.0.113.101")));
        assertThat(cloud.mutations()).containsExactly("POST loadbalancers", "POST floatingips");
        assertThat(cloud.converge(reconciliation, WEB, NODES))
                .isInstanceOfSatisfying(
                        Outcome.Converged.class,
                        converged -> assertThat(converged.changed()).isTrue());
        assertThat(cloud.mutations()).hasSize(2);
        assertThat(reconciliation.ensure(WEB, NODES))
                .isInstanceOfSatisfying(
                        Outcome.Converged.class,
                        converged -> assertThat(converged.changed()).isFalse());
    }

    @Test
    void ovnGetsItsFloatingIpAfterActive() {
        var ovn = cloud.reconciliation(Clusters.config("lb-provider = ovn\nlb-method = SOURCE_IP_PORT\n"), CLUSTER);
        assertThat(ovn.ensure(WEB, NODES)).isInstanceOf(Outcome.Waiting.class);
        assertThat(cloud.mutations()).containsExactly("POST loadbalancers");
        assertThat(cloud.converge(ovn, WEB, NODES)).isInstanceOf(Outcome.Converged.class);
        assertThat(cloud.mutations()).containsExactly("POST loadbalancers", "POST floatingips");
    }

    @Test
    void conflictWithSomebodyElsesChangeIsAWait() {
        cloud.settled(CONFIG, CLUSTER, WEB, NODES);
        cloud.octavia()
                .nextMutationFails(
                        fault(Kind.CONFLICT, 409), () -> cloud.octavia().status(loadBalancer(), "PENDING_UPDATE"));
        assertThat(reconciliation.ensure(LIMITED, NODES)).isInstanceOf(Outcome.Waiting.class);
        assertThat(cloud.converge(reconciliation, LIMITED, NODES)).isInstanceOf(Outcome.Converged.class);
    }

    @Test
    void otherConflictIsTriedAgain() {
        cloud.settled(CONFIG, CLUSTER, WEB, NODES);
        cloud.octavia().nextMutationFails(fault(Kind.CONFLICT, 409));
        assertThat(reconciliation.ensure(LIMITED, NODES))
                .isInstanceOfSatisfying(
                        Outcome.Partial.class,
                        partial -> assertThat(partial.retryable()).isTrue());
        assertThat(cloud.converge(reconciliation, LIMITED, NODES)).isInstanceOf(Outcome.Converged.class);
    }

    @Test
    void pendingByOthersIsWaitedForAndNotTouched() {
        cloud.settled(CONFIG, CLUSTER, WEB, NODES);
        cloud.octavia().status(loadBalancer(), "PENDING_UPDATE");
        assertThat(reconciliation.ensure(LIMITED, NODES)).isInstanceOf(Outcome.Waiting.class);
        assertThat(cloud.mutations()).isEmpty();
        assertThat(cloud.converge(reconciliation, LIMITED, NODES)).isInstanceOf(Outcome.Converged.class);
    }

    @ParameterizedTest
    @CsvSource({"2,30", "2,4"})
    void creationWhoseAnswerWasLostIsFoundAndNotRepeated(int major, int minor) {
        cloud.octavia().version(new OctaviaVersion(major, minor));
        assertThat(cloud.dyingReconciliation(CONFIG, CLUSTER).ensure(WEB, NODES))
                .isInstanceOf(Outcome.Failed.class);
        assertThat(cloud.octavia().loadBalancers()).hasSize(1);
        assertThat(cloud.converge(reconciliation, WEB, NODES)).isInstanceOf(Outcome.Converged.class);
        assertThat(cloud.octavia().loadBalancers()).hasSize(1);
        assertThat(cloud.mutations()).containsExactly("POST loadbalancers", "POST floatingips");
    }

    @ParameterizedTest
    @CsvSource({
        "FORBIDDEN,403",
        "SERVER_ERROR,500",
        "TOO_MANY_REQUESTS,429",
        "UNREACHABLE,0",
        "MALFORMED,200",
        "CIRCUIT_OPEN,0",
        "UNAUTHENTICATED,401"
    })
    void faultsOfTheCloudAreRetried(Kind kind, int status) {
        cloud.octavia().nextMutationFails(fault(kind, status));
        assertThat(reconciliation.ensure(WEB, NODES)).isInstanceOf(Outcome.Failed.class);
        assertThat(cloud.converge(reconciliation, WEB, NODES)).isInstanceOf(Outcome.Converged.class);
        assertThat(cloud.octavia().loadBalancers()).hasSize(1);
    }

    @Test
    void refusedRequestIsTheUsersToMend() {
        cloud.octavia().nextMutationFails(fault(Kind.BAD_REQUEST, 400));
        assertThat(reconciliation.ensure(WEB, NODES)).isInstanceOf(Outcome.Rejected.class);
        assertThat(cloud.octavia().loadBalancers()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"Subnet sub-members not found., false", "Pool 7 not found., true"})
    void whatIsMissingIsTriedAgainUnlessTheServiceNamesIt(String words, boolean again) {
        cloud.settled(CONFIG, CLUSTER, WEB, NODES);
        Service named = new ServiceBuilder()
                .annotation("member-subnet-id", "sub-members")
                .build();
        cloud.octavia().nextMutationFails(MemoryOctavia.fault(Kind.NOT_FOUND, 404, words));
        assertThat(reconciliation.ensure(named, NODES))
                .isInstanceOfSatisfying(
                        Outcome.Partial.class,
                        partial -> assertThat(partial.failures())
                                .singleElement()
                                .satisfies(failure ->
                                        assertThat(failure.retryable()).isEqualTo(again)));
    }

    @Test
    void errorIsLeftToTheOperator() {
        cloud.settled(CONFIG, CLUSTER, WEB, NODES);
        cloud.octavia().status(loadBalancer(), "ERROR");
        Service served = new ServiceBuilder().statusIp("203.0.113.101").build();
        assertThat(reconciliation.ensure(served, NODES))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.message())
                                .contains(loadBalancer(), "ERROR", "openstack loadbalancer failover"));
        assertThat(cloud.mutations()).isEmpty();
    }

    @Test
    void errorAfterOurOwnChangeIsSeen() {
        assertThat(reconciliation.ensure(WEB, NODES)).isInstanceOf(Outcome.Waiting.class);
        cloud.octavia().creationFails(loadBalancer());
        assertThat(cloud.converge(reconciliation, WEB, NODES)).isInstanceOf(Outcome.Failed.class);
    }

    @ParameterizedTest
    @CsvSource({"CONFLICT,409", "BAD_REQUEST,400", "NO_ANSWER,0", "NOT_FOUND,404"})
    void floatingIpFaultDoesNotLoseTheLoadBalancer(Kind kind, int status) {
        cloud.neutron().nextMutationFails(fault(kind, status));
        assertThat(reconciliation.ensure(WEB, NODES)).isNotInstanceOf(Outcome.Converged.class);
        cloud.octavia().settle();
        assertThat(cloud.converge(reconciliation, WEB, NODES)).isInstanceOf(Outcome.Converged.class);
        assertThat(cloud.octavia().loadBalancers()).hasSize(1);
        assertThat(cloud.neutron().floatingIps()).hasSize(1);
    }

    /** What was known before the fault must not be planned from when the cloud has changed meanwhile. */
    @Test
    void afterAFloatingIpFaultTheCloudIsReadAnew() {
        cloud.neutron().nextMutationFails(fault(Kind.CONFLICT, 409));
        assertThat(reconciliation.ensure(WEB, NODES)).isNotInstanceOf(Outcome.Converged.class);
        cloud.octavia().settle();
        cloud.octavia().deleteLoadBalancer(loadBalancer(), true);
        cloud.octavia().settle();
        assertThat(cloud.converge(reconciliation, WEB, NODES)).isInstanceOf(Outcome.Converged.class);
        assertThat(cloud.octavia().loadBalancers()).hasSize(1);
    }

    @Test
    void restartInTheMiddleOfAChangeEndsInTheSame() {
        MemoryCloud straight = new MemoryCloud(new OctaviaVersion(2, 30));
        straight.settled(CONFIG, CLUSTER, WEB, NODES);
        straight.converge(straight.reconciliation(CONFIG, CLUSTER), TWO_PORTS, NODES);

        cloud.settled(CONFIG, CLUSTER, WEB, NODES);
        assertThat(cloud.convergeByDying(CONFIG, CLUSTER, TWO_PORTS, NODES)).isInstanceOf(Outcome.Converged.class);
        assertThat(CloudState.of(cloud)).isEqualTo(CloudState.of(straight));
    }

    @Test
    void changeOfMindWhilePendingIsCarriedOutFromTheAnswers() {
        assertThat(reconciliation.ensure(WEB, NODES)).isInstanceOf(Outcome.Waiting.class);
        assertThat(cloud.converge(reconciliation, TWO_PORTS, NODES)).isInstanceOf(Outcome.Converged.class);
        assertThat(cloud.octavia().listeners(loadBalancer())).hasSize(2);
        assertThat(cloud.converge(cloud.reconciliation(CONFIG, CLUSTER), TWO_PORTS, NODES))
                .isInstanceOfSatisfying(
                        Outcome.Converged.class,
                        converged -> assertThat(converged.changed()).isFalse());
    }

    @Test
    void detachedFloatingIpOfOursComesBackWithItsAddress() {
        Outcome outcome = cloud.converge(reconciliation, WEB, NODES);
        Service recorded = cloud.recorded(WEB, (Outcome.Converged) outcome);
        cloud.octavia().deleteLoadBalancer(loadBalancer(), true);
        cloud.octavia().settle();
        assertThat(cloud.converge(reconciliation, recorded, NODES))
                .isInstanceOfSatisfying(
                        Outcome.Converged.class,
                        converged -> assertThat(converged.ingress()).isEqualTo(recorded.ingress()));
        assertThat(cloud.neutron().floatingIps()).hasSize(1);
    }
}
