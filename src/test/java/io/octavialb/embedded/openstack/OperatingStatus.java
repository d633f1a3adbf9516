package io.octavialb.embedded.openstack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What Octavia's health manager does: {@code operating_status} of everything, by the members that are down. */
final class OperatingStatus {
    private final CloudState state;
    private final Set<String> down = new HashSet<>();

    OperatingStatus(CloudState state) {
        this.state = state;
    }

    /** An address, or an address and port such as {@code 10.6.0.12:30080}, that no longer answers monitors. */
    void down(String member) {
        down.add(member);
    }

    void up(String member) {
        down.remove(member);
    }

    void refresh() {
        state.loadBalancers.all().stream().filter(OperatingStatus::live).forEach(this::refresh);
    }

    private void refresh(ObjectNode loadBalancer) {
        String id = loadBalancer.path("id").textValue();
        boolean on = enabled(loadBalancer);
        Set<String> used = new HashSet<>();
        for (ObjectNode listener : state.listeners.where("loadbalancer_id", id)) {
            used.add(listener.path("default_pool_id").asText());
            set(listener, on && enabled(listener) ? "ONLINE" : "OFFLINE");
        }
        Set<String> worst = new HashSet<>();
        for (ObjectNode pool : state.pools.where("loadbalancer_id", id)) {
            boolean serving =
                    on && enabled(pool) && used.contains(pool.path("id").textValue());
            worst.add(refreshPool(pool, serving));
        }
        String status = worst.contains("ERROR") ? "ERROR" : worst.contains("DEGRADED") ? "DEGRADED" : "ONLINE";
        set(loadBalancer, on ? status : "OFFLINE");
    }

    private String refreshPool(ObjectNode pool, boolean serving) {
        String id = pool.path("id").textValue();
        List<ObjectNode> monitors = state.healthMonitors.where("pool_id", id);
        boolean monitored = monitors.stream().anyMatch(monitor -> live(monitor) && enabled(monitor));
        Set<String> members = new HashSet<>();
        for (ObjectNode member : state.members.where("pool_id", id)) {
            set(member, serving ? member(member, monitored) : "OFFLINE");
            members.add(member.path("operating_status").asText());
        }
        monitors.forEach(monitor -> set(monitor, enabled(monitor) ? "ONLINE" : "OFFLINE"));
        String status = "ONLINE";
        if (!serving) {
            status = "OFFLINE";
        } else if (members.contains("ERROR")) {
            status = members.equals(Set.of("ERROR")) || members.equals(Set.of("ERROR", "OFFLINE"))
                    ? "ERROR"
                    : "DEGRADED";
        }
        set(pool, status);
        return status;
    }

    private String member(ObjectNode member, boolean monitored) {
        if (!enabled(member)) {
            return "OFFLINE";
        }
        String address = member.path("address").asText();
        if (!monitored) {
            return "NO_MONITOR";
        }
        if (down.contains(address)
                || down.contains(address + ":" + member.path("protocol_port").asText())) {
            return "ERROR";
        }
        return member.path("weight").asInt() == 0 ? "DRAINING" : "ONLINE";
    }

    private static void set(ObjectNode row, String status) {
        if (live(row)) {
            row.put("operating_status", status);
        }
    }

    private static boolean live(ObjectNode row) {
        return Set.of("ACTIVE", "PENDING_UPDATE")
                .contains(row.path("provisioning_status").asText());
    }

    private static boolean enabled(ObjectNode row) {
        return row.path("admin_state_up").asBoolean();
    }
}
