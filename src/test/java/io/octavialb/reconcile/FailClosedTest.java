package io.octavialb.reconcile;

import static io.octavialb.cloud.Clusters.CLUSTER;
import static io.octavialb.cloud.Clusters.CONFIG;
import static io.octavialb.cloud.Clusters.NODES;
import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.cloud.CloudState;
import io.octavialb.cloud.MemoryCloud;
import io.octavialb.cloud.MemoryOctavia;
import io.octavialb.cloud.RefusedRequests;
import io.octavialb.cloud.ServiceBuilder;
import io.octavialb.model.ClusterIdentity;
import io.octavialb.model.OctaviaVersion;
import io.octavialb.model.Outcome;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.kubernetes.ServicePort;
import io.octavialb.openstack.CloudException.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What can't be read is not deleted: every read of every way out fails in every manner, for as long as it lasts.
 *
 * <p>Two Services share a load balancer, and another cluster of the same name has one of the same name.
 */
class FailClosedTest {
    private static final ServicePort HTTP = new ServicePort("http", "TCP", 80, 30080);
    private static final ServicePort HTTPS = new ServicePort("https", "TCP", 443, 30443);
    private static final ServicePort ALTERNATE = new ServicePort("alternate", "TCP", 8080, 31080);
    private static final ServicePort SMTP = new ServicePort("smtp", "TCP", 25, 30025);
    private static final ClusterIdentity ANOTHER = new ClusterIdentity(CLUSTER.name(), "another");

    private static final List<String> READS = List.of(
            "version",
            "loadBalancersNamed",
            "loadBalancer",
            "listeners",
            "pools",
            "members",
            "healthMonitorsTagged",
            "healthMonitor",
            "floatingIpsOn",
            "floatingIpsWithAddress",
            "floatingIpsDescribed");

    /** Answers about the one thing that was asked for, not failures: no load balancer of ours has such an id. */
    private static final Set<Kind> ANSWERS = Set.of(Kind.FORBIDDEN, Kind.BAD_REQUEST, Kind.NOT_FOUND);

    private final MemoryCloud cloud = new MemoryCloud(new OctaviaVersion(2, 30));
    private final RefusedRequests broken = new RefusedRequests();
    private final Service owner;
    private final Service guest;

    FailClosedTest() {
        converged(ANOTHER, new ServiceBuilder().ports(List.of(ALTERNATE)).build());
        owner = converged(
                CLUSTER, new ServiceBuilder().ports(List.of(HTTP, HTTPS)).build());
        guest = converged(
                CLUSTER,
                new ServiceBuilder()
                        .named("default", "mail")
                        .uid("1c5e0f52-0000-4000-8000-000000000002")
                        .ports(List.of(SMTP))
                        .annotation(
                                "load-balancer-id",
                                owner.annotations().getOrDefault("loadbalancer.openstack.org/load-balancer-id", ""))
                        .build());
        cloud.countFromHere();
    }

    private Service converged(ClusterIdentity cluster, Service service) {
        Outcome outcome = cloud.converge(cloud.reconciliation(CONFIG, cluster), service, NODES);
        return cloud.recorded(service, (Outcome.Converged) outcome);
    }

    /** A way in which something goes. */
    enum Way {
        OWNER_LEAVES,
        GUEST_LEAVES,
        BOTH_LEAVE,
        A_PORT_GOES
    }

    private List<Outcome> gone(Way way, CloudReconciliation reconciliation) {
        return switch (way) {
            case OWNER_LEAVES -> List.of(cloud.release(reconciliation, owner));
            case GUEST_LEAVES -> List.of(cloud.release(reconciliation, guest));
            case BOTH_LEAVE -> List.of(cloud.release(reconciliation, owner), cloud.release(reconciliation, guest));
            case A_PORT_GOES -> List.of(cloud.converge(reconciliation, withoutHttps(), NODES));
        };
    }

    private Service withoutHttps() {
        ServiceBuilder builder = new ServiceBuilder().ports(List.of(HTTP));
        owner.annotations().forEach(builder::annotation);
        owner.ingress().forEach(ingress -> builder.statusIp(String.valueOf(ingress.ip())));
        return builder.build();
    }

    static Stream<Arguments> cases() {
        return Stream.of(Way.values())
                .flatMap(way -> READS.stream().flatMap(read -> kinds(read).map(kind -> Arguments.of(way, read, kind))));
    }

    private static Stream<Kind> kinds(String read) {
        return Arrays.stream(Kind.values()).filter(kind -> !read.equals("loadBalancer") || !ANSWERS.contains(kind));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void nothingOfOthersGoesAndNothingOfOursIsForgotten(Way way, String read, Kind kind) {
        FailClosedTest unbroken = new FailClosedTest();
        assertThat(unbroken.gone(way, unbroken.cloud.reconciliation(CONFIG, CLUSTER)))
                .allMatch(FailClosedTest::done);
        String end = CloudState.of(unbroken.cloud);

        String before = CloudState.of(cloud);
        broken.refuse(read, "", MemoryOctavia.fault(kind, 0, "broken"));
        List<Outcome> outcomes = gone(way, cloud.reconciliation(CONFIG, CLUSTER, broken));
        assertThat(CloudState.of(cloud).lines()).containsAll(common(before, end));
        if (outcomes.stream().allMatch(FailClosedTest::done)) {
            assertThat(CloudState.of(cloud)).isEqualTo(end);
        }
        broken.refuseNothing();
        assertThat(gone(way, cloud.reconciliation(CONFIG, CLUSTER))).allMatch(FailClosedTest::done);
        assertThat(CloudState.of(cloud)).isEqualTo(end);
    }

    private static boolean done(Outcome outcome) {
        return outcome instanceof Outcome.Released || outcome instanceof Outcome.Converged;
    }

    /** What both have. */
    private static List<String> common(String before, String after) {
        List<String> kept = after.lines().toList();
        return before.lines().filter(kept::contains).toList();
    }
}
