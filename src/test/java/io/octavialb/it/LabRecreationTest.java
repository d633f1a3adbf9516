package io.octavialb.it;

import static io.octavialb.it.Cluster.port;
import static io.octavialb.it.LabCluster.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.build.EventReasons;
import io.octavialb.config.ServiceOptions;
import io.octavialb.lab.Lab;
import io.octavialb.model.observed.FloatingIp;
import io.octavialb.model.observed.LoadBalancer;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Somebody deletes a Service's load balancer by hand: the new one has the addresses of the old, where they can be had. */
@Tag(Lab.TAG)
class LabRecreationTest {
    private static final Map<String, String> INTERNAL =
            Map.of("service.beta.kubernetes.io/openstack-internal-load-balancer", "true");

    private LabCluster lab;
    private Cluster kubernetes;

    @BeforeEach
    void start() {
        lab = new LabCluster("");
        kubernetes = lab.kubernetes();
    }

    @AfterEach
    void stop() {
        lab.close();
    }

    private LoadBalancer served(String service, Map<String, String> annotations) {
        kubernetes.create(service, annotations, port("TCP", 80));
        lab.awaitAddress(service);
        return lab.tree(service).loadBalancer();
    }

    private void deleteByHand(LoadBalancer loadBalancer) {
        lab.cloud().octavia().deleteLoadBalancer(loadBalancer.id(), true);
        eventually()
                .until(() ->
                        lab.cloud().octavia().loadBalancer(loadBalancer.id()).isEmpty());
    }

    private LoadBalancer madeAnew(String service, LoadBalancer gone) {
        lab.wake(service);
        eventually().until(() -> !lab.loadBalancerId(service).equals(gone.id()) && lab.active(service));
        return lab.tree(service).loadBalancer();
    }

    @Test
    void theVipAndTheFloatingIpAreTheSame() {
        LoadBalancer before = served("web", Map.of());
        String floatingIp = kubernetes.address("web");
        assertThat(kubernetes.annotation("web", ServiceOptions.LOAD_BALANCER_VIP_ADDRESS_KEY))
                .isEqualTo(before.vipAddress());
        deleteByHand(before);
        LoadBalancer after = madeAnew("web", before);
        assertThat(after.vipAddress()).isEqualTo(before.vipAddress());
        eventually()
                .untilAsserted(() -> assertThat(lab.cloud().neutron().floatingIpsOn(String.valueOf(after.vipPortId())))
                        .extracting(FloatingIp::floatingIpAddress)
                        .containsExactly(floatingIp));
        assertThat(kubernetes.address("web")).isEqualTo(floatingIp);
        assertThat(kubernetes.eventReasons("web")).doesNotContain(EventReasons.VIP_NOT_KEPT);
    }

    @Test
    void aVipThatSomebodyElseHasByThenIsGivenUpWithOneWarning() {
        LoadBalancer before = served("internal", INTERNAL);
        String vip = String.valueOf(before.vipAddress());
        deleteByHand(before);
        String taker;
        try (RawCloud raw = new RawCloud(lab.lab())) {
            taker = raw.createLoadBalancer(Map.of(
                            "name",
                            lab.name() + "-taker",
                            "vip_subnet_id",
                            lab.lab().subnet("private-subnet"),
                            "vip_address",
                            vip))
                    .path("id")
                    .textValue();
        }
        try {
            LoadBalancer after = madeAnew("internal", before);
            assertThat(after.vipAddress()).isNotEqualTo(vip);
            eventually()
                    .untilAsserted(
                            () -> assertThat(kubernetes.address("internal")).isEqualTo(after.vipAddress()));
            assertThat(kubernetes.annotation("internal", ServiceOptions.LOAD_BALANCER_VIP_ADDRESS_KEY))
                    .isEqualTo(after.vipAddress());
            assertThat(kubernetes.events("internal"))
                    .filteredOn(event -> event.getType().equals("Warning"))
                    .satisfiesExactlyInAnyOrder(
                            event -> {
                                assertThat(event.getReason()).isEqualTo(EventReasons.GONE);
                                assertThat(event.getMessage()).contains(before.id());
                            },
                            event -> {
                                assertThat(event.getReason()).isEqualTo(EventReasons.VIP_NOT_KEPT);
                                assertThat(event.getMessage()).contains(vip, String.valueOf(after.vipAddress()));
                            });
        } finally {
            eventually()
                    .until(() -> "ACTIVE"
                            .equals(lab.cloud().octavia().provisioningStatuses().get(taker)));
            lab.cloud().octavia().deleteLoadBalancer(taker, true);
        }
    }
}
