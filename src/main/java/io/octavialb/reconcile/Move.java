package io.octavialb.reconcile;

import io.octavialb.model.Outcome;
import io.octavialb.model.Outcome.Failure;
import io.octavialb.reconcile.FormerLoadBalancers.Remaining;
import java.util.List;
import java.util.stream.Stream;

/** What a Service is told that serves on another load balancer than before, until the former ones are left. */
final class Move {
    private final FormerLoadBalancers former;
    private final Sight sight;
    private final InFlight inFlight;

    Move(FormerLoadBalancers former, Sight sight, InFlight inFlight) {
        this.former = former;
        this.sight = sight;
        this.inFlight = inFlight;
    }

    /**
     * The new address is published once the former load balancers are left that are known by the old one. Any other does
     * not hold it back: the Service may have moved because that one is out of order.
     */
    Outcome whenLeft(Prepared pass, Outcome reached) {
        Outcome.Identity today = identity(reached);
        sight.forget(pass.service());
        List<Remaining> remaining = former.leave(pass.service(), pass.ownership(), today.loadBalancerId());
        // What is known of a former load balancer is not what the next pass starts from.
        inFlight.remove(pass.service().uid());
        return remaining.stream()
                .filter(left -> !left.mayRemain())
                .findFirst()
                .map(left -> unpublished(pass, today, left.why()))
                .orElseGet(() -> partial(reached, remaining));
    }

    private static Outcome unpublished(Prepared pass, Outcome.Identity today, Outcome why) {
        return why instanceof Outcome.Waiting waiting
                ? new Outcome.Waiting(today.withoutAddress(), waiting.reason(), pass.allNotices())
                : why;
    }

    private static Outcome partial(Outcome reached, List<Remaining> remaining) {
        List<Failure> failures = remaining.stream().map(Remaining::failure).toList();
        return switch (reached) {
            case Outcome.Converged(var identity, var ingress, boolean changed, var notices)
            when !failures.isEmpty() -> new Outcome.Partial(identity, ingress, changed, failures, notices);
            case Outcome.Partial(var identity, var ingress, boolean changed, var others, var notices) ->
                new Outcome.Partial(
                        identity,
                        ingress,
                        changed,
                        Stream.concat(others.stream(), failures.stream()).toList(),
                        notices);
            case Outcome.Converged _, Outcome.Waiting _, Outcome.Released _, Outcome.Rejected _, Outcome.Failed _ ->
                reached;
        };
    }

    private static Outcome.Identity identity(Outcome reached) {
        return switch (reached) {
            case Outcome.Converged converged -> converged.identity();
            case Outcome.Partial partial -> partial.identity();
            case Outcome.Waiting _, Outcome.Released _, Outcome.Rejected _, Outcome.Failed _ ->
                throw new IllegalStateException("no load balancer serves: " + reached);
        };
    }

    /** Without the new address, while the old one tells what is to be left. */
    static Outcome unpublished(Outcome.Waiting waiting) {
        Outcome.Identity identity = waiting.identity();
        return identity == null
                ? waiting
                : new Outcome.Waiting(identity.withoutAddress(), waiting.reason(), waiting.notices());
    }
}
