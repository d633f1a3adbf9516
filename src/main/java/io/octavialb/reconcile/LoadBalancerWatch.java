package io.octavialb.reconcile;

import io.octavialb.model.kubernetes.ObjectKey;
import io.octavialb.openstack.Octavia;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches all load balancers that are PENDING with one list request a tick, and wakes their Services.
 *
 * <p>Ticks stand still while nobody waits; how far they are apart else is the {@link Pace}. A new wait makes them fast
 * again; being found PENDING once more is none.
 */
public final class LoadBalancerWatch implements AutoCloseable {
    /** What a load balancer that is not listed any more has become. */
    public static final String GONE = "DELETED";

    private static final Logger LOG = LoggerFactory.getLogger(LoadBalancerWatch.class);
    private final Octavia octavia;
    private final Consumer<ObjectKey> wake;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Wait, Begun> waits = new HashMap<>();
    private final Map<Wait, String> settled = new HashMap<>();
    private final Thread thread;
    private long tick;
    private final Pace pace;
    private int intervalMs;
    private boolean closed;

    /** Services that share a load balancer wait for it side by side. */
    private record Wait(String loadBalancerId, ObjectKey service) {}

    /**
     * When and why a wait began.
     *
     * @param tick a list request of that tick or before may show the status of before
     * @param told whether its end is asked for by {@link #settled}
     */
    private record Begun(long tick, long nanoTime, boolean told) {}

    /**
     * How far ticks are apart.
     *
     * @param firstMs when a wait has just begun
     * @param slowestMs what they slow down to, so that ACTIVE is seen soon however long it took
     * @param patience how old the youngest wait is when what is waited for is stuck, maybe for days
     * @param slowestWhenStuckMs what they slow down to then
     */
    record Pace(int firstMs, int slowestMs, Duration patience, int slowestWhenStuckMs) {
        private static final int SLOWEST_AFTER_FAILURE_MS = 10_000;
        static final Pace USUAL = new Pace(250, 750, Duration.ofMinutes(2), 15_000);

        Pace beginningWith(Duration first) {
            return new Pace(Math.toIntExact(first.toMillis()), slowestMs, patience, slowestWhenStuckMs);
        }
    }

    public LoadBalancerWatch(Octavia octavia, Consumer<ObjectKey> wake) {
        this(octavia, wake, Pace.USUAL);
    }

    /** With the first ticks as far apart as given: clouds in memory are faster. */
    public LoadBalancerWatch(Octavia octavia, Consumer<ObjectKey> wake, Duration first) {
        this(octavia, wake, Pace.USUAL.beginningWith(first));
    }

    LoadBalancerWatch(Octavia octavia, Consumer<ObjectKey> wake, Pace pace) {
        this.octavia = octavia;
        this.wake = wake;
        this.pace = pace;
        this.intervalMs = pace.firstMs();
        this.thread = Thread.ofVirtual().name("loadbalancer-watch").start(this::run);
    }

    /**
     * Wakes the Service once a load balancer that was changed for it is listed as something other than PENDING, or no
     * more; {@link #settled} says as what.
     */
    public void await(String loadBalancerId, ObjectKey service) {
        lock.lock();
        try {
            begin(new Wait(loadBalancerId, service), true);
        } finally {
            lock.unlock();
        }
    }

    /** The same for one that was only found PENDING, and is read anew after that. */
    public void awaitFound(String loadBalancerId, ObjectKey service) {
        lock.lock();
        try {
            Wait wait = new Wait(loadBalancerId, service);
            if (!waits.containsKey(wait)) {
                begin(wait, settled.containsKey(wait));
            }
        } finally {
            lock.unlock();
        }
    }

    private void begin(Wait wait, boolean told) {
        settled.remove(wait);
        waits.put(wait, new Begun(tick, System.nanoTime(), told));
        intervalMs = pace.firstMs();
        changed.signalAll();
    }

    /** The provisioning_status that ended the Service's wait; null while it goes on. */
    public @Nullable String settled(String loadBalancerId, ObjectKey service) {
        lock.lock();
        try {
            return settled.get(new Wait(loadBalancerId, service));
        } finally {
            lock.unlock();
        }
    }

    /** Forgets a load balancer whose status has been acted upon. */
    public void forget(String loadBalancerId, ObjectKey service) {
        lock.lock();
        try {
            settled.remove(new Wait(loadBalancerId, service));
            waits.remove(new Wait(loadBalancerId, service));
        } finally {
            lock.unlock();
        }
    }

    /** False when it ended without having been closed: an {@link Error} came up, and waiting Services stay so. */
    public boolean alive() {
        return thread.isAlive();
    }

    private void run() {
        try {
            while (nextTick()) {
                tick();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Error e) {
            LOG.error("The watch on load balancers ends", e);
        }
    }

    /** Waits for the time of the next tick; false when closed. */
    private boolean nextTick() throws InterruptedException {
        lock.lock();
        try {
            while (!closed && waits.isEmpty()) {
                changed.await();
            }
            long left = Duration.ofMillis(intervalMs).toNanos();
            int planned = intervalMs;
            while (!closed && left > 0) {
                left = changed.awaitNanos(left);
                if (intervalMs < planned) {
                    left = Math.min(left, Duration.ofMillis(intervalMs).toNanos());
                    planned = intervalMs;
                }
            }
            tick++;
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private void tick() {
        Map<String, String> statuses;
        try {
            statuses = octavia.provisioningStatuses();
        } catch (RuntimeException e) {
            LOG.warn("Load balancers could not be listed, waiting ones stay so: {}", e.toString());
            slowDown(Pace.SLOWEST_AFTER_FAILURE_MS);
            return;
        }
        settle(statuses).forEach(this::wake);
        slowDown(stuck() ? pace.slowestWhenStuckMs() : pace.slowestMs());
    }

    /** One Service that can't be woken must not keep the others asleep. */
    private void wake(ObjectKey service) {
        try {
            wake.accept(service);
        } catch (RuntimeException e) {
            LOG.error("{} could not be woken", service, e);
        }
    }

    private Set<ObjectKey> settle(Map<String, String> statuses) {
        lock.lock();
        try {
            Set<ObjectKey> done = new HashSet<>();
            waits.entrySet().removeIf(entry -> {
                Wait wait = entry.getKey();
                String status = statuses.getOrDefault(wait.loadBalancerId(), GONE);
                if (entry.getValue().tick() >= tick || status.startsWith("PENDING_")) {
                    return false;
                }
                if (entry.getValue().told()) {
                    settled.put(wait, status);
                }
                done.add(wait.service());
                return true;
            });
            return done;
        } finally {
            lock.unlock();
        }
    }

    /** Whether every load balancer that is waited for takes longer than any should. */
    private boolean stuck() {
        long longAgo = System.nanoTime() - pace.patience().toNanos();
        lock.lock();
        try {
            return waits.values().stream().allMatch(begun -> begun.nanoTime() - longAgo < 0);
        } finally {
            lock.unlock();
        }
    }

    private void slowDown(int slowestMs) {
        lock.lock();
        try {
            intervalMs = Math.min(intervalMs + intervalMs / 4 + 1, slowestMs);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        thread.interrupt();
    }
}
