package io.octavialb.embedded.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** What a cloud holds as an indented text: load balancers, listeners, pools, members, monitors; floating IPs. */
final class CloudTree {
    private final CloudState state;
    private final StringBuilder text = new StringBuilder();

    CloudTree(CloudState state) {
        this.state = state;
    }

    String text() {
        state.loadBalancers.all().forEach(this::loadBalancer);
        for (ObjectNode floatingIp : state.floatingIps.all()) {
            if (state.loadBalancers
                    .where("vip_port_id", floatingIp.path("port_id").asText())
                    .isEmpty()) {
                line(0, "floating IP " + words(floatingIp, "floating_ip_address", "description"));
            }
        }
        return text.isEmpty() ? "no load balancers\n" : text.toString();
    }

    private void loadBalancer(ObjectNode loadBalancer) {
        String id = id(loadBalancer);
        List<String> addresses = new ArrayList<>(
                List.of("VIP " + loadBalancer.path("vip_address").asText()));
        loadBalancer
                .path("additional_vips")
                .forEach(vip -> addresses.add(vip.path("ip_address").asText()));
        state.floatingIps
                .where("port_id", loadBalancer.path("vip_port_id").asText())
                .forEach(ip -> addresses.add(
                        "floating IP " + ip.path("floating_ip_address").asText()));
        line(
                0,
                "load balancer " + words(loadBalancer, "name") + ", " + String.join(", ", addresses)
                        + status(loadBalancer));
        for (ObjectNode listener : state.listeners.where("loadbalancer_id", id)) {
            line(1, "listener " + words(listener, "protocol", "protocol_port") + allowed(listener) + status(listener));
            state.pools.where("id", listener.path("default_pool_id").asText()).forEach(pool -> pool(2, pool));
        }
        state.pools.where("loadbalancer_id", id).stream()
                .filter(pool ->
                        state.listeners.where("default_pool_id", id(pool)).isEmpty())
                .forEach(pool -> pool(1, pool));
    }

    private void pool(int depth, ObjectNode pool) {
        line(depth, "pool " + words(pool, "protocol", "lb_algorithm") + status(pool));
        for (ObjectNode monitor : state.healthMonitors.where("pool_id", id(pool))) {
            line(
                    depth + 1,
                    "health monitor " + words(monitor, "type", "delay", "timeout", "max_retries") + status(monitor));
        }
        for (ObjectNode member : state.members.where("pool_id", id(pool))) {
            line(
                    depth + 1,
                    "member " + member.path("address").asText() + " "
                            + words(member, "protocol_port", "name", "monitor_port") + status(member));
        }
    }

    private static String allowed(JsonNode listener) {
        List<String> cidrs = listener.path("allowed_cidrs")
                .valueStream()
                .map(JsonNode::asText)
                .toList();
        return cidrs.isEmpty() ? "" : " from " + String.join(" ", cidrs);
    }

    private static String id(JsonNode row) {
        return row.path("id").asText();
    }

    private static String words(JsonNode row, String... fields) {
        List<String> words = new ArrayList<>();
        for (String field : fields) {
            String word = row.path(field).asText("");
            if (!word.isEmpty() && !row.path(field).isNull()) {
                words.add(word);
            }
        }
        return String.join(" ", words);
    }

    private static String status(JsonNode row) {
        return "  " + row.path("provisioning_status").asText() + " "
                + row.path("operating_status").asText();
    }

    private void line(int depth, String words) {
        text.append("  ".repeat(depth)).append(words).append('\n');
    }
}
