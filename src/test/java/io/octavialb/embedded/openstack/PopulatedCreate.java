package io.octavialb.embedded.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tree in {@code POST /v2/lbaas/loadbalancers}: pools first, which listeners name or hold as their default. */
final class PopulatedCreate {
    private static final String NAMELESS = "Pools must be named when creating a fully populated loadbalancer.";

    private final OctaviaContext octavia;
    private final Listeners listeners;
    private final Pools pools;

    PopulatedCreate(OctaviaContext octavia, Listeners listeners, Pools pools) {
        this.octavia = octavia;
        this.listeners = listeners;
        this.pools = pools;
    }

    void create(ObjectNode loadBalancer, JsonNode givenListeners, JsonNode givenPools) {
        List<JsonNode> allPools = new ArrayList<>();
        givenPools.forEach(allPools::add);
        List<ObjectNode> flat = new ArrayList<>();
        Set<String> referenced = new HashSet<>();
        for (JsonNode listener : givenListeners) {
            flat.add(flattened(listener, allPools, referenced));
        }
        checkNames(allPools, referenced);
        String projectId = loadBalancer.path("project_id").asText();
        octavia.quotas.check(octavia.state.pools, "Pool", projectId, allPools.size());
        Map<String, JsonNode> ids = new HashMap<>();
        allPools.forEach(pool -> ids.put(
                pool.path("name").asText(),
                pools.graphCreate(pool, loadBalancer).path("id")));
        octavia.quotas.check(octavia.state.listeners, "Listener", projectId, flat.size());
        for (ObjectNode listener : flat) {
            JsonNode name = listener.remove("default pool's name");
            if (name != null) {
                listener.set("default_pool_id", ids.get(name.asText()));
            }
            listeners.graphCreate(listener, loadBalancer);
        }
    }

    /** The listener with the name of its pool in place of the pool. */
    private static ObjectNode flattened(JsonNode listener, List<JsonNode> allPools, Set<String> referenced) {
        ObjectNode flat = listener.deepCopy();
        JsonNode pool = flat.remove("default_pool");
        if (pool == null || !pool.isObject()) {
            return flat;
        }
        String name = pool.path("name").asText();
        if (name.isEmpty()) {
            throw Refusal.octavia(400, "Validation failure: " + NAMELESS);
        }
        if (pool.size() > 1) {
            allPools.add(pool);
        } else {
            referenced.add(name);
        }
        return flat.put("default pool's name", name);
    }

    private static void checkNames(List<JsonNode> allPools, Set<String> referenced) {
        Set<String> names = new HashSet<>();
        for (JsonNode pool : allPools) {
            if (!names.add(pool.path("name").asText())) {
                throw Refusal.invalid("Pool names must be unique when creating a fully populated loadbalancer.");
            }
            for (String required : List.of("protocol", "lb_algorithm")) {
                if (!pool.hasNonNull(required)) {
                    throw Refusal.invalid("Pool definition for '"
                            + pool.path("name").asText() + "' missing required attribute: " + required);
                }
            }
        }
        for (String name : referenced) {
            if (!names.contains(name)) {
                throw Refusal.invalid("Pool '" + name + "' was referenced but no full definition was found.");
            }
        }
    }
}
