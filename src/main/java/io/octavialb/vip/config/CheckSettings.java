package io.octavialb.vip.config;

import java.time.Duration;

/**
 * A health check that instances track by name.
 *
 * @param interval from the start of one run to the start of the next
 * @param timeout after which a run has failed
 * @param rise successes in a row that make it good
 * @param fall failures in a row that make it bad
 * @param weight what an instance that names no other weight adds, see {@link Tracked}
 * @param startsFailed whether it counts as failed until it has risen (keepalived's init_fail)
 */
public record CheckSettings(
        String name,
        Probe probe,
        Duration interval,
        Duration timeout,
        int rise,
        int fall,
        int weight,
        boolean startsFailed,
        Place place) {
    /** How it is found out. */
    public sealed interface Probe {
        /** Exit status 0 is success. */
        record Script(Notify.Command command) implements Probe {}

        /** A connection that is accepted is success. */
        record Tcp(String host, int port) implements Probe {}

        /**
         * A GET whose status is in the range is success; redirects are not followed and certificates not checked.
         *
         * @param url {@code http://} or {@code https://}
         */
        record Http(String url, int lowestStatus, int highestStatus) implements Probe {}
    }
}
