package io.octavialb.kubernetes;

import io.octavialb.kubernetes.ControllerSettings.LeaseSettings;
import io.octavialb.openstack.Tenure;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The tenure of the replica that holds the Lease: as long as nobody else can have it.
 *
 * <p>Others take a Lease that has not changed for its duration since they saw it change, so ours ends at that time after
 * the last renewal was <em>sent</em>, by this machine's monotonic clock: wall clocks that differ do not matter, and a
 * process that was suspended finds it over. Changes start until the renew deadline; the time from there to the end is for
 * those under way.
 */
public final class LeaseTenure implements Tenure {
    private final Duration reserve;
    private final LongSupplier nanoTime;
    private volatile long end;

    LeaseTenure(LeaseSettings lease, LongSupplier nanoTime) {
        this.reserve = lease.duration().minus(lease.renewDeadline());
        this.nanoTime = nanoTime;
        this.end = nanoTime.getAsLong();
    }

    public LeaseTenure(LeaseSettings lease) {
        this(lease, System::nanoTime);
    }

    @Override
    public boolean allowsStart() {
        return left().compareTo(reserve) > 0;
    }

    @Override
    public Duration left() {
        return Duration.ofNanos(end - nanoTime.getAsLong());
    }

    /** The Lease is another's, whatever its time. */
    void over() {
        end = nanoTime.getAsLong();
    }

    /** The Lease is ours for its duration since the renewal was sent. */
    void renewed(long sentAt, Duration duration) {
        end = sentAt + duration.toNanos();
    }
}
