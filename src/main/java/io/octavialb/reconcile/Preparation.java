package io.octavialb.reconcile;

import io.octavialb.model.Outcome;
import io.octavialb.model.observed.LoadBalancer;

/** What a pass has come to before it changes the cloud. */
sealed interface Preparation {

    /** It ends here. */
    record Stopped(Outcome outcome) implements Preparation {}

    /** The load balancer never came to be: it is deleted and made again. */
    record Remake(LoadBalancer stillBorn) implements Preparation {}

    /** Another load balancer was made for the Service besides the one that serves it: it is deleted. */
    record RemoveTwin(LoadBalancer kept, LoadBalancer twin) implements Preparation {}

    /** It can be planned and carried out. */
    record Ready(Prepared pass) implements Preparation {}
}
