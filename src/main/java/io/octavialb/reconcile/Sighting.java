package io.octavialb.reconcile;

import io.octavialb.model.Notice;
import io.octavialb.model.Outcome;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.model.observed.Observed;
import java.util.List;

/** What a pass starts from. */
sealed interface Sighting {
    /**
     * The cloud's state for the Service is known.
     *
     * @param changed whether it is what an earlier pass left behind
     * @param notices what was not as the Service records it
     */
    record Seen(Observed observed, boolean changed, List<Notice> notices) implements Sighting {
        public Seen {
            notices = List.copyOf(notices);
        }
    }

    /** Our own creation ended in ERROR: it has never served, and is to be deleted and made again. */
    record StillBorn(LoadBalancer loadBalancer) implements Sighting {}

    /**
     * A second load balancer was made for the Service, and is to be deleted: the answer to its creation was lost, and when
     * it was looked for it was not to be seen yet.
     */
    record MadeTwice(LoadBalancer kept, LoadBalancer twin) implements Sighting {}

    /** Nothing can be done now; the pass ends with this outcome. */
    record Unusable(Outcome outcome) implements Sighting {}
}
