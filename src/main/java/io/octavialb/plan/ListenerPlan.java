package io.octavialb.plan;

import io.octavialb.model.Changes;
import io.octavialb.model.Changes.Change;
import io.octavialb.model.Hold;
import io.octavialb.model.ListenerKey;
import io.octavialb.model.Ownership;
import io.octavialb.model.desired.Desired;
import io.octavialb.model.desired.DesiredListener;
import io.octavialb.model.desired.DesiredLoadBalancer;
import io.octavialb.model.desired.DesiredMember;
import io.octavialb.model.desired.DesiredPool;
import io.octavialb.model.observed.Listener;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.model.observed.LoadBalancerTree;
import io.octavialb.model.observed.LoadBalancerTree.PoolTree;
import io.octavialb.plan.Step.CreateListener;
import io.octavialb.plan.Step.CreatePool;
import io.octavialb.plan.Step.DeleteListener;
import io.octavialb.plan.Step.DeletePool;
import io.octavialb.plan.Step.UpdateListener;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Plans the listeners of one load balancer with their pools.
 *
 * <p>A pool that does not have this Service's name is a person's, or another Service's: it is left alone, and a listener
 * of this Service that it became the default pool of is switched back to one of ours.
 *
 * <p>A pool that has this Service's name and that no listener uses, or only one that goes, is spare: the next listener
 * that needs a pool of its protocol takes it, and one that none needs goes last. So a crash between the creation of a
 * pool and of its listener leaves nothing behind, although pools can't be tagged with what they are for.
 */
final class ListenerPlan {
    private final Ownership ownership;
    private final DesiredLoadBalancer desired;
    private final Map<ListenerKey, Hold> held;
    private final @Nullable LoadBalancer loadBalancer;
    private final @Nullable String loadBalancerId;
    private final List<Listener> listeners;
    private final PoolPlan poolPlan;
    private final Map<String, PoolTree> pools = new LinkedHashMap<>();
    /** The default pools of the listeners as the plan leaves them, by listener id. */
    private final Map<String, String> defaultPools = new HashMap<>();
    /** Pools that a listener of the plan keeps or takes; another that shares its default pool gets one of its own. */
    private final Set<String> claimed = new HashSet<>();

    private final List<Step> steps = new ArrayList<>();
    private final Map<Step, ListenerKey> ports = new HashMap<>();

    ListenerPlan(Ownership ownership, Desired desired, @Nullable LoadBalancerTree tree, boolean serial) {
        this.ownership = ownership;
        this.desired = desired.loadBalancer();
        this.held = desired.held();
        this.loadBalancer = tree == null ? null : tree.loadBalancer();
        this.loadBalancerId = loadBalancer == null ? null : loadBalancer.id();
        this.listeners = tree == null ? List.of() : tree.listeners();
        this.poolPlan = new PoolPlan(serial, loadBalancer != null && !ownership.madeHere(loadBalancer));
        if (tree != null) {
            tree.pools().forEach(pool -> pools.put(pool.id(), pool));
        }
        for (Listener listener : listeners) {
            if (listener.defaultPoolId() != null) {
                defaultPools.put(listener.id(), listener.defaultPoolId());
            }
        }
    }

    List<Step> steps() {
        removeObsolete();
        desired.listeners().forEach(this::ensure);
        removeSparePools();
        return steps;
    }

    /** Which port each of the {@link #steps} is about; none for a spare pool's. */
    Map<Step, ListenerKey> ports() {
        return ports;
    }

    private void add(ListenerKey port, Step step) {
        steps.add(step);
        ports.put(step, port);
    }

    private void removeObsolete() {
        for (Listener listener : listeners) {
            boolean wanted = desired.listeners().stream().anyMatch(d -> d.key().equals(listener.key()));
            if (wanted || held.containsKey(listener.key()) || !owns(listener)) {
                continue;
            }
            add(listener.key(), new DeleteListener(listener, "the Service has no port " + listener.key()));
            defaultPools.remove(listener.id());
        }
    }

    private void ensure(DesiredListener wanted) {
        Listener existing = listeners.stream()
                .filter(listener -> listener.key().equals(wanted.key()))
                .findFirst()
                .orElse(null);
        Hold hold = held.get(wanted.key());
        if (hold != null && existing != null) {
            keep(wanted, existing, hold);
            return;
        }
        if (hold != null && hold != Hold.SETTINGS_THERE) {
            return;
        }
        DefaultPool pool =
                wanted.defaultPool() == null ? DefaultPool.NONE : ensure(wanted.key(), wanted.defaultPool(), existing);
        if (existing == null) {
            add(wanted.key(), new CreateListener(loadBalancerId, wanted, pool.pool()));
        } else if (!existing.protocol().equals(wanted.protocol())) {
            add(
                    wanted.key(),
                    new DeleteListener(
                            existing, "its protocol " + existing.protocol() + " becomes " + wanted.protocol()));
            add(wanted.key(), new CreateListener(loadBalancerId, wanted, pool.pool()));
        } else {
            Changes changes = changes(wanted, existing);
            if (!changes.isEmpty() || pool.switched()) {
                add(wanted.key(), new UpdateListener(existing, changes, pool.switched() ? pool.pool() : null));
            }
        }
        if (existing != null && (pool.switched() || wanted.defaultPool() == null)) {
            defaultPools.remove(existing.id());
        }
    }

