package io.octavialb.it;

import static io.octavialb.it.Cluster.port;
import static io.octavialb.it.LabCluster.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.lab.Call;
import io.octavialb.lab.CountingProxy;
import io.octavialb.lab.Fault;
import io.octavialb.lab.Lab;
import io.octavialb.lab.RecordedCalls;
import io.octavialb.model.observed.LoadBalancer;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A creation through a network that fails at its worst: one load balancer and one floating IP come of it, and go. */
@Tag(Lab.TAG)
class LabFaultTest {
    private LabCluster lab;
    private Cluster kubernetes;
    private CountingProxy proxy;

    @BeforeEach
    void start() {
        lab = new LabCluster("");
        kubernetes = lab.kubernetes();
        proxy = lab.proxy();
    }

    @AfterEach
    void stop() {
        lab.close();
    }

    static Stream<Arguments> faults() {
        Fault unavailable = new Fault.Answer(503, Map.of("Retry-After", "1"), "{\"faultstring\":\"busy\"}");
        return Stream.of(
                fault("load balancer made, answer lost", LabFaultTest::createsLoadBalancer, new Fault.DropAnswer()),
                fault(
                        "load balancer not made, connection lost",
                        LabFaultTest::createsLoadBalancer,
                        new Fault.DropRequest()),
                fault("floating IP made, answer lost", LabFaultTest::createsFloatingIp, new Fault.DropAnswer()),
                fault(
                        "floating IP not made, connection lost",
                        LabFaultTest::createsFloatingIp,
                        new Fault.DropRequest()),
                fault("503 with Retry-After", LabFaultTest::createsLoadBalancer, unavailable),
                fault(
                        "429",
                        LabFaultTest::createsFloatingIp,
                        new Fault.Answer(429, Map.of("Retry-After", "1"), "<html>slow down</html>")),
                fault(
                        "HTML for JSON",
                        LabFaultTest::looks,
                        new Fault.Answer(200, Map.of(), "<html>maintenance</html>")),
                fault("nothing for JSON", LabFaultTest::looks, new Fault.Answer(200, Map.of(), "")),
                fault(
                        "the token is refused",
                        LabFaultTest::createsLoadBalancer,
                        new Fault.Answer(401, Map.of(), "{}")));
    }

    private static Arguments fault(String what, Predicate<Call> when, Fault fault) {
        return Arguments.of(what, when, fault);
    }

    private static boolean createsLoadBalancer(Call call) {
        return call.method().equals("POST") && call.path().endsWith("/loadbalancers");
    }

    private static boolean createsFloatingIp(Call call) {
        return call.method().equals("POST") && call.path().endsWith("/floatingips");
    }

    private static boolean looks(Call call) {
        return call.isRead() && call.path().endsWith("/loadbalancers");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void oneOfEachIsMade(String what, Predicate<Call> when, Fault fault) {
        proxy.inject(1, when, fault);
        kubernetes.create("faulty", Map.of(), port("TCP", 80));
        String address = lab.awaitAddress("faulty");
        assertThat(proxy.faultsLeft()).as(what).isZero();
        LoadBalancer loadBalancer = lab.tree("faulty").loadBalancer();
        assertThat(lab.cloud().octavia().loadBalancersNamed(loadBalancer.name()))
                .hasSize(1);
        assertThat(lab.cloud().neutron().floatingIpsOn(String.valueOf(loadBalancer.vipPortId())))
                .singleElement()
                .satisfies(
                        floatingIp -> assertThat(floatingIp.floatingIpAddress()).isEqualTo(address));
    }

    @Test
    void aQuotaThatIsUsedUpIsToldAndTriedAgain() {
        proxy.inject(
                1,
                LabFaultTest::createsLoadBalancer,
                new Fault.Answer(
                        403, Map.of(), "{\"faultstring\":\"Quota has been met for resources: load_balancer\"}"));
        kubernetes.create("quota", Map.of(), port("TCP", 80));
        lab.awaitAddress("quota");
        assertThat(kubernetes.events("quota")).anySatisfy(event -> {
            assertThat(event.getReason()).isEqualTo("SyncLoadBalancerFailed");
            assertThat(event.getMessage()).contains("Quota has been met");
        });
    }

    @Test
    void anInternalServiceOnADriverThatWantsSingleCallsIsMadeOneByOne() {
        lab.close();
        lab = new LabCluster("provider-requires-serial-api-calls = true\ninternal-lb = true\ncreate-monitor = true\n");
        kubernetes = lab.kubernetes();
        proxy = lab.proxy();
        CountingProxy.Mark before = proxy.mark();
        kubernetes.create("serial", Map.of(), port("TCP", 80));
        lab.awaitAddress("serial");
        RecordedCalls creation = proxy.since(before);
        assertThat(creation.count("POST") - creation.logins().count())
                .as("load balancer, pool, two members, monitor, listener: %s", creation)
                .isEqualTo(6);
        assertThat(lab.tree("serial").pools())
                .singleElement()
                .satisfies(pool -> assertThat(pool.members()).hasSize(2));
    }

    @Test
    void aPoolProtocolChangesWithoutTheListenerEverBeingWithoutPool() {
        kubernetes.create("proxied", Map.of(), port("TCP", 80));
        lab.awaitAddress("proxied");
        String before = lab.tree("proxied").pools().getFirst().id();
        kubernetes.edit(
                "proxied",
                service -> service.editMetadata()
                        .addToAnnotations("loadbalancer.openstack.org/proxy-protocol", "true")
                        .endMetadata());
        eventually()
                .untilAsserted(() -> assertThat(lab.tree("proxied").pools())
                        .singleElement()
                        .satisfies(pool -> {
                            assertThat(pool.pool().protocol()).isEqualTo("PROXY");
                            assertThat(pool.members()).hasSize(2);
                            assertThat(pool.id()).isNotEqualTo(before);
                        }));
        assertThat(lab.tree("proxied").listeners().getFirst().defaultPoolId())
                .isEqualTo(lab.tree("proxied").pools().getFirst().id());
    }
}
