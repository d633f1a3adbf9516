package io.octavialb.netns;

import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** The clock that the kernel stamps packets with, in nanoseconds since the epoch. */
final class WallClock {
    static final long MILLISECOND = 1_000_000;

    private WallClock() {}

    static long now() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000 + now.getNano();
    }

    static void waitUntil(long time) {
        for (long left = time - now(); left > 0; left = time - now()) {
            LockSupport.parkNanos(left);
        }
    }
}