    /** The pool of a listener as the plan leaves it, and whether it is another than now. */
    private record DefaultPool(@Nullable PoolRef pool, boolean switched) {
        static final DefaultPool NONE = new DefaultPool(null, false);
    }

    private DefaultPool ensure(ListenerKey listener, DesiredPool wanted, @Nullable Listener existing) {
        PoolTree current = existing == null ? null : pools.get(existing.defaultPoolId());
        boolean keeps = current != null && owns(current) && usable(current, wanted) && claimed.add(current.id());
        PoolTree target = keeps ? current : takeSpare(wanted);
        PoolRef pool = target == null ? new PoolRef.New(listener) : new PoolRef.Existing(target.id());
        if (target == null) {
            add(listener, new CreatePool(loadBalancerId, listener, wanted));
        }
        poolPlan.contents(pool, wanted, target).forEach(step -> add(listener, step));
        return new DefaultPool(pool, target == null || !target.equals(current));
    }

    /** Leaves the listener as it is, except for where it leads and, if that is known, who may reach it. */
    private void keep(DesiredListener wanted, Listener existing, Hold hold) {
        PoolTree pool = pools.get(existing.defaultPoolId());
        DesiredPool desiredPool = wanted.defaultPool();
        if (pool != null && desiredPool != null && owns(pool) && claimed.add(pool.id()) && hold != Hold.ALL) {
            List<DesiredMember> members = HeldMembers.of(desiredPool.members(), pool.members());
            poolPlan.members(new PoolRef.Existing(pool.id()), members, pool.members())
                    .forEach(step -> add(wanted.key(), step));
        }
        Change allowed = Fields.allowedCidrs(wanted.allowedCidrs(), existing.allowedCidrs());
        if (hold.compareTo(Hold.SETTINGS) <= 0 && allowed != null) {
            add(wanted.key(), new UpdateListener(existing, new Changes(List.of(allowed)), null));
        }
    }

    private Changes changes(DesiredListener wanted, Listener existing) {
        Change tags = Fields.tags(
                wanted.tags(), existing.tags(), tag -> loadBalancer != null && ownership.isFormer(tag, loadBalancer));
        return new Changes(
                Stream.concat(Fields.LISTENER.changes(wanted, existing).fields().stream(), Stream.ofNullable(tags))
                        .toList());
    }

    private boolean owns(Listener listener) {
        return loadBalancer != null && ownership.owns(listener, loadBalancer);
    }

    private boolean owns(PoolTree pool) {
        return loadBalancer != null && ownership.owns(pool.pool(), loadBalancer);
    }

    private static boolean usable(PoolTree pool, DesiredPool wanted) {
        return pool.pool().protocol().equals(wanted.protocol());
    }

    /** A pool of ours that no listener uses, that has the protocol, and that was not made for another port. */
    private @Nullable PoolTree takeSpare(DesiredPool wanted) {
        PoolTree spare = pools.values().stream()
                .filter(pool -> isSpare(pool) && usable(pool, wanted) && !isAnothers(pool, wanted))
                .findFirst()
                .orElse(null);
        if (spare != null) {
            claimed.add(spare.id());
        }
        return spare;
    }

    /** Whether it has the name of another port's pool: that port takes it when its turn comes, or it goes. */
    private boolean isAnothers(PoolTree pool, DesiredPool wanted) {
        return !wanted.name().equals(pool.pool().name())
                && desired.listeners().stream()
                        .map(DesiredListener::defaultPool)
                        .anyMatch(other ->
                                other != null && other.name().equals(pool.pool().name()));
    }

    private boolean isSpare(PoolTree pool) {
        return !claimed.contains(pool.id()) && !defaultPools.containsValue(pool.id()) && owns(pool);
    }

    private void removeSparePools() {
        pools.values().stream()
                .filter(pool -> isSpare(pool) && !isAwaited(pool))
                .forEach(pool -> steps.add(new DeletePool(pool.pool(), "no listener uses it")));
    }

    /** Whether a port that is held would take the pool: it was made for it, perhaps, before its listener was refused. */
    private boolean isAwaited(PoolTree pool) {
        return desired.listeners().stream()
                .filter(wanted -> held.containsKey(wanted.key()))
                .anyMatch(wanted -> {
                    DesiredPool of = wanted.defaultPool();
                    return of != null && usable(pool, of) && !hasUsablePool(wanted.key(), of);
                });
    }

    private boolean hasUsablePool(ListenerKey port, DesiredPool wanted) {
        return listeners.stream()
                .filter(listener -> listener.key().equals(port))
                .map(listener -> pools.get(listener.defaultPoolId()))
                .anyMatch(current -> current != null && usable(current, wanted));
    }
}
