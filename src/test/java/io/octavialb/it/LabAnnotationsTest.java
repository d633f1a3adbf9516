package io.octavialb.it;

import static io.octavialb.it.Cluster.port;
import static io.octavialb.it.LabCluster.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.octavialb.lab.CountingProxy;
import io.octavialb.lab.Lab;
import io.octavialb.model.observed.FloatingIp;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Every annotation on a real Octavia: what it reports after the creation, after a change, and without the annotation.
 *
 * <p>The target of {@code member-target} and the parts of one port are in {@link LabBeyondTest}; TLS needs a Barbican,
 * which the lab has not.
 */
@Tag(Lab.TAG)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LabAnnotationsTest {
    private static final String PREFIX = "loadbalancer.openstack.org/";
    private static final String BETA = "service.beta.kubernetes.io/";
    /** Of the fields of a monitor that is not there. */
    private static final String GONE = "gone";

    private final Lab ids = Lab.load();
    private final RawCloud raw = new RawCloud(ids);
    private LabCluster lab;
    private Cluster kubernetes;

    /** One annotation; what Octavia reports with it at creation, with another value, and without it. */
    private record Row(
            String key, String field, String first, String reported, String second, String then, String without) {
        Row(String key, String field, String first, String second, String without) {
            this(key, field, first, first, second, second, without);
        }
    }

    private static final List<Row> FIELDS = List.of(
            new Row("connection-limit", "listener.connection_limit", "100", "200", "-1"),
            new Row("timeout-client-data", "listener.timeout_client_data", "1000", "2000", "50000"),
            new Row("timeout-member-connect", "listener.timeout_member_connect", "1001", "2001", "5000"),
            new Row("timeout-member-data", "listener.timeout_member_data", "1002", "2002", "50000"),
            new Row("timeout-tcp-inspect", "listener.timeout_tcp_inspect", "1003", "2003", "0"),
            new Row(
                    BETA + "load-balancer-source-ranges",
                    "listener.allowed_cidrs",
                    "192.0.2.0/24",
                    "192.0.2.0/25",
                    "0.0.0.0/0"),
            new Row("lb-method", "pool.lb_algorithm", "LEAST_CONNECTIONS", "SOURCE_IP", "ROUND_ROBIN"),
            new Row("proxy-protocol", "pool.protocol", "v2", "PROXYV2", "v1", "PROXY", "TCP"),
            new Row("node-selector", "members", "zone=a", "node-1", "zone=b", "node-2", "node-1,node-2"),
            new Row("prometheus-listener-port", "prometheus", "9100", "9101", ""));

    private static final List<Row> MONITOR = List.of(
            new Row("health-monitor-type", "monitor.type", "HTTP", "HTTPS", GONE),
            new Row("health-monitor-delay", "monitor.delay", "7", "8", GONE),
            new Row("health-monitor-timeout", "monitor.timeout", "4", "5", GONE),
            new Row("health-monitor-max-retries", "monitor.max_retries", "2", "3", GONE),
            new Row("health-monitor-max-retries-down", "monitor.max_retries_down", "4", "5", GONE),
            new Row("health-monitor-path", "monitor.url_path", "/a", "/b?c=1", GONE),
            new Row("health-monitor-http-method", "monitor.http_method", "HEAD", "OPTIONS", GONE),
            new Row("health-monitor-expected-codes", "monitor.expected_codes", "200,202", "200-204", GONE),
            new Row("health-monitor-domain-name", "monitor.domain_name", "a.example.com", "b.example.com", GONE),
            new Row("enable-health-monitor", "monitor.type", "true", "HTTP", "true", "HTTPS", GONE));

    private static final List<Row> HTTP = List.of(
            new Row(
                    "x-forwarded-for",
                    "listener.insert_headers",
                    "true",
                    "[X-Forwarded-For]",
                    "false",
                    "[X-Forwarded-Port, X-Forwarded-Proto]",
                    "[]"),
            new Row("x-forwarded-port", "listener.protocol", "false", "HTTP", "true", "HTTP", "TCP"),
            new Row("x-forwarded-proto", "pool.protocol", "false", "HTTP", "true", "HTTP", "TCP"));

    @BeforeAll
    void start() {
        lab = new LabCluster("[LoadBalancerClass \"lab\"]\nfloating-network-id = " + ids.network("public")
                + "\nfloating-subnet = public-subnet-2\nsubnet-id = " + ids.subnet("members-subnet") + "\n");
        kubernetes = lab.kubernetes();
        label("node-1", "a");
        label("node-2", "b");
    }

    private void label(String node, String zone) {
        kubernetes
                .client()
                .nodes()
                .withName(node)
                .edit(found -> found.edit()
                        .editMetadata()
                        .addToLabels("zone", zone)
                        .endMetadata()
                        .build());
    }

    @AfterAll
    void stop() {
        raw.close();
        lab.close();
    }

    @Test
    void ofListenersPoolsAndMonitors() {
        Map<String, List<Row>> services = Map.of("fields", FIELDS, "monitor", MONITOR, "http", HTTP);
        services.forEach((name, rows) -> create(name, annotations(rows, Row::first)));
        services.forEach((name, rows) -> awaitFields(name, rows, Row::reported));
        services.forEach((name, rows) -> annotate(name, annotations(rows, Row::second)));
        services.forEach((name, rows) -> awaitFields(name, rows, Row::then));
        services.forEach((name, rows) -> removeAnnotations(
                name, rows.stream().map(row -> full(row.key())).toList()));
        services.forEach((name, rows) -> awaitFields(name, rows, Row::without));
    }

    /** Tags that were asked for once stay: nobody can tell them from those that a person gave. */
    @Test
    void ofTags() {
        create("tags", Map.of("load-balancer-tags", "blue", "listener-tags", "red,big", "pool-tags", "green"));
        awaitTags("blue", "big,kube_service", "green");
        annotate("tags", Map.of("load-balancer-tags", "navy", "listener-tags", "pink", "pool-tags", "olive"));
        awaitTags("navy", "pink,red", "green,olive");
    }

    private void awaitTags(String ofLoadBalancer, String ofListener, String ofPool) {
        eventually().untilAsserted(() -> {
            Map<String, String> fields = fields("tags");
            assertThat(fields.get("tags")).contains(ofLoadBalancer);
            assertThat(fields.get("listener.tags")).contains(ofListener);
            assertThat(fields.get("pool.tags")).contains(ofPool);
        });
    }

    @Test
    void ofTheVipAndTheFloatingIp() {
        String members = ids.subnet("members-subnet");
        Map<String, Map<String, String>> services = Map.of(
                "by-subnet", Map.of("subnet-id", members, "flavor-id", ids.flavor("small")),
                "by-zone", Map.of("availability-zone", "az1"),
                "by-class", Map.of("class", "lab", "member-subnet-id", members),
                "by-fip-subnet", Map.of("floating-subnet-id", ids.subnet("public-subnet-2")),
                "by-fip-name", Map.of("floating-subnet", "public-*-2"),
                "by-fip-tags", Map.of("floating-subnet-tags", "silver,bronze"));
        services.forEach(this::create);
        services.keySet().forEach(lab::awaitAddress);

        assertThat(fields("by-subnet"))
                .containsEntry("vip_subnet_id", members)
                .containsEntry("flavor_id", ids.flavor("small"));
        assertThat(fields("by-zone")).containsEntry("availability_zone", "az1");
        assertThat(fields("by-class"))
                .containsEntry("vip_subnet_id", members)
                .containsEntry("members.subnet_id", members);
        Stream.of("by-class", "by-fip-subnet", "by-fip-name", "by-fip-tags")
                .forEach(name -> assertThat(kubernetes.address(name)).as(name).startsWith("198.51.100."));

        CountingProxy.Mark before = lab.proxy().mark();
        annotate("by-subnet", Map.of("subnet-id", ids.subnet("private-subnet"), "flavor-id", ids.flavor("ha")));
        annotate("by-zone", Map.of("availability-zone", "az2"));
        awaitWarnings("by-subnet", PREFIX + "subnet-id", PREFIX + "flavor-id");
        awaitWarnings("by-zone", PREFIX + "availability-zone");
        assertThat(lab.proxy().since(before).mutations().count()).isZero();

        annotate("by-class", Map.of("member-subnet-id", ids.subnet("private-subnet")));
        awaitFields("by-class", Map.of("members.subnet_id", ids.subnet("private-subnet")));
    }

    /** A cloud-config without a subnet, and with a floating network that has no way to the VIP. */
    @Test
    void ofNetworksAndPorts() {
        String port = raw.createPort(ids.network("members"), "lab-annotations");
        try (LabCluster other =
                new LabCluster("subnet-id =\nfloating-network-id = " + ids.network("public-alt") + "\n")) {
            String floatingNetwork = PREFIX + "floating-network-id";
            other.kubernetes()
                    .create(
                            "by-network",
                            Map.of(
                                    PREFIX + "network-id",
                                    ids.network("members"),
                                    floatingNetwork,
                                    ids.network("public")),
                            port("TCP", 80));
            other.kubernetes()
                    .create(
                            "by-port",
                            Map.of(PREFIX + "port-id", port, floatingNetwork, ids.network("public")),
                            port("TCP", 80));
            assertThat(other.awaitAddress("by-network")).startsWith("203.0.113.");
            assertThat(other.awaitAddress("by-port")).startsWith("203.0.113.");
            assertThat(ReportedFields.of(other.tree("by-network")))
                    .containsEntry("vip_network_id", ids.network("members"));
            assertThat(ReportedFields.of(other.tree("by-port"))).containsEntry("vip_port_id", port);
        } finally {
            raw.deletePort(port);
        }
    }

    @Test
    void ofTheLoadBalancerAndItsAddress() {
        create("first", Map.of("hostname", "a.example.com", "load-balancer-address", "192.0.2.99"));
        eventually().until(() -> hostname("first").equals("a.example.com"));
        String address = kubernetes.annotation("first", PREFIX + "load-balancer-address");
        assertThat(address).startsWith("203.0.113.");
        annotate("first", Map.of("hostname", "b.example.com"));
        eventually().until(() -> hostname("first").equals("b.example.com"));

        kubernetes.create("second", Map.of(PREFIX + "load-balancer-id", lab.loadBalancerId("first")), port("TCP", 81));
        assertThat(lab.awaitAddress("second")).isEqualTo(address);
        assertThat(lab.tree("first").listeners()).hasSize(2);
        kubernetes.delete("second");
        eventually().until(() -> !kubernetes.exists("second"));

        annotate("first", Map.of("keep-floatingip", "true", BETA + "openstack-internal-load-balancer", "true"));
        eventually()
                .untilAsserted(() -> assertThat(lab.cloud().neutron().floatingIpsWithAddress(address))
                        .singleElement()
                        .satisfies(floatingIp -> assertThat(floatingIp.portId()).isNull()));
        eventually().until(() -> !address.equals(kubernetes.address("first")));
        annotate("first", Map.of(BETA + "openstack-internal-load-balancer", "false"));
        eventually()
                .untilAsserted(() -> assertThat(kubernetes.annotation("first", PREFIX + "load-balancer-address"))
                        .startsWith("203.0.113."));
        lab.cloud().neutron().floatingIpsWithAddress(address).stream()
                .filter(floatingIp -> floatingIp.portId() == null)
                .map(FloatingIp::id)
                .forEach(lab.cloud().neutron()::deleteFloatingIp);
        annotate("first", Map.of("keep-floatingip", "false"));
    }

    private static Map<String, String> annotations(List<Row> rows, Function<Row, String> value) {
        return rows.stream().collect(Collectors.toMap(Row::key, value));
    }

    private void removeAnnotations(String name, List<String> keys) {
        kubernetes.edit(name, service -> {
            var metadata = service.editMetadata();
            keys.forEach(metadata::removeFromAnnotations);
            return metadata.endMetadata();
        });
    }

    private void create(String name, Map<String, String> annotations) {
        kubernetes.create(name, full(annotations), port("TCP", 80));
    }

    private void annotate(String name, Map<String, String> annotations) {
        kubernetes.edit(
                name,
                service -> service.editMetadata()
                        .addToAnnotations(full(annotations))
                        .endMetadata());
    }

    private static Map<String, String> full(Map<String, String> annotations) {
        return annotations.entrySet().stream()
                .collect(Collectors.toMap(entry -> full(entry.getKey()), Map.Entry::getValue));
    }

    private static String full(String key) {
        return key.contains("/") ? key : PREFIX + key;
    }

    private Map<String, String> fields(String name) {
        return ReportedFields.of(lab.tree(name));
    }

    private void awaitFields(String name, List<Row> rows, Function<Row, String> value) {
        awaitFields(name, rows.stream().collect(Collectors.toMap(Row::field, value, (same, _) -> same)));
    }

    private void awaitFields(String name, Map<String, String> expected) {
        eventually().untilAsserted(() -> {
            Map<String, String> fields = fields(name);
            Map<String, String> reported = expected.keySet().stream()
                    .collect(Collectors.toMap(field -> field, field -> fields.getOrDefault(field, GONE)));
            assertThat(reported).isEqualTo(expected);
        });
    }

    private String hostname(String name) {
        return kubernetes.ingress(name).map(LoadBalancerIngress::getHostname).orElse("");
    }

    /** One Warning each that begins with the key, and no other. */
    private void awaitWarnings(String name, String... keys) {
        eventually()
                .untilAsserted(() -> assertThat(kubernetes.events(name).stream()
                                .filter(event -> event.getType().equals("Warning"))
                                .map(Event::getMessage)
                                .map(message -> message.substring(0, message.indexOf(": "))))
                        .containsExactlyInAnyOrder(keys));
    }
}
