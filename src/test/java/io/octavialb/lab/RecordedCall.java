package io.octavialb.lab;

import java.time.Duration;
import java.time.Instant;

/**
 * A request that reached the proxy, and what its client was answered.
 *
 * @param status the HTTP status sent to the client, or {@link #NO_ANSWER} when its connection was dropped
 * @param at when the request arrived
 * @param took from there until the answer was known
 */
public record RecordedCall(Call call, int status, Instant at, Duration took) {
    public static final int NO_ANSWER = 0;

    @Override
    public String toString() {
        return call + " -> " + (status == NO_ANSWER ? "no answer" : status) + " (" + took.toMillis() + " ms)";
    }
}
