package io.octavialb.reconcile;

import static io.octavialb.cloud.Clusters.CLUSTER;
import static io.octavialb.cloud.Clusters.CONFIG;
import static io.octavialb.cloud.Clusters.NODES;
import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.build.EventReasons;
import io.octavialb.cloud.MemoryCloud;
import io.octavialb.cloud.MemoryOctavia;
import io.octavialb.cloud.RefusedRequests;
import io.octavialb.cloud.ServiceBuilder;
import io.octavialb.config.ServiceOptions;
import io.octavialb.model.Notice;
import io.octavialb.model.OctaviaVersion;
import io.octavialb.model.Outcome;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.kubernetes.ServicePort;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.model.observed.LoadBalancerTree;
import io.octavialb.openstack.CloudException.Kind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** After a 404 the new load balancer asks for the VIP of the one that is gone, and does without it where it must. */
class FormerVipTest {
    private static final String VIP = "10.6.0.55";
    private static final String ANY = "10.6.0.100";

    private final MemoryCloud cloud = new MemoryCloud(new OctaviaVersion(2, 30));

    /** A Service that was served at the VIP by a load balancer that is gone. */
    private static ServiceBuilder bereft(String recorded) {
        return new ServiceBuilder()
                .internal()
                .annotation("load-balancer-id", "lb-gone")
                .annotation("load-balancer-address", VIP)
                .annotation("load-balancer-vip-address", recorded)
                .statusIp(VIP);
    }

    private Outcome.Converged converged(Service service) {
        return (Outcome.Converged) cloud.converge(cloud.reconciliation(CONFIG, CLUSTER), service, NODES);
    }

    private LoadBalancer loadBalancer() {
        return cloud.octavia().loadBalancers().getLast();
    }

    private static List<Notice> lost(List<Notice> notices) {
        return notices.stream()
                .filter(notice -> notice.reason().equals(EventReasons.VIP_NOT_KEPT))
                .toList();
    }

    private static void putLoadBalancer(MemoryCloud cloud, String vip) {
        LoadBalancer other = new LoadBalancer(
                "lb-other",
                "somebodys",
                "",
                "ACTIVE",
                "ONLINE",
                "amphora",
                vip,
                "port-other",
                "sub-private",
                "net-private",
                List.of(),
                null,
                null,
                List.of(),
                null);
        cloud.octavia().put(new LoadBalancerTree(other, List.of(), List.of()));
    }

    @Test
    void theVipAndTheFloatingIpOfALoadBalancerThatIsGoneAreThoseOfTheNew() {
        Service web = new ServiceBuilder().build();
        Service recorded = cloud.recorded(web, converged(web));
        assertThat(recorded.annotations()).containsEntry(ServiceOptions.LOAD_BALANCER_VIP_ADDRESS_KEY, ANY);
        Service elsewhere = new ServiceBuilder()
                .annotation(ServiceOptions.LOAD_BALANCER_ID_KEY, loadBalancer().id())
                .annotation("load-balancer-address", "203.0.113.101")
                .annotation("load-balancer-vip-address", VIP)
                .statusIp("203.0.113.101")
                .build();
        cloud.octavia().deleteLoadBalancer(loadBalancer().id(), true);
        cloud.octavia().settle();
        Outcome.Converged again = converged(elsewhere);
        assertThat(loadBalancer().vipAddress()).isEqualTo(VIP);
        assertThat(again.identity().address()).isEqualTo("203.0.113.101");
        assertThat(again.identity().vipAddress()).isEqualTo(VIP);
        assertThat(lost(again.notices())).isEmpty();
        assertThat(cloud.neutron().floatingIps()).hasSize(1);
    }

