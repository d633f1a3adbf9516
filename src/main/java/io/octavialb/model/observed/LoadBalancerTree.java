package io.octavialb.model.observed;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A load balancer with everything below it that the plan looks at.
 *
 * <p>Either read resource by resource or taken from the answer to the populated {@code POST /v2/lbaas/loadbalancers}.
 */
public record LoadBalancerTree(LoadBalancer loadBalancer, List<Listener> listeners, List<PoolTree> pools) {

    /** A pool with its members and monitor; the monitor is null when the pool has none. */
    public record PoolTree(
            Pool pool, List<Member> members, @Nullable HealthMonitor healthMonitor) {
        public PoolTree {
            members = List.copyOf(members);
        }
    }

    public LoadBalancerTree {
        listeners = List.copyOf(listeners);
        pools = List.copyOf(pools);
    }

    /** The pool of that id; null when there is none, or the id is null. */
    public @Nullable PoolTree pool(@Nullable String id) {
        return pools.stream().filter(p -> p.pool().id().equals(id)).findFirst().orElse(null);
    }
}
