package io.octavialb.adoption;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.octavialb.model.observed.LoadBalancerTree;
import io.octavialb.openstack.PopulatedLoadBalancer;

/** What Octavia has after the reference's requests, for clouds in memory. */
final class MadeByOccm {
    private static final ObjectMapper JSON = new ObjectMapper();

    private MadeByOccm() {}

    /** The tree, with {@code lb-o} and {@code vip-port-o} as ids. */
    static LoadBalancerTree tree(OccmShape shape, String vip) {
        ObjectNode body = JSON.valueToTree(shape.loadBalancer());
        identify(body, "lb-o");
        body.put("vip_address", vip).put("vip_port_id", "vip-port-o").put("operating_status", "ONLINE");
        body.put("vip_network_id", "net-private");
        ArrayNode pools = body.putArray("pools");
        int index = 0;
        for (JsonNode listener : body.path("listeners")) {
            String number = String.valueOf(index++);
            identify((ObjectNode) listener, "listener-" + number);
            ObjectNode pool = (ObjectNode) ((ObjectNode) listener).remove("default_pool");
            identify(pool, "pool-" + number);
            ((ObjectNode) listener).put("default_pool_id", pool.path("id").asText());
            pool.path("members")
                    .forEach(member -> identify((ObjectNode) member, id(pool, member))
                            .put("weight", 1)
                            .put("admin_state_up", true));
            if (pool.path("healthmonitor") instanceof ObjectNode monitor) {
                identify(monitor, "monitor-" + number);
            }
            pools.add(pool);
        }
        return PopulatedLoadBalancer.read(body, JSON);
    }

    private static String id(JsonNode pool, JsonNode member) {
        return pool.path("id").asText() + "-" + member.path("name").asText();
    }

    private static ObjectNode identify(ObjectNode resource, String id) {
        return resource.put("id", id).put("provisioning_status", "ACTIVE");
    }
}
