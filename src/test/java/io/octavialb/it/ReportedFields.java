package io.octavialb.it;

import io.octavialb.model.observed.HealthMonitor;
import io.octavialb.model.observed.Listener;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.model.observed.LoadBalancerTree;
import io.octavialb.model.observed.LoadBalancerTree.PoolTree;
import io.octavialb.model.observed.Member;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What Octavia reports of a load balancer and its first listener, as text by field name: {@code listener.protocol}. A
 * monitor that is not there has no fields.
 */
final class ReportedFields {
    private ReportedFields() {}

    static Map<String, String> of(LoadBalancerTree tree) {
        Map<String, String> fields = new LinkedHashMap<>();
        loadBalancer(tree.loadBalancer(), fields);
        Listener listener = tree.listeners().stream()
                .filter(one -> !one.protocol().equals("PROMETHEUS"))
                .findFirst()
                .orElseThrow();
        listener(listener, fields);
        PoolTree pool = Objects.requireNonNull(tree.pool(Objects.requireNonNull(listener.defaultPoolId())));
        fields.put("pool.protocol", pool.pool().protocol());
        fields.put("pool.lb_algorithm", pool.pool().lbAlgorithm());
        fields.put("pool.tags", sorted(pool.pool().tags()));
        fields.put("members", of(pool, Member::name));
        fields.put("members.subnet_id", of(pool, member -> String.valueOf(member.subnetId())));
        if (pool.healthMonitor() != null) {
            monitor(pool.healthMonitor(), fields);
        }
        fields.put(
                "prometheus",
                String.join(
                        ",",
                        tree.listeners().stream()
                                .filter(one -> one.protocol().equals("PROMETHEUS"))
                                .map(one -> String.valueOf(one.protocolPort()))
                                .toList()));
        return fields;
    }

    private static void loadBalancer(LoadBalancer loadBalancer, Map<String, String> fields) {
        fields.put("vip_subnet_id", String.valueOf(loadBalancer.vipSubnetId()));
        fields.put("vip_network_id", String.valueOf(loadBalancer.vipNetworkId()));
        fields.put("vip_port_id", String.valueOf(loadBalancer.vipPortId()));
        fields.put(
                "additional_vips",
                String.join(
                        ",",
                        loadBalancer.additionalVips().stream()
                                .map(vip -> String.valueOf(vip.subnetId()))
                                .toList()));
        fields.put("flavor_id", String.valueOf(loadBalancer.flavorId()));
        fields.put("availability_zone", String.valueOf(loadBalancer.availabilityZone()));
        fields.put("tags", sorted(loadBalancer.tags()));
    }

    private static void listener(Listener listener, Map<String, String> fields) {
        fields.put("listener.protocol", listener.protocol());
        fields.put("listener.connection_limit", String.valueOf(listener.connectionLimit()));
        fields.put("listener.timeout_client_data", String.valueOf(listener.timeoutClientData()));
        fields.put("listener.timeout_member_connect", String.valueOf(listener.timeoutMemberConnect()));
        fields.put("listener.timeout_member_data", String.valueOf(listener.timeoutMemberData()));
        fields.put("listener.timeout_tcp_inspect", String.valueOf(listener.timeoutTcpInspect()));
        fields.put("listener.allowed_cidrs", sorted(listener.allowedCidrs()));
        fields.put(
                "listener.insert_headers",
                new TreeMap<>(listener.insertHeaders()).keySet().toString());
        fields.put("listener.tags", sorted(listener.tags()));
    }

    private static void monitor(HealthMonitor monitor, Map<String, String> fields) {
        fields.put("monitor.type", monitor.type());
        fields.put("monitor.delay", String.valueOf(monitor.delay()));
        fields.put("monitor.timeout", String.valueOf(monitor.timeout()));
        fields.put("monitor.max_retries", String.valueOf(monitor.maxRetries()));
        fields.put("monitor.max_retries_down", String.valueOf(monitor.maxRetriesDown()));
        fields.put("monitor.http_method", String.valueOf(monitor.httpMethod()));
        fields.put("monitor.url_path", String.valueOf(monitor.urlPath()));
        fields.put("monitor.expected_codes", String.valueOf(monitor.expectedCodes()));
        fields.put("monitor.domain_name", String.valueOf(monitor.domainName()));
    }

    private static String of(PoolTree pool, Function<Member, String> field) {
        return String.join(",", new TreeSet<>(pool.members().stream().map(field).toList()));
    }

    private static String sorted(List<String> values) {
        return String.join(",", new TreeSet<>(values));
    }
}
