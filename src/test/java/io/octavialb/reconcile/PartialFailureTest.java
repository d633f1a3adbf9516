package io.octavialb.reconcile;

import static io.octavialb.cloud.Clusters.CLUSTER;
import static io.octavialb.cloud.Clusters.CONFIG;
import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.cloud.Clusters;
import io.octavialb.cloud.MemoryCloud;
import io.octavialb.cloud.MemoryOctavia;
import io.octavialb.cloud.RefusedRequests;
import io.octavialb.cloud.ServiceBuilder;
import io.octavialb.model.ListenerKey;
import io.octavialb.model.OctaviaVersion;
import io.octavialb.model.Outcome;
import io.octavialb.model.kubernetes.Ingress;
import io.octavialb.model.kubernetes.Node;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.kubernetes.ServicePort;
import io.octavialb.model.observed.Listener;
import io.octavialb.model.observed.Member;
import io.octavialb.openstack.CloudException;
import io.octavialb.openstack.CloudException.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of the other ports when the cloud refuses a request for one; and of the rest when an annotation is bad. */
class PartialFailureTest {
    private static final List<Node> ONE_NODE = Clusters.nodes(1);
    private static final List<Node> TWO_NODES = Clusters.nodes(1, 2);
    private static final ListenerKey MIDDLE = new ListenerKey("TCP", 81);

    private final MemoryCloud cloud = new MemoryCloud(new OctaviaVersion(2, 30));
    private final RefusedRequests refused = new RefusedRequests();
    private final CloudReconciliation reconciliation = cloud.reconciliation(CONFIG, CLUSTER, refused);

    private static ServiceBuilder threePorts() {
        return new ServiceBuilder()
                .ports(List.of(
                        new ServicePort("a", "TCP", 80, 30080),
                        new ServicePort("b", "TCP", 81, 30081),
                        new ServicePort("c", "TCP", 82, 30082)));
    }

    private static final Service BEFORE = threePorts().build();
    private static final Service LIMITED =
            threePorts().annotation("connection-limit", "5").build();

    private static CloudException fault(Kind kind, int status) {
        return MemoryOctavia.fault(kind, status, "no");
    }

    private String loadBalancer() {
        return cloud.octavia().loadBalancers().getFirst().id();
    }

    private Listener listener(int port) {
        return cloud.octavia().listeners(loadBalancer()).stream()
                .filter(listener -> listener.protocolPort() == port)
                .findFirst()
                .orElseThrow();
    }

    private List<Integer> limits() {
        return List.of(80, 81, 82).stream()
                .map(port -> listener(port).connectionLimit())
                .toList();
    }

    private List<Integer> memberCounts() {
        return List.of(80, 81, 82).stream().map(port -> members(port).size()).toList();
    }

    private List<Member> members(int port) {
        return cloud.octavia().members(String.valueOf(listener(port).defaultPoolId()));
    }

