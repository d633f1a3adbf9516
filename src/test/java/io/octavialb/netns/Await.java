package io.octavialb.netns;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition, with a bound. */
final class Await {
    private static final long PERIOD = 5 * WallClock.MILLISECOND;

    private Await() {}

    /** @param details said when it does not come true */
    static void until(String what, Duration within, Supplier<String> details, BooleanSupplier condition) {
        long end = System.nanoTime() + within.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not within " + within.toMillis() + " ms: " + what + "\n" + details.get());
            }
            LockSupport.parkNanos(PERIOD);
        }
    }
}
