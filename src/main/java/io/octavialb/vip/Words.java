package io.octavialb.vip;

import java.time.Duration;

/** Durations as a person writes them. */
final class Words {
    private Words() {}

    /** As 3 s, 250 ms or 1.5 s. */
    static String of(Duration duration) {
        long millis = duration.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis < 1000 ? millis + " ms" : millis / 1000.0 + " s";
    }
}
