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
 * <p>Ticks stand still while nobody waits. They start {@value #FIRST_MS} ms apart and slow down to {@value #SLOWEST_MS}
 * ms, so that ACTIVE is seen within a second however long it took; a new waiter makes them fast again.
 */
public final class LoadBalancerWatch implements AutoCloseable {
    /** What a load balancer that is not listed any more has become. */
    public static final String GONE = "DELETED";

    private static final Logger LOG = LoggerFactory.getLogger(LoadBalancerWatch.class);
    private static final int FIRST_MS = 250;
    private static final int SLOWEST_MS = 750;
    private static final int SLOWEST_AFTER_FAILURE_MS = 10_000;

    private final Octavia octavia;
    private final Consumer<ObjectKey> wake;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Wait, Long> waits = new HashMap<>();
    private final Map<Wait, String> settled = new HashMap<>();
    private final Thread thread;
    private long tick;
    private final int firstMs;
    private int intervalMs;
    private boolean closed;

    /**
     * Services that share a load balancer wait for it side by side. The value in {@code waits} is the tick in which the
     * wait began: a list request of that tick or before may show the status of before.
     */
    private record Wait(String loadBalancerId, ObjectKey service) {}

    public LoadBalancerWatch(Octavia octavia, Consumer<ObjectKey> wake) {
        this(octavia, wake, Duration.ofMillis(FIRST_MS));
    }

    /** With the first ticks as far apart as given: clouds in memory are faster. */
    public LoadBalancerWatch(Octavia octavia, Consumer<ObjectKey> wake, Duration first) {
        this.octavia = octavia;
        this.wake = wake;
        this.firstMs = Math.toIntExact(first.toMillis());
        this.intervalMs = firstMs;
        this.thread = Thread.ofVirtual().name("loadbalancer-watch").start(this::run);
    }

    /** Wakes the Service once the load balancer is listed as something other than PENDING, or no more. */
    public void await(String loadBalancerId, ObjectKey service) {
        lock.lock();
        try {
            Wait wait = new Wait(loadBalancerId, service);
            settled.remove(wait);
            waits.put(wait, tick);
            intervalMs = firstMs;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
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
            slowDown(SLOWEST_AFTER_FAILURE_MS);
            return;
        }
        slowDown(SLOWEST_MS);
        settle(statuses).forEach(this::wake);
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
                if (entry.getValue() >= tick || status.startsWith("PENDING_")) {
                    return false;
                }
                settled.put(wait, status);
                done.add(wait.service());
                return true;
            });
            return done;
        } finally {
            lock.unlock();
        }
    }

    private void slowDown(int slowest) {
        lock.lock();
        try {
            intervalMs = Math.min(intervalMs + intervalMs / 4 + 1, slowest);
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
