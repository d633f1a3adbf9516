package io.octavialb.reconcile;

import io.octavialb.model.kubernetes.ObjectKey;
import io.octavialb.openstack.CloudException;
import io.octavialb.openstack.Octavia;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
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
    private final Map<String, Waiter> waiters = new HashMap<>();
    private final Map<String, String> settled = new HashMap<>();
    private final Thread thread;
    private long tick;
    private int intervalMs = FIRST_MS;
    private boolean closed;

    /** A load balancer listed by a request that began before it was waited for may show its status of before. */
    private record Waiter(ObjectKey service, long sinceTick) {}

    public LoadBalancerWatch(Octavia octavia, Consumer<ObjectKey> wake) {
        this.octavia = octavia;
        this.wake = wake;
        this.thread = Thread.ofVirtual().name("loadbalancer-watch").start(this::run);
    }

    /** Wakes the Service once the load balancer is listed as something other than PENDING, or no more. */
    public void await(String loadBalancerId, ObjectKey service) {
        lock.lock();
        try {
            settled.remove(loadBalancerId);
            waiters.put(loadBalancerId, new Waiter(service, tick));
            intervalMs = FIRST_MS;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The provisioning_status that ended the wait; null while it goes on. */
    public @Nullable String settled(String loadBalancerId) {
        lock.lock();
        try {
            return settled.get(loadBalancerId);
        } finally {
            lock.unlock();
        }
    }

    /** Forgets a load balancer whose status has been acted upon. */
    public void forget(String loadBalancerId) {
        lock.lock();
        try {
            settled.remove(loadBalancerId);
            waiters.remove(loadBalancerId);
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            while (nextTick()) {
                tick();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the time of the next tick; false when closed. */
    private boolean nextTick() throws InterruptedException {
        lock.lock();
        try {
            while (!closed && waiters.isEmpty()) {
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
        } catch (CloudException e) {
            LOG.warn("Load balancers could not be listed, waiting ones stay so: {}", e.getMessage());
            slowDown(SLOWEST_AFTER_FAILURE_MS);
            return;
        }
        slowDown(SLOWEST_MS);
        settle(statuses).values().forEach(waiter -> wake.accept(waiter.service()));
    }

    private Map<String, Waiter> settle(Map<String, String> statuses) {
        lock.lock();
        try {
            Map<String, Waiter> done = new HashMap<>();
            waiters.forEach((id, waiter) -> {
                String status = statuses.getOrDefault(id, GONE);
                if (waiter.sinceTick() < tick && !status.startsWith("PENDING_")) {
                    done.put(id, waiter);
                    settled.put(id, status);
                }
            });
            waiters.keySet().removeAll(done.keySet());
            return done;
        } finally {
            lock.unlock();
        }
    }

    private void slowDown(int slowest) {
        lock.lock();
        try {
            intervalMs = Math.min(intervalMs + intervalMs / 4, slowest);
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
