package io.octavialb.reconcile;

import io.octavialb.model.Outcome;
import io.octavialb.model.observed.Observed;

/** What a pass starts from. */
sealed interface Sighting {
    /**
     * The cloud's state for the Service is known.
     *
     * @param changed whether it is what an earlier pass left behind
     */
    record Seen(Observed observed, boolean changed) implements Sighting {}

    /** There is a load balancer, but nothing can be done with it now; the pass ends with this outcome. */
    record Unusable(Outcome outcome) implements Sighting {}
}
