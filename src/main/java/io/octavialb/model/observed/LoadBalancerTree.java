package io.octavialb.model.observed;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A load balancer with everything below it that the plan looks at.
 *
 * <p>Either read resource by resource, or taken from the answers to what we changed: the populated
 * {@code POST /v2/lbaas/loadbalancers} answers the whole tree, later requests the resource that they changed.
 */
public record LoadBalancerTree(LoadBalancer loadBalancer, List<Listener> listeners, List<PoolTree> pools) {

    /** A pool with its members and monitor; the monitor is null when the pool has none. */
    public record PoolTree(
            Pool pool, List<Member> members, @Nullable HealthMonitor healthMonitor) {
        public PoolTree {
            members = List.copyOf(members);
        }

        public String id() {
            return pool.id();
        }

        public PoolTree withMembers(List<Member> members) {
            return new PoolTree(pool, members, healthMonitor);
        }

        public PoolTree withHealthMonitor(@Nullable HealthMonitor monitor) {
            return new PoolTree(pool, members, monitor);
        }
    }

    public LoadBalancerTree {
        listeners = List.copyOf(listeners);
        pools = List.copyOf(pools);
    }

    /** The pool of that id; null when there is none, or the id is null. */
    public @Nullable PoolTree pool(@Nullable String id) {
        return pools.stream().filter(pool -> pool.id().equals(id)).findFirst().orElse(null);
    }

    public LoadBalancerTree with(LoadBalancer changed) {
        return new LoadBalancerTree(changed, listeners, pools);
    }

    public LoadBalancerTree with(Listener changed) {
        return new LoadBalancerTree(loadBalancer, replaceOrAdd(listeners, Listener::id, changed), pools);
    }

    public LoadBalancerTree with(PoolTree changed) {
        return new LoadBalancerTree(loadBalancer, listeners, replaceOrAdd(pools, PoolTree::id, changed));
    }

    public LoadBalancerTree withoutListener(String id) {
        return new LoadBalancerTree(
                loadBalancer, without(listeners, listener -> listener.id().equals(id)), pools);
    }

    public LoadBalancerTree withoutPool(String id) {
        return new LoadBalancerTree(
                loadBalancer, listeners, without(pools, pool -> pool.id().equals(id)));
    }

    private static <T> List<T> without(List<T> list, Predicate<T> gone) {
        return list.stream().filter(gone.negate()).toList();
    }

    private static <T> List<T> replaceOrAdd(List<T> list, Function<T, String> id, T changed) {
        boolean known = list.stream().anyMatch(old -> id.apply(old).equals(id.apply(changed)));
        return known
                ? list.stream()
                        .map(old -> id.apply(old).equals(id.apply(changed)) ? changed : old)
                        .toList()
                : Stream.concat(list.stream(), Stream.of(changed)).toList();
    }
}
