package io.octavialb.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.octavialb.model.observed.HealthMonitor;
import io.octavialb.model.observed.Listener;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.model.observed.LoadBalancerTree;
import io.octavialb.model.observed.LoadBalancerTree.PoolTree;
import io.octavialb.model.observed.Member;
import io.octavialb.model.observed.Pool;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answer to a populated {@code POST /v2/lbaas/loadbalancers}.
 *
 * <p>It nests whole listeners and pools, and in the pools whole members and monitors, where other answers have ids.
 */
public final class PopulatedLoadBalancer {
    private PopulatedLoadBalancer() {}

    /** The tree; throws {@link IllegalArgumentException} when the answer is not of that form. */
    public static LoadBalancerTree read(JsonNode loadBalancer, ObjectMapper json) {
        List<Listener> listeners = new ArrayList<>();
        loadBalancer.path("listeners").forEach(node -> listeners.add(json.convertValue(node, Listener.class)));
        List<PoolTree> pools = new ArrayList<>();
        loadBalancer.path("pools").forEach(node -> pools.add(pool(node, json)));
        return new LoadBalancerTree(json.convertValue(loadBalancer, LoadBalancer.class), listeners, pools);
    }

    private static PoolTree pool(JsonNode node, ObjectMapper json) {
        List<Member> members = new ArrayList<>();
        node.path("members").forEach(member -> members.add(json.convertValue(member, Member.class)));
        JsonNode monitor = node.path("healthmonitor");
        return new PoolTree(json.convertValue(node, Pool.class), members, monitor(monitor, json));
    }

    private static @Nullable HealthMonitor monitor(JsonNode node, ObjectMapper json) {
        return node.isObject() ? json.convertValue(node, HealthMonitor.class) : null;
    }
}
