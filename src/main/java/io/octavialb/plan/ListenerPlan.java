package io.octavialb.plan;

import io.octavialb.model.Changes;
import io.octavialb.model.Ownership;
import io.octavialb.model.desired.DesiredListener;
import io.octavialb.model.desired.DesiredLoadBalancer;
import io.octavialb.model.observed.Listener;
import io.octavialb.model.observed.LoadBalancerTree;
import io.octavialb.model.observed.LoadBalancerTree.PoolTree;
import io.octavialb.plan.Step.CreateListener;
import io.octavialb.plan.Step.CreatePool;
import io.octavialb.plan.Step.DeleteListener;
import io.octavialb.plan.Step.DeletePool;
import io.octavialb.plan.Step.UpdateListener;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Plans the listeners of one load balancer with their pools.
 *
 * <p>A pool that no listener uses and that has this Service's name is left from a plan that was cut short: the next
 * listener that needs a pool of its protocol takes it, and one that none needs goes. So a crash between the creation of
 * a pool and of its listener leaves nothing behind, although pools can't be tagged with what they are for.
 */
final class ListenerPlan {
    private final Ownership ownership;
    private final DesiredLoadBalancer desired;
    private final @Nullable String loadBalancerId;
    private final List<Listener> listeners;
    private final PoolPlan poolPlan;
    private final Map<String, PoolTree> pools = new LinkedHashMap<>();
    private final Set<String> poolsInUse = new HashSet<>();
    /** Pools with a listener that keeps them: another one whose default pool somebody made the same gets its own. */
    private final Set<String> kept = new HashSet<>();

    private final List<Step> steps = new ArrayList<>();

    ListenerPlan(Ownership ownership, DesiredLoadBalancer desired, @Nullable LoadBalancerTree tree, boolean serial) {
        this.ownership = ownership;
        this.desired = desired;
        this.loadBalancerId = tree == null ? null : tree.loadBalancer().id();
        this.listeners = tree == null ? List.of() : tree.listeners();
        this.poolPlan = new PoolPlan(serial);
        if (tree != null) {
            tree.pools().forEach(pool -> pools.put(pool.id(), pool));
        }
        listeners.stream()
                .map(Listener::defaultPoolId)
                .filter(pools::containsKey)
                .forEach(poolsInUse::add);
    }

    List<Step> steps() {
        removeObsolete();
        desired.listeners().forEach(this::ensure);
        removeSparePools();
        return steps;
    }

    private void removeObsolete() {
        for (Listener listener : listeners) {
            boolean wanted = desired.listeners().stream().anyMatch(d -> d.key().equals(listener.key()));
            if (wanted || !ownership.owns(listener)) {
                continue;
            }
            steps.add(new DeleteListener(listener, "the Service has no port " + listener.key()));
            releasePool(listener);
        }
    }

    private void ensure(DesiredListener wanted) {
        Listener existing = listeners.stream()
                .filter(listener -> listener.key().equals(wanted.key()))
                .findFirst()
                .orElse(null);
        PoolTree current = existing == null ? null : pools.get(existing.defaultPoolId());
        boolean keeps = current != null && usable(current, wanted) && kept.add(current.id());
        PoolTree target = keeps ? current : takeSpare(wanted);
        PoolRef pool = target == null ? new PoolRef.New(wanted.key()) : new PoolRef.Existing(target.id());
        if (target == null) {
            steps.add(new CreatePool(loadBalancerId, wanted.key(), wanted.defaultPool()));
        }
        steps.addAll(poolPlan.contents(pool, wanted.defaultPool(), target));
        PoolRef switched = target != null && target.equals(current) ? null : pool;
        if (existing == null) {
            steps.add(new CreateListener(loadBalancerId, wanted, pool));
        } else if (!existing.protocol().equals(wanted.protocol())) {
            steps.add(new DeleteListener(
                    existing, "its protocol " + existing.protocol() + " becomes " + wanted.protocol()));
            steps.add(new CreateListener(loadBalancerId, wanted, pool));
        } else {
            Changes changes = Fields.LISTENER.changes(wanted, existing);
            if (!changes.isEmpty() || switched != null) {
                steps.add(new UpdateListener(existing, changes, switched));
            }
        }
        if (existing != null && switched != null) {
            releasePool(existing);
        }
    }

    private static boolean usable(PoolTree pool, DesiredListener wanted) {
        return pool.pool().protocol().equals(wanted.defaultPool().protocol());
    }

    /** A pool of ours that no listener uses and that has the protocol. */
    private @Nullable PoolTree takeSpare(DesiredListener wanted) {
        PoolTree spare = pools.values().stream()
                .filter(pool -> isSpare(pool) && usable(pool, wanted))
                .findFirst()
                .orElse(null);
        if (spare != null) {
            poolsInUse.add(spare.id());
        }
        return spare;
    }

    private boolean isSpare(PoolTree pool) {
        return !poolsInUse.contains(pool.id()) && ownership.owns(pool.pool());
    }

    /** The default pool of a listener that goes, or goes over to another pool, unless others use it or made it. */
    private void releasePool(Listener listener) {
        PoolTree pool = pools.get(listener.defaultPoolId());
        boolean usedByOthers = listeners.stream()
                .anyMatch(other -> !other.id().equals(listener.id())
                        && pool != null
                        && pool.id().equals(other.defaultPoolId()));
        if (pool != null && !usedByOthers && ownership.owns(pool.pool())) {
            steps.add(new DeletePool(pool.pool(), "no listener uses it any more"));
            pools.remove(pool.id());
        }
    }

    private void removeSparePools() {
        pools.values().stream()
                .filter(this::isSpare)
                .forEach(pool -> steps.add(new DeletePool(pool.pool(), "no listener uses it")));
    }
}
