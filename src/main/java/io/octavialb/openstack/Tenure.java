package io.octavialb.openstack;

import java.time.Duration;

/**
 * How long this program may change the cloud. Whoever follows it changes the same load balancers, so a change starts only
 * in time, and one that is under way at the end is given up.
 *
 * <p>Reads need no tenure. Implementations are quick and thread-safe: they are asked before every change.
 */
public interface Tenure {
    /** For a program that nobody follows. */
    Tenure UNLIMITED = new Tenure() {
        @Override
        public boolean allowsStart() {
            return true;
        }

        @Override
        public Duration left() {
            return Duration.ofDays(1);
        }
    };

    /** Whether there is time enough for another change. */
    boolean allowsStart();

    /** Until the end as far as it is known by now; zero or negative after it. */
    Duration left();
}
