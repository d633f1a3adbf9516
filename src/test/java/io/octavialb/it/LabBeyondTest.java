package io.octavialb.it;

import static io.octavialb.it.Cluster.port;
import static io.octavialb.it.LabCluster.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.octavialb.lab.Lab;
import io.octavialb.model.observed.HealthMonitor;
import io.octavialb.model.observed.Listener;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.model.observed.LoadBalancerTree;
import io.octavialb.model.observed.LoadBalancerTree.PoolTree;
import io.octavialb.model.observed.Member;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What goes beyond the reference, on a real Octavia and Neutron. */
@Tag(Lab.TAG)
class LabBeyondTest {
    private static final String PREFIX = "loadbalancer.openstack.org/";

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

    private Listener listener(LoadBalancerTree tree, String protocol, int port) {
        return tree.listeners().stream()
                .filter(listener -> listener.protocol().equals(protocol) && listener.protocolPort() == port)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + protocol + "/" + port + " in " + tree.listeners()));
    }

    private PoolTree pool(LoadBalancerTree tree, Listener listener) {
        return Objects.requireNonNull(tree.pool(Objects.requireNonNull(listener.defaultPoolId())));
    }

    private void edit(String name, Map<String, String> annotations) {
        kubernetes.edit(
                name,
                service -> service.editMetadata().addToAnnotations(annotations).endMetadata());
    }

    @Test
    void twoFamiliesAreOneLoadBalancerWithTwoVips() {
        kubernetes
                .client()
                .services()
                .inNamespace(Cluster.NAMESPACE)
                .resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withName("dual")
                        .endMetadata()
                        .withNewSpec()
                        .withType("LoadBalancer")
                        .withPorts(port("TCP", 80), port("UDP", 53))
                        .withIpFamilyPolicy("RequireDualStack")
                        .withIpFamilies("IPv4", "IPv6")
                        .endSpec()
                        .build())
                .create();
        String address = lab.awaitAddress("dual");
        LoadBalancerTree tree = lab.tree("dual");
        assertThat(tree.loadBalancer().additionalVips())
                .extracting(LoadBalancer.AdditionalVip::subnetId)
                .containsExactly(lab.lab().subnet("private-subnet-v6"));
        assertThat(kubernetes.service("dual").getStatus().getLoadBalancer().getIngress())
                .extracting(LoadBalancerIngress::getIp)
                .containsExactly(address, tree.loadBalancer().vipAddresses().getLast());
        assertThat(address).startsWith("203.0.113.");
        assertThat(tree.listeners())
                .allSatisfy(
                        listener -> assertThat(listener.allowedCidrs()).containsExactlyInAnyOrder("0.0.0.0/0", "::/0"));
    }

    @Test
    void eachPortIsAsItsOwnAnnotationsSay() {
        kubernetes.create(
                "ports",
                Map.of(
                        PREFIX + "x-forwarded-for.80", "true",
                        PREFIX + "x-forwarded-proto.80", "true",
                        PREFIX + "health-monitor-path.80", "/ready",
                        PREFIX + "health-monitor-domain-name.80", "web.example.com",
                        PREFIX + "proxy-protocol.443", "v2",
                        PREFIX + "timeout-client-data.443", "1000",
                        PREFIX + "health-monitor-type.443", "TLS-HELLO",
                        PREFIX + "prometheus-listener-port", "9100"),
                port("TCP", 80),
                port("TCP", 443),
                port("UDP", 53));
        lab.awaitAddress("ports");
        LoadBalancerTree tree = lab.tree("ports");
        Listener http = listener(tree, "HTTP", 80);
        assertThat(http.insertHeaders()).containsOnlyKeys("X-Forwarded-For", "X-Forwarded-Proto");
        HealthMonitor monitor = Objects.requireNonNull(pool(tree, http).healthMonitor());
        assertThat(monitor.type() + " " + monitor.urlPath() + " " + monitor.domainName())
                .isEqualTo("HTTP /ready web.example.com");
        Listener https = listener(tree, "TCP", 443);
        assertThat(https.timeoutClientData()).isEqualTo(1000);
        assertThat(pool(tree, https).pool().protocol()).isEqualTo("PROXYV2");
        assertThat(Objects.requireNonNull(pool(tree, https).healthMonitor()).type())
                .isEqualTo("TLS-HELLO");
        assertThat(pool(tree, listener(tree, "UDP", 53)).healthMonitor()).isNull();
        assertThat(listener(tree, "PROMETHEUS", 9100).defaultPoolId()).isNull();

        edit("ports", Map.of(PREFIX + "x-forwarded-proto.80", "false", PREFIX + "health-monitor-path.80", "/live"));
        eventually().untilAsserted(() -> {
            LoadBalancerTree changed = lab.tree("ports");
            Listener now = listener(changed, "HTTP", 80);
            assertThat(now.insertHeaders()).containsOnlyKeys("X-Forwarded-For");
            assertThat(Objects.requireNonNull(pool(changed, now).healthMonitor())
                            .urlPath())
                    .isEqualTo("/live");
        });
    }

    @Test
    void podsAreMembersAndDrain() {
        endpoints(true, false);
        kubernetes.create("pods", Map.of(PREFIX + "member-target", "pod"), port("TCP", 80));
        lab.awaitAddress("pods");
        assertThat(members()).containsExactly("web-a 10.7.0.11:8080 weight 1");
        endpoints(false, true);
        eventually().untilAsserted(() -> assertThat(members()).containsExactly("web-a 10.7.0.11:8080 weight 0"));
        endpoints(false, false);
        eventually().untilAsserted(() -> assertThat(members()).isEmpty());
    }

    private List<String> members() {
        return lab.tree("pods").pools().getFirst().members().stream()
                .map(LabBeyondTest::text)
                .toList();
    }

    private static String text(Member member) {
        return member.name() + " " + member.address() + ":" + member.protocolPort() + " weight " + member.weight();
    }

    private void endpoints(boolean ready, boolean draining) {
        kubernetes
                .client()
                .discovery()
                .v1()
                .endpointSlices()
                .inNamespace(Cluster.NAMESPACE)
                .resource(new EndpointSliceBuilder()
                        .withNewMetadata()
                        .withNamespace(Cluster.NAMESPACE)
                        .withName("pods-1")
                        .addToLabels("kubernetes.io/service-name", "pods")
                        .endMetadata()
                        .withAddressType("IPv4")
                        .addNewEndpoint()
                        .withAddresses("10.7.0.11")
                        .withNewConditions()
                        .withReady(ready)
                        .withServing(ready || draining)
                        .withTerminating(draining)
                        .endConditions()
                        .withNewTargetRef()
                        .withKind("Pod")
                        .withName("web-a")
                        .endTargetRef()
                        .endEndpoint()
                        .addNewPort()
                        .withName("tcp-80")
                        .withPort(8080)
                        .withProtocol("TCP")
                        .endPort()
                        .build())
                .createOr(slice -> slice.update());
    }
}
