package io.octavialb.openstack;

import java.time.Duration;

/**
 * How hard one API is asked.
 *
 * @param parallelCalls more wait their turn, first come first served
 * @param attempts of one call, the first included
 * @param firstPause before the second attempt; doubles, and each is between half and one and a half of that
 * @param longestCall no attempt begins later than this after the call did: a longer {@code Retry-After} is the caller's
 * @param openFor how long an open circuit breaker refuses calls before it lets some try
 */
record Limits(int parallelCalls, int attempts, Duration firstPause, Duration longestCall, Duration openFor) {
    static final Limits DEFAULT =
            new Limits(16, 3, Duration.ofMillis(500), Duration.ofSeconds(60), Duration.ofSeconds(15));
}