    @Test
    void aVipThatIsTakenIsGivenUpInTheSamePassAndTold() {
        putLoadBalancer(cloud, VIP);
        CloudReconciliation reconciliation = cloud.reconciliation(CONFIG, CLUSTER);
        Outcome first = reconciliation.ensure(bereft(VIP).build(), NODES);
        assertThat(first)
                .isInstanceOfSatisfying(
                        Outcome.Waiting.class,
                        waiting -> assertThat(lost(waiting.knownNotices()))
                                .singleElement()
                                .satisfies(
                                        notice -> assertThat(notice.message()).contains(VIP, ANY)));
        assertThat(cloud.mutations()).containsExactly("POST loadbalancers", "POST loadbalancers");
        Outcome end = cloud.converge(reconciliation, bereft(VIP).build(), NODES);
        assertThat(end).isInstanceOfSatisfying(Outcome.Converged.class, converged -> {
            assertThat(converged.identity().vipAddress()).isEqualTo(ANY);
            assertThat(lost(converged.notices()))
                    .as("the same event in every pass")
                    .isEqualTo(lost(((Outcome.Waiting) first).knownNotices()));
        });
        Service recorded = cloud.recorded(bereft(VIP).build(), (Outcome.Converged) end);
        assertThat(lost(converged(recorded).notices())).isEmpty();
    }