    private Outcome.Partial partial(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Partial.class);
        return (Outcome.Partial) outcome;
    }

    @ParameterizedTest
    @CsvSource({"BAD_REQUEST,400,false", "CONFLICT,409,true", "NOT_FOUND,404,true"})
    void aPortWhoseListenerIsRefusedKeepsItAndTheOthersAndAllMembersGoOn(Kind kind, int status, boolean retryable) {
        cloud.settled(CONFIG, CLUSTER, BEFORE, ONE_NODE);
        refused.refuse("updateListener", listener(81).id(), fault(kind, status));
        Outcome.Partial partial = partial(cloud.converge(reconciliation, LIMITED, TWO_NODES));
        assertThat(limits()).containsExactly(5, -1, 5);
        assertThat(memberCounts()).containsExactly(2, 2, 2);
        assertThat(partial.failures()).hasSize(1);
        assertThat(partial.failures().getFirst().port()).isEqualTo(MIDDLE);
        assertThat(partial.failures().getFirst().notice().message())
                .contains("TCP/81", kind.name(), "no")
                .doesNotContain("req-memory");
        assertThat(partial.retryable()).isEqualTo(retryable);
        assertThat(partial.identity().address()).isEqualTo("203.0.113.101");
        assertThat(partial.ingress()).extracting(Ingress::ip).containsExactly("203.0.113.101");
        assertThat(refused.refused()).as("asked once in all passes").hasSize(1);
        refused.refuseNothing();
        assertThat(cloud.converge(reconciliation, LIMITED, TWO_NODES)).isInstanceOf(Outcome.Converged.class);
        assertThat(limits()).containsExactly(5, 5, 5);
    }

    @Test
    void aPortWhoseMembersAreRefusedIsLeftAsItIs() {
        cloud.settled(CONFIG, CLUSTER, BEFORE, ONE_NODE);
        refused.refuse("replaceMembers", String.valueOf(listener(81).defaultPoolId()), fault(Kind.BAD_REQUEST, 400));
        Outcome.Partial partial = partial(cloud.converge(reconciliation, LIMITED, TWO_NODES));
        assertThat(partial.failures()).extracting(Outcome.Failure::port).containsExactly(MIDDLE);
        assertThat(limits()).containsExactly(5, -1, 5);
        assertThat(memberCounts()).containsExactly(2, 1, 2);
    }

    @Test
    void aPortThatIsRefusedTwiceIsOneFailure() {
        Service monitored =
                threePorts().annotation("enable-health-monitor", "true").build();
        cloud.settled(CONFIG, CLUSTER, BEFORE, ONE_NODE);
        String pool = String.valueOf(listener(81).defaultPoolId());
        refused.refuse("createHealthMonitor", pool, fault(Kind.BAD_REQUEST, 400));
        refused.refuse("replaceMembers", pool, fault(Kind.BAD_REQUEST, 400));
        Outcome.Partial partial = partial(cloud.converge(reconciliation, monitored, TWO_NODES));
        assertThat(partial.failures()).hasSize(1);
        assertThat(memberCounts()).containsExactly(2, 1, 2);
    }

    @Test
    void aNewPortThatIsRefusedLeavesItsPoolToTheNextTry() {
        Service one = new ServiceBuilder()
                .ports(List.of(new ServicePort("a", "TCP", 80, 30080)))
                .build();
        cloud.settled(CONFIG, CLUSTER, one, ONE_NODE);
        refused.refuse("createListener", "protocolPort=81", fault(Kind.BAD_REQUEST, 400));
        assertThat(partial(cloud.converge(reconciliation, BEFORE, ONE_NODE)).failures())
                .extracting(Outcome.Failure::port)
                .containsExactly(MIDDLE);
        assertThat(cloud.octavia().listeners(loadBalancer()))
                .extracting(Listener::protocolPort)
                .containsExactlyInAnyOrder(80, 82);
        assertThat(cloud.converge(reconciliation, BEFORE, ONE_NODE))
                .as("the port after it took the first pool, which this makes anew")
                .isInstanceOf(Outcome.Partial.class);
        cloud.countFromHere();
        assertThat(cloud.converge(reconciliation, BEFORE, ONE_NODE)).isInstanceOf(Outcome.Partial.class);
        assertThat(cloud.mutations())
                .as("nothing is made and removed over and over")
                .isEmpty();
        refused.refuseNothing();
        assertThat(cloud.converge(reconciliation, BEFORE, ONE_NODE)).isInstanceOf(Outcome.Converged.class);
        assertThat(cloud.mutations()).containsExactly("POST listeners");
        assertThat(memberCounts()).containsExactly(1, 1, 1);
    }

    @Test
    void aListenerForPrometheusThatTheCloudDoesNotAllowIsMissedByNobodyElse() {
        cloud.settled(CONFIG, CLUSTER, BEFORE, ONE_NODE);
        refused.refuse("createListener", "PROMETHEUS", fault(Kind.BAD_REQUEST, 400));
        Service measured = threePorts()
                .annotation("prometheus-listener-port", "9100")
                .annotation("connection-limit", "5")
                .build();
        Outcome.Partial partial = partial(cloud.converge(reconciliation, measured, TWO_NODES));
        assertThat(partial.failures()).extracting(Outcome.Failure::port).containsExactly(new ListenerKey("TCP", 9100));
        assertThat(limits()).containsExactly(5, 5, 5);
        assertThat(memberCounts()).containsExactly(2, 2, 2);
    }

    @Test
    void anObsoletePortThatCanNotBeDeletedKeepsNobodyElseFromChanging() {
        cloud.settled(CONFIG, CLUSTER, BEFORE, ONE_NODE);
        refused.refuse("deleteListener", listener(81).id(), fault(Kind.CONFLICT, 409));
        Service two = new ServiceBuilder()
                .ports(List.of(new ServicePort("a", "TCP", 80, 30080), new ServicePort("c", "TCP", 82, 30082)))
                .annotation("connection-limit", "5")
                .build();
        Outcome.Partial partial = partial(cloud.converge(reconciliation, two, TWO_NODES));
        assertThat(partial.failures()).extracting(Outcome.Failure::port).containsExactly(MIDDLE);
        assertThat(partial.retryable()).isTrue();
        assertThat(limits()).containsExactly(5, -1, 5);
        assertThat(memberCounts()).containsExactly(2, 1, 2);
        refused.refuseNothing();
        assertThat(cloud.converge(reconciliation, two, TWO_NODES)).isInstanceOf(Outcome.Converged.class);
        assertThat(cloud.octavia().pools()).hasSize(2);
    }

    @Test
    void aPortThatIsCorrectedWhileTheOthersAreOnTheirWayIsTriedAtOnce() {
        cloud.settled(CONFIG, CLUSTER, BEFORE, ONE_NODE);
        refused.refuse("updateListener", listener(80).id(), fault(Kind.BAD_REQUEST, 400));
        assertThat(reconciliation.ensure(LIMITED, ONE_NODE)).isInstanceOf(Outcome.Waiting.class);
        refused.refuseNothing();
        cloud.octavia().settle();
        Service corrected = threePorts().annotation("connection-limit", "6").build();
        assertThat(cloud.converge(reconciliation, corrected, ONE_NODE)).isInstanceOf(Outcome.Converged.class);
        assertThat(limits()).containsExactly(6, 6, 6);
    }

    @Test
    void aLoadBalancerThatIsGoneIsNoFailureOfItsPorts() {
        cloud.settled(CONFIG, CLUSTER, BEFORE, ONE_NODE);
        String gone = loadBalancer();
        cloud.octavia().nextMutationFails(fault(Kind.NOT_FOUND, 404), () -> {
            cloud.octavia().status(gone, "ACTIVE");
            cloud.octavia().deleteLoadBalancer(gone, true);
            cloud.octavia().settle();
        });
        assertThat(reconciliation.ensure(LIMITED, ONE_NODE)).isInstanceOf(Outcome.Failed.class);
        assertThat(cloud.converge(reconciliation, LIMITED, ONE_NODE)).isInstanceOf(Outcome.Converged.class);
        assertThat(loadBalancer()).isNotEqualTo(gone);
    }

    @ParameterizedTest
    @CsvSource({"SERVER_ERROR,500", "FORBIDDEN,403", "NO_ANSWER,0"})
    void whatFailsForAllEndsThePass(Kind kind, int status) {
        cloud.settled(CONFIG, CLUSTER, BEFORE, ONE_NODE);
        refused.refuse("updateListener", listener(80).id(), fault(kind, status));
        assertThat(cloud.converge(reconciliation, LIMITED, ONE_NODE)).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void aCreationIsForAllPortsOrNothing() {
        Service bad = threePorts().annotation("lb-method.b", "FASTEST").build();
        assertThat(reconciliation.ensure(bad, ONE_NODE)).isInstanceOf(Outcome.Rejected.class);
        assertThat(cloud.octavia().loadBalancers()).isEmpty();
        refused.refuse("createLoadBalancer", "protocolPort=81", fault(Kind.BAD_REQUEST, 400));
        assertThat(reconciliation.ensure(BEFORE, ONE_NODE)).isInstanceOf(Outcome.Rejected.class);
        assertThat(cloud.octavia().loadBalancers()).isEmpty();
    }

    @Test
    void aBadHostnameKeepsTheOneInTheStatus() {
        cloud.settled(CONFIG, CLUSTER, BEFORE, ONE_NODE);
        Service bad = threePorts()
                .annotation("hostname", "WEB_1")
                .annotation("connection-limit", "5")
                .statusIp("203.0.113.99")
                .build();
        Outcome.Partial partial = partial(cloud.converge(reconciliation, bad, TWO_NODES));
        assertThat(partial.ingress()).isEqualTo(bad.ingress());
        assertThat(partial.failures()).hasSize(1);
        assertThat(partial.failures().getFirst().notice().message()).contains("hostname", "WEB_1", "allowed is");
        assertThat(partial.retryable()).isFalse();
        assertThat(limits()).containsExactly(5, 5, 5);
        assertThat(memberCounts()).containsExactly(2, 2, 2);
    }

    @Test
    void aFloatingIpThatCanNotBeHadPublishesNoInnerAddress() {
        Service internal = threePorts().internal().build();
        cloud.settled(CONFIG, CLUSTER, internal, ONE_NODE);
        Service external = threePorts()
                .annotation("floating-subnet", "nowhere")
                .statusIp("10.6.0.200")
                .build();
        Outcome.Partial partial = partial(cloud.converge(reconciliation, external, TWO_NODES));
        assertThat(partial.identity().address()).isNull();
        assertThat(partial.ingress()).isEqualTo(external.ingress());
        assertThat(memberCounts()).containsExactly(2, 2, 2);
        assertThat(cloud.neutron().floatingIps()).isEmpty();
    }
}
