package io.octavialb.kubernetes;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Runs an action once after a burst of signals: when none came for a while, or when the first is too long ago. */
final class Debounce {
    private final ScheduledExecutorService scheduler;
    private final LongSupplier nanoTime;
    private final long quietNanos;
    private final long longestNanos;
    private final Runnable action;
    private @Nullable ScheduledFuture<?> due;
    private long firstSignal;

    /**
     * @param quiet how long after the last signal the action runs
     * @param longest how long after the first signal it runs at the latest
     */
    Debounce(
            ScheduledExecutorService scheduler,
            LongSupplier nanoTime,
            Duration quiet,
            Duration longest,
            Runnable action) {
        this.scheduler = scheduler;
        this.nanoTime = nanoTime;
        this.quietNanos = quiet.toNanos();
        this.longestNanos = longest.toNanos();
        this.action = action;
    }

    synchronized void signal() {
        long now = nanoTime.getAsLong();
        if (due == null) {
            firstSignal = now;
        } else if (!due.cancel(false)) {
            return;
        }
        long delay = Math.clamp(firstSignal + longestNanos - now, 0, quietNanos);
        due = scheduler.schedule(this::run, delay, TimeUnit.NANOSECONDS);
    }

    private void run() {
        synchronized (this) {
            due = null;
        }
        action.run();
    }
}
