package io.octavialb.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.Lock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The lock of an election that goes by this machine's monotonic clock alone, as client-go's does.
 *
 * <p>fabric8's elector compares the renewal time that the leader's clock wrote with its own wall clock: one that is ahead
 * by a lease's duration would take the Lease from a leader that is well. So a Lease is told to have been renewed when it
 * was seen to change, and our own counts from when a renewal was sent.
 */
final class MonotonicLock implements Lock {
    private final Lock lock;
    private final LeaseTenure tenure;
    private final LongSupplier nanoTime;
    private @Nullable LeaderElectionRecord seen;
    private long seenAt;

    MonotonicLock(Lock lock, LeaseTenure tenure, LongSupplier nanoTime) {
        this.lock = lock;
        this.tenure = tenure;
        this.nanoTime = nanoTime;
    }

    @Override
    public @Nullable LeaderElectionRecord get(KubernetesClient client) {
        LeaderElectionRecord lease = lock.get(client);
        if (lease == null) {
            return null;
        }
        long now = nanoTime.getAsLong();
        if (!lease.equals(seen)) {
            seen = lease;
            seenAt = now;
        }
        ZonedDateTime renewed = ZonedDateTime.now(ZoneOffset.UTC).minus(Duration.ofNanos(now - seenAt));
        return lease.toBuilder().renewTime(renewed).build();
    }

    @Override
    public void create(KubernetesClient client, LeaderElectionRecord lease) {
        long sent = nanoTime.getAsLong();
        lock.create(client, lease);
        tenure.renewed(sent, lease.getLeaseDuration());
    }

    @Override
    public void update(KubernetesClient client, LeaderElectionRecord lease) {
        long sent = nanoTime.getAsLong();
        lock.update(client, lease);
        tenure.renewed(sent, lease.getLeaseDuration());
    }

    @Override
    public String identity() {
        return lock.identity();
    }

    @Override
    public String describe() {
        return lock.describe();
    }
}
