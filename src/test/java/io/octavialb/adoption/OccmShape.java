package io.octavialb.adoption;

import io.octavialb.model.OctaviaVersion;
import io.octavialb.model.kubernetes.IpFamily;
import io.octavialb.model.kubernetes.Node;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.kubernetes.ServicePort;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What OpenStack's cloud-controller-manager (OCCM, v1.36) makes for a Service: the bodies of its requests.
 *
 * <p>Written from its documented rules and not from ours, for it is what ours are held against: names with the port's
 * index in them, the name as the only tag, HTTP listeners for X-Forwarded-For, PROXY pools, monitors by protocol.
 */
public record OccmShape(Service service, List<Node> nodes, Cloud cloud) {
    private static final String PREFIX = "loadbalancer.openstack.org/";
    private static final int MAX_LENGTH = 255;
    private static final int LEGACY_LENGTH = 32;

    /**
     * Where it makes it.
     *
     * @param legacyNames whether an early version made it, which named load balancers after the Service's UID
     */
    public record Cloud(
            String cluster,
            String provider,
            String subnet,
            String floatingNetwork,
            OctaviaVersion version,
            boolean legacyNames) {
        private static final OctaviaVersion TAGS = new OctaviaVersion(2, 5);
        private static final OctaviaVersion VIP_ACL = new OctaviaVersion(2, 12);
        private static final OctaviaVersion HTTP_MONITORS_ON_UDP = new OctaviaVersion(2, 16);

        boolean ovn() {
            return provider.equals("ovn");
        }

        boolean tags() {
            return version.has(TAGS);
        }

        boolean vipAcl() {
            return !ovn() && version.has(VIP_ACL);
        }

        boolean httpMonitorsOnUdp() {
            return version.has(HTTP_MONITORS_ON_UDP);
        }
    }

    /** The name as it is today, which is the tag whatever the load balancer is called. */
    public String tag() {
        return cut("kube_service_" + cloud.cluster() + "_" + service.key().namespace() + "_"
                + service.key().name());
    }

    public String loadBalancerName() {
        return cloud.legacyNames() ? ("a" + service.uid().replace("-", "")).substring(0, LEGACY_LENGTH) : tag();
    }

    private static String cut(String name) {
        return name.substring(0, Math.min(name.length(), MAX_LENGTH));
    }

    private String childName(String kind, int index) {
        return cut(
                cloud.legacyNames()
                        ? kind + "_" + loadBalancerName() + "_" + index
                        : kind + "_" + index + "_" + loadBalancerName());
    }

