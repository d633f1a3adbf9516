package io.octavialb.reconcile;

import io.octavialb.config.ServiceOptions;
import io.octavialb.model.Outcome;
import io.octavialb.model.Ownership;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.observed.FloatingIp;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.model.observed.Observed;
import io.octavialb.plan.Plan;
import io.octavialb.plan.ReleasePlanner;
import io.octavialb.plan.Step;
import io.octavialb.reconcile.PlanExecution.Aside;
import io.octavialb.reconcile.PlanExecution.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Removes what was made for a Service, one load balancer after the other, and says when nothing is left.
 *
 * <p>Reads only what was created: no setting is needed for it but whether to keep the floating IP, the tags that the
 * annotation added, and whether Octavia may cascade.
 */
final class Release {
    private final LoadBalancerSearch search;
    private final LoadBalancerTurns turns;
    private final Observation observation;
    private final Sight sight;
    private final PlanExecution execution;
    private final Leftovers leftovers;
    private final NodeSecurity nodeSecurity;
    private final boolean cascade;

    Release(
            LoadBalancerSearch search,
            LoadBalancerTurns turns,
            Observation observation,
            Sight sight,
            PlanExecution execution,
            Leftovers leftovers,
            NodeSecurity nodeSecurity,
            boolean cascade) {
        this.search = search;
        this.turns = turns;
        this.observation = observation;
        this.sight = sight;
        this.execution = execution;
        this.leftovers = leftovers;
        this.nodeSecurity = nodeSecurity;
        this.cascade = cascade;
    }

    Outcome of(Service service, Ownership ownership, ServiceOptions options) {
        Observed known = sight.continued(service);
        if (known != null && known.tree() != null && known.tree().loadBalancer().pending()) {
            return waiting(service, known.tree().loadBalancer());
        }
        // Others may have joined since: what is deleted is decided by what is there now.
        sight.forget(service);
        Outcome waiting = from(search.toRelease(service, ownership), service, ownership, options);
        if (waiting != null) {
            return waiting;
        }
        leftovers.remove(service, ownership, options.keepFloatingIp());
        nodeSecurity.remove(ownership);
        sight.forget(service);
        return new Outcome.Released();
    }

    /** Removes nothing but the security group. */
    Outcome ofGroup(Ownership ownership) {
        nodeSecurity.remove(ownership);
        return new Outcome.Released();
    }

    /** What {@link #ofGroup} would do. */
    Preview previewOfGroup(Ownership ownership) {
        return new Preview.Plans(new Plan(nodeSecurity.removal(ownership)), List.of());
    }

    /**
     * Takes the Service off load balancers, each in its turn; null when nothing of it is left on any. No other turn may
     * be held: two Services that change places would wait for each other.
     */
    @Nullable
    Outcome from(List<LoadBalancer> found, Service service, Ownership ownership, ServiceOptions options) {
        ReleasePlanner planner = planner(ownership, options);
        return found.stream()
                .map(loadBalancer ->
                        turns.inTurn(loadBalancer.id(), () -> from(loadBalancer.id(), service, ownership, planner)))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** As it is now, for another Service may have had its turn since it was found. */
    private @Nullable Outcome from(String id, Service service, Ownership ownership, ReleasePlanner planner) {
        return search.again(id)
                .map(loadBalancer -> loadBalancer.pending()
                        ? waiting(service, loadBalancer)
                        : carryOut(service, planner, withoutProof(service, ownership, loadBalancer)))
                .orElse(null);
    }

    /** What taking the Service off load balancers comes to, without doing it; nothing yet on those that are PENDING. */
    List<Step> steps(List<LoadBalancer> found, Service service, Ownership ownership, ServiceOptions options) {
        ReleasePlanner planner = planner(ownership, options);
        return found.stream()
                .filter(loadBalancer -> !loadBalancer.pending())
                .flatMap(loadBalancer -> steps(planner, service, ownership, loadBalancer))
                .toList();
    }

    private Stream<Step> steps(ReleasePlanner planner, Service service, Ownership ownership, LoadBalancer found) {
        Observed observed = read(service, ownership, found);
        List<FloatingIp> proof = Evidence.proof(service, ownership, observed);
        return Stream.concat(
                planner.release(without(proof, observed)).steps().stream(), planner.freed(found, proof).stream());
    }

    /** All that is left to do, without doing it. */
    Preview preview(Service service, Ownership ownership, ServiceOptions options) {
        List<LoadBalancer> found = search.toRelease(service, ownership);
        Optional<LoadBalancer> pending =
                found.stream().filter(LoadBalancer::pending).findFirst();
        if (pending.isPresent()) {
            return new Preview.Stops(waiting(service, pending.get()));
        }
        List<Step> steps = new ArrayList<>(steps(found, service, ownership, options));
        leftovers
                .of(service, ownership, options.keepFloatingIp())
                .forEach(floatingIp -> steps.add(new Step.DeleteFloatingIp(floatingIp, "its load balancer is gone")));
        steps.addAll(nodeSecurity.removal(ownership));
        return new Preview.Plans(new Plan(steps), List.of());
    }

    /** What is there of the Service; nothing where it may be a namesake's in another cluster. */
    private Observed read(Service service, Ownership ownership, LoadBalancer found) {
        Observed observed = observation.readOutline(ownership, found);
        boolean anothers = Evidence.lacking(service, ownership, observed)
                || !ownership.tellsItsOwn(found, observation.knowsTags());
        return anothers ? Observed.NOTHING : observed;
    }

    /** The floating IPs that prove whose the load balancer is are leftovers when it is gone. */
    private Observed withoutProof(Service service, Ownership ownership, LoadBalancer found) {
        Observed observed = read(service, ownership, found);
        return without(Evidence.proof(service, ownership, observed), observed);
    }

    private static Observed without(List<FloatingIp> proof, Observed observed) {
        return observed.with(observed.floatingIps().stream()
                .filter(floatingIp -> !proof.contains(floatingIp))
                .toList());
    }

    private ReleasePlanner planner(Ownership ownership, ServiceOptions options) {
        return new ReleasePlanner(ownership, options.keepFloatingIp(), cascade, options.loadBalancerTags());
    }

    /** Null when nothing of the Service is left there. */
    private @Nullable Outcome carryOut(Service service, ReleasePlanner planner, Observed observed) {
        Progress progress = execution.run(service, observed, planner::release, false, Aside.NEVER);
        if (progress.observed().tree() == null) {
            return null;
        }
        LoadBalancer loadBalancer = progress.observed().tree().loadBalancer();
        if (progress.left().isEmpty() && !loadBalancer.pending()) {
            return null;
        }
        return loadBalancer.error() ? stuck(loadBalancer) : waiting(service, loadBalancer);
    }

    /** Octavia changes nothing below a load balancer in ERROR, and it is not ours to delete. */
    private static Outcome stuck(LoadBalancer loadBalancer) {
        String message = "load balancer " + loadBalancer.id()
                + " is in provisioning_status ERROR, so this Service can't be taken off it: have the cloud's operator "
                + "look, or run: openstack loadbalancer failover " + loadBalancer.id();
        return new Outcome.Failed(message, new IllegalStateException(message));
    }

    private Outcome waiting(Service service, LoadBalancer loadBalancer) {
        return new Outcome.Waiting(null, sight.waiting(service, loadBalancer).reason(), List.of());
    }
}
