package io.octavialb.embedded.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** {@code GET /v2/lbaas/loadbalancers/{id}/status}: the statuses of everything below listeners. */
final class StatusTree {
    private final CloudState state;

    StatusTree(CloudState state) {
        this.state = state;
    }

    ObjectNode of(ObjectNode row) {
        ObjectNode body = CloudState.object();
        ObjectNode loadBalancer = copy(row, List.of("id", "name", "operating_status", "provisioning_status"));
        ArrayNode listeners = loadBalancer.putArray("listeners");
        for (ObjectNode listener :
                state.listeners.where("loadbalancer_id", row.path("id").asText())) {
            ObjectNode node = copy(listener, List.of("id", "name", "operating_status", "provisioning_status"));
            ArrayNode pools = node.putArray("pools");
            ObjectNode pool = state.pools.find(listener.path("default_pool_id").asText());
            if (pool != null) {
                pools.add(pool(pool));
            }
            listeners.add(node);
        }
        body.putObject("statuses").set("loadbalancer", loadBalancer);
        return body;
    }

    private ObjectNode pool(ObjectNode pool) {
        String id = pool.path("id").asText();
        ObjectNode node = copy(pool, List.of("id", "name", "provisioning_status", "operating_status"));
        for (ObjectNode monitor : state.healthMonitors.where("pool_id", id)) {
            node.set(
                    "health_monitor",
                    copy(monitor, List.of("id", "name", "type", "provisioning_status", "operating_status")));
        }
        ArrayNode members = node.putArray("members");
        List<String> shown =
                List.of("id", "name", "operating_status", "provisioning_status", "address", "protocol_port");
        state.members.where("pool_id", id).forEach(member -> members.add(copy(member, shown)));
        return node;
    }

    private static ObjectNode copy(JsonNode row, List<String> fields) {
        ObjectNode copy = CloudState.object();
        fields.forEach(field -> copy.set(field, row.path(field)));
        return copy;
    }
}