    /** The body of {@code POST /v2/lbaas/loadbalancers}, below {@code loadbalancer}. */
    public Map<String, Object> loadBalancer() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", loadBalancerName());
        body.put(
                "description",
                "Kubernetes external service " + service.key().namespace() + "/"
                        + service.key().name() + " from cluster " + cloud.cluster());
        body.put("provider", cloud.provider());
        body.put("vip_subnet_id", cloud.subnet());
        body.put("admin_state_up", true);
        tagged(body);
        body.put(
                "listeners",
                IntStream.range(0, service.ports().size())
                        .mapToObj(this::listener)
                        .toList());
        return body;
    }

    private void tagged(Map<String, Object> body) {
        if (cloud.tags()) {
            body.put("tags", List.of(tag()));
        }
    }

    /** The listener of a port, by its index, with all below it. */
    public Map<String, Object> listener(int index) {
        ServicePort port = service.ports().get(index);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", childName("listener", index));
        body.put("protocol", listenerProtocol(port));
        body.put("protocol_port", port.port());
        body.put("connection_limit", Integer.parseInt(annotation("connection-limit", "-1")));
        if (!cloud.ovn()) {
            body.put("timeout_client_data", Integer.parseInt(annotation("timeout-client-data", "50000")));
            body.put("timeout_member_connect", Integer.parseInt(annotation("timeout-member-connect", "5000")));
            body.put("timeout_member_data", Integer.parseInt(annotation("timeout-member-data", "50000")));
            body.put("timeout_tcp_inspect", Integer.parseInt(annotation("timeout-tcp-inspect", "0")));
        }
        if (cloud.vipAcl()) {
            body.put("allowed_cidrs", allowedCidrs());
        }
        if (forwardedFor()) {
            body.put("insert_headers", Map.of("X-Forwarded-For", "true"));
        }
        if (tlsContainer() != null) {
            body.put("default_tls_container_ref", tlsContainer());
        }
        tagged(body);
        body.put("default_pool", pool(index, port));
        return body;
    }

    /** It does not look at the port's own protocol here: a UDP port becomes HTTP as well. */
    private String listenerProtocol(ServicePort port) {
        if (tlsContainer() != null) {
            return "TERMINATED_HTTPS";
        }
        return forwardedFor() ? "HTTP" : port.protocol();
    }

    private List<String> allowedCidrs() {
        if (!service.loadBalancerSourceRanges().isEmpty()) {
            return service.loadBalancerSourceRanges();
        }
        return List.of(service.primaryFamily() == IpFamily.IPv6 ? "::/0" : "0.0.0.0/0");
    }

    private Map<String, Object> pool(int index, ServicePort port) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", childName("pool", index));
        body.put("protocol", poolProtocol(port));
        body.put("lb_algorithm", annotation("lb-method", cloud.ovn() ? "SOURCE_IP_PORT" : "ROUND_ROBIN"));
        if (service.sessionAffinity().equals("ClientIP")) {
            body.put("session_persistence", Map.of("type", "SOURCE_IP"));
        }
        body.put(
                "members",
                nodes.stream().flatMap(node -> member(node, port).stream()).toList());
        if (monitored()) {
            body.put("healthmonitor", healthMonitor(index, port));
        }
        return body;
    }

    private String poolProtocol(ServicePort port) {
        String proxy = annotation("proxy-protocol", "false");
        if (!proxy.equals("false")) {
            return proxy.equals("v2") ? "PROXYV2" : "PROXY";
        }
        return forwardedFor() || tlsContainer() != null ? "HTTP" : port.protocol();
    }

    private Optional<Map<String, Object>> member(Node node, ServicePort port) {
        return node.addresses().stream()
                .filter(address -> address.type().equals("InternalIP")
                        && IpFamily.of(address.address()) == service.primaryFamily())
                .findFirst()
                .map(address -> {
                    Map<String, Object> body = new LinkedHashMap<>();
                    body.put("name", node.name());
                    body.put("address", address.address());
                    body.put("protocol_port", port.nodePort());
                    body.put("subnet_id", cloud.subnet());
                    if (monitored() && probesHealthCheckNodePort(port)) {
                        body.put("monitor_port", service.healthCheckNodePort());
                    }
                    return body;
                });
    }

    private Map<String, Object> healthMonitor(int index, ServicePort port) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", childName("monitor", index));
        body.put("delay", Integer.parseInt(annotation("health-monitor-delay", "5")));
        body.put("timeout", Integer.parseInt(annotation("health-monitor-timeout", "3")));
        body.put("max_retries", Integer.parseInt(annotation("health-monitor-max-retries", "1")));
        body.put("max_retries_down", Integer.parseInt(annotation("health-monitor-max-retries-down", "3")));
        if (probesHealthCheckNodePort(port)) {
            body.put("type", "HTTP");
            body.put("http_method", "GET");
            body.put("url_path", "/healthz");
            body.put("expected_codes", "200");
        } else {
            body.put("type", port.protocol().equals("UDP") ? "UDP-CONNECT" : port.protocol());
        }
        return body;
    }

    private boolean probesHealthCheckNodePort(ServicePort port) {
        return service.healthCheckNodePort() > 0
                && !cloud.ovn()
                && (cloud.httpMonitorsOnUdp() || !port.protocol().equals("UDP"));
    }

    private boolean monitored() {
        return annotation("enable-health-monitor", "false").equals("true");
    }

    private boolean forwardedFor() {
        return annotation("x-forwarded-for", "false").equals("true");
    }

    private @Nullable String tlsContainer() {
        return service.annotations().get(PREFIX + "default-tls-container-ref");
    }

    /** The body of {@code POST /v2.0/floatingips}, below {@code floatingip}; empty when it makes none. */
    public Optional<Map<String, Object>> floatingIp(String vipPort) {
        boolean internal = service.annotations()
                .getOrDefault("service.beta.kubernetes.io/openstack-internal-load-balancer", "false")
                .equals("true");
        return internal || service.primaryFamily() == IpFamily.IPv6
                ? Optional.empty()
                : Optional.of(Map.of(
                        "floating_network_id",
                        cloud.floatingNetwork(),
                        "port_id",
                        vipPort,
                        "description",
                        floatingIpDescription()));
    }

    public String floatingIpDescription() {
        return "Floating IP for Kubernetes external service " + service.key().namespace() + "/"
                + service.key().name() + " from cluster " + cloud.cluster();
    }

    private String annotation(String key, String byDefault) {
        return service.annotations().getOrDefault(PREFIX + key, byDefault);
    }
}
