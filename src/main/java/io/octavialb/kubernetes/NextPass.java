package io.octavialb.kubernetes;

import java.time.Duration;

/** When the next pass is due; a change of the Service, of nodes, or a wake comes first. */
sealed interface NextPass {
    /** At the drift period. */
    record Drift() implements NextPass {}

    /** When woken. */
    record Wake() implements NextPass {}

    record After(Duration pause) implements NextPass {}

    /** With exponential backoff, which begins anew after {@link Drift} and {@link Never}. */
    record Retry() implements NextPass {}

    record Never() implements NextPass {}
}