    @Test
    void aCrashAfterTheNewVipWasGivenIsToldAfterwards() {
        putLoadBalancer(cloud, VIP);
        Outcome first = cloud.reconciliation(CONFIG, CLUSTER).ensure(bereft(VIP).build(), NODES);
        Service published = MemoryCloud.published(bereft(VIP).build(), first);
        assertThat(published.annotations())
                .containsEntry(
                        ServiceOptions.LOAD_BALANCER_ID_KEY, loadBalancer().id());
        cloud.octavia().settle();
        assertThat(lost(converged(published).notices())).hasSize(1);
        assertThat(cloud.octavia().loadBalancers()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.6.0.999", "10.6.0.55/24", "web.example.com", ",", "10.6.0.55,10.6.0.56", "10.6.0.55,"})
    void aMalformedRecordIsIgnoredAndTold(String recorded) {
        Outcome.Converged converged = converged(bereft(recorded).build());
        assertThat(loadBalancer().vipAddress()).isEqualTo(ANY);
        assertThat(lost(converged.notices()))
                .singleElement()
                .satisfies(notice -> assertThat(notice.message())
                        .contains(ServiceOptions.LOAD_BALANCER_VIP_ADDRESS_KEY, "\"" + recorded + "\"", ANY));
    }

    @Test
    void aRecordWithoutTheStatusThatGoesWithItIsACopyAndIgnored() {
        Service copied = new ServiceBuilder()
                .internal()
                .annotation("load-balancer-id", "lb-gone")
                .annotation("load-balancer-address", VIP)
                .annotation("load-balancer-vip-address", VIP)
                .build();
        assertThat(lost(converged(copied).notices())).isEmpty();
        assertThat(loadBalancer().vipAddress()).isEqualTo(ANY);
    }

    @Test
    void anAddressThatTheServiceAsksForComesFirst() {
        Outcome.Converged converged =
                converged(bereft(VIP).loadBalancerIp("10.6.0.70").build());
        assertThat(loadBalancer().vipAddress()).isEqualTo("10.6.0.70");
        assertThat(lost(converged.notices())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"SERVER_ERROR", "FORBIDDEN", "TOO_MANY_REQUESTS", "NO_ANSWER", "UNREACHABLE"})
    void whatIsNotAboutTheVipIsAskedAgainWithIt(Kind kind) {
        CloudReconciliation reconciliation = cloud.reconciliation(CONFIG, CLUSTER);
        cloud.octavia().nextMutationFails(MemoryOctavia.fault(kind, kind == Kind.SERVER_ERROR ? 503 : 0, "busy"));
        assertThat(reconciliation.ensure(bereft(VIP).build(), NODES)).isInstanceOf(Outcome.Failed.class);
        assertThat(cloud.mutations()).hasSizeLessThanOrEqualTo(1);
        cloud.converge(reconciliation, bereft(VIP).build(), NODES);
        assertThat(loadBalancer().vipAddress()).isEqualTo(VIP);
    }

    /** A tree that is refused leaves a port with the VIP behind, and the next creation could not have it. */
    @Test
    void whatAsksForTheVipIsMadeBare() {
        CloudReconciliation reconciliation = cloud.reconciliation(CONFIG, CLUSTER);
        assertThat(reconciliation.ensure(bereft(VIP).build(), NODES)).isInstanceOf(Outcome.Waiting.class);
        assertThat(loadBalancer().vipAddress()).isEqualTo(VIP);
        assertThat(cloud.octavia().listeners(loadBalancer().id())).isEmpty();
        cloud.converge(reconciliation, bereft(VIP).build(), NODES);
        assertThat(cloud.octavia().listeners(loadBalancer().id())).hasSize(1);
    }

    /** It may be a cloud that is broken for a moment. */
    @Test
    void aRefusalThatTellsNoReasonIsNotTakenToBeForTheVipAtOnce() {
        CloudReconciliation reconciliation = cloud.reconciliation(CONFIG, CLUSTER);
        cloud.octavia().nextMutationFails(MemoryOctavia.fault(Kind.SERVER_ERROR, 500, "Internal Server Error"));
        assertThat(reconciliation.ensure(bereft(VIP).build(), NODES)).isInstanceOf(Outcome.Failed.class);
        cloud.converge(reconciliation, bereft(VIP).build(), NODES);
        assertThat(loadBalancer().vipAddress()).isEqualTo(VIP);
    }

    @Test
    void aSecondRefusalThatTellsNoReasonGivesTheVipUp() {
        CloudReconciliation reconciliation = cloud.reconciliation(CONFIG, CLUSTER);
        for (int pass = 0; pass < 2; pass++) {
            cloud.octavia().nextMutationFails(MemoryOctavia.fault(Kind.SERVER_ERROR, 500, "no"));
            reconciliation.ensure(bereft(VIP).build(), NODES);
        }
        assertThat(loadBalancer().vipAddress()).isEqualTo(ANY);
        assertThat(cloud.octavia().listeners(loadBalancer().id())).isEmpty();
    }

    @Test
    void aCloudThatRefusesEverythingIsAskedTwiceAPassAtMost() {
        RefusedRequests broken = new RefusedRequests();
        broken.refuse("createLoadBalancer", "", MemoryOctavia.fault(Kind.SERVER_ERROR, 500, "no"));
        CloudReconciliation reconciliation = cloud.reconciliation(CONFIG, CLUSTER, broken);
        List<Outcome> outcomes = new ArrayList<>();
        for (int pass = 0; pass < 3; pass++) {
            outcomes.add(reconciliation.ensure(bereft(VIP).build(), NODES));
        }
        assertThat(outcomes).allMatch(Outcome.Failed.class::isInstance);
        assertThat(broken.refused()).hasSize(4);
    }

    @Test
    void onlyTheServiceThatTheLoadBalancerWasMadeForRecordsItsVip() {
        Service web = new ServiceBuilder().build();
        Service owner = cloud.recorded(web, converged(web));
        Service guest = new ServiceBuilder()
                .named("default", "mail")
                .uid("1c5e0f52-0000-4000-8000-000000000002")
                .ports(List.of(new ServicePort("smtp", "TCP", 25, 30025)))
                .annotation("load-balancer-id", loadBalancer().id())
                .build();
        assertThat(converged(guest).identity().vipAddress()).isEmpty();
        assertThat(converged(owner).identity().vipAddress()).isEqualTo(ANY);
    }

    @Test
    void theVipOfAPersonsLoadBalancerIsNotRecorded() {
        putLoadBalancer(cloud, VIP);
        Service attached = new ServiceBuilder()
                .internal()
                .annotation("load-balancer-id", "lb-other")
                .build();
        assertThat(converged(attached).identity().vipAddress()).isEmpty();
    }
}
