package io.octavialb.reconcile;

import io.octavialb.build.EventReasons;
import io.octavialb.build.NamedIds;
import io.octavialb.config.CloudConfig;
import io.octavialb.config.LoadBalancerSettings;
import io.octavialb.config.ServiceOptions;
import io.octavialb.model.ClusterIdentity;
import io.octavialb.model.ListenerKey;
import io.octavialb.model.Notice;
import io.octavialb.model.Outcome;
import io.octavialb.model.Ownership;
import io.octavialb.model.kubernetes.Node;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.model.observed.LoadBalancerTree;
import io.octavialb.model.observed.Observed;
import io.octavialb.openstack.CloudException;
import io.octavialb.openstack.Neutron;
import io.octavialb.openstack.Octavia;
import io.octavialb.plan.Plan;
import io.octavialb.plan.Step;
import io.octavialb.reconcile.PlanExecution.Aside;
import io.octavialb.reconcile.PlanExecution.Progress;
import io.octavialb.reconcile.Preparation.Ready;
import io.octavialb.reconcile.Preparation.Remake;
import io.octavialb.reconcile.Preparation.RemoveTwin;
import io.octavialb.reconcile.Preparation.Stopped;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The way of one Service through the cloud: settings, sight, facts, build, plan, execute, outcome.
 *
 * <p>A pass executes what can be executed at once. If that leaves the load balancer PENDING, the pass ends; when the
 * shared watch sees it ACTIVE, the next pass plans from the answers of this one and so needs no reads.
 */
public final class CloudReconciliation implements ServiceReconciliation {
    private static final String STILL_BORN =
            "came to provisioning_status ERROR while it was created: it is deleted and made again";

    private static final String TWIN =
            "was made for this Service a second time, when the answer to its creation was lost, and serves nobody: it is "
                    + "deleted";

    private final CloudConfig config;
    private final ClusterIdentity cluster;
    private final Sight sight;
    private final PassPreparation preparation;
    private final CloudFailure failure;
    private final PlanExecution execution;
    private final InFlight inFlight;
    private final RefusedTrees refusedTrees = new RefusedTrees();
    private final UntoldRefusals untoldRefusals = new UntoldRefusals();
    private final Release release;
    private final LoadBalancerTurns turns = new LoadBalancerTurns();
    private final FormerLoadBalancers former;

    public CloudReconciliation(
            CloudConfig config,
            ClusterIdentity cluster,
            Octavia octavia,
            Neutron neutron,
            LoadBalancerWatch watch,
            InstantSource clock) {
        this.config = config;
        this.cluster = cluster;
        LoadBalancerSearch search = new LoadBalancerSearch(octavia, neutron);
        Observation observation = new Observation(octavia, neutron);
        this.inFlight = new InFlight();
        CachedSearches searches = new CachedSearches(neutron, clock);
        SecurityGroupExecution securityGroups = new SecurityGroupExecution(neutron);
        NodeSecurity nodeSecurity = new NodeSecurity(
                config.loadBalancer().manageSecurityGroups(), neutron, securityGroups, searches, clock);
        this.sight = new Sight(search, observation, watch, inFlight);
        this.preparation = new PassPreparation(
                cluster, new FactResolver(octavia, neutron, searches), nodeSecurity, sight, searches, refusedTrees);
        this.failure = new CloudFailure(sight);
        this.execution = new PlanExecution(new StepExecution(octavia, neutron, securityGroups), watch, inFlight);
        this.release = new Release(
                search,
                turns,
                observation,
                sight,
                execution,
                new Leftovers(neutron),
                nodeSecurity,
                config.loadBalancer().cascadeDelete());
        this.former = new FormerLoadBalancers(search, release);
    }

    @Override
    public Outcome ensure(Service service, List<Node> nodes) {
        LoadBalancerSettings.Resolved resolved = LoadBalancerSettings.resolve(config, ServiceOptions.parse(service));
        Outcome outcome;
        try {
            Ensured ensured = turns.inTurn(service, () -> ensured(service, resolved, nodes));
            Prepared moved = ensured.moved();
            outcome = moved == null ? ensured.outcome() : whenLeft(moved, ensured.outcome());
        } catch (CloudException e) {
            outcome = failure.outcome(
                    service, Ownership.of(cluster, service), NamedIds.of(service, resolved.settings()), e);
        }
        if (outcome instanceof Outcome.Rejected || outcome instanceof Outcome.Failed) {
            sight.forget(service);
        }
        return outcome;
    }

    /**
     * What a pass came to on the load balancer of today.
     *
     * @param moved the pass, when the Service may be on a former load balancer as well; that has turns of its own
     */
    private record Ensured(Outcome outcome, @Nullable Prepared moved) {
        Ensured(Outcome outcome) {
            this(outcome, null);
        }
    }

    private Ensured ensured(Service service, LoadBalancerSettings.Resolved resolved, List<Node> nodes) {
        return switch (preparation.of(service, resolved, nodes)) {
            case Stopped(Outcome stopped) -> new Ensured(stopped);
            case Remake(LoadBalancer stillBorn) -> new Ensured(remake(service, stillBorn));
            case RemoveTwin(LoadBalancer kept, LoadBalancer twin) -> new Ensured(removeTwin(service, kept, twin));
            case Ready(Prepared pass) -> carryOut(pass);
        };
    }

    /** What {@link #ensure} would do now, without doing it. */
    public Preview preview(Service service, List<Node> nodes) {
        try {
            LoadBalancerSettings.Resolved resolved =
                    LoadBalancerSettings.resolve(config, ServiceOptions.parse(service));
            return switch (preparation.of(service, resolved, nodes)) {
                case Stopped(Outcome outcome) -> new Preview.Stops(outcome);
                case Remake(LoadBalancer stillBorn) -> new Preview.Plans(removal(stillBorn, STILL_BORN), List.of());
                case RemoveTwin(var _, LoadBalancer twin) -> new Preview.Plans(removal(twin, TWIN), List.of());
                case Ready(Prepared pass) -> new Preview.Plans(wholePlan(pass), pass.previewNotices());
            };
        } catch (CloudException e) {
            return new Preview.Stops(CloudFailure.again(e));
        }
    }

    /** With what is left of former load balancers once today's serves. */
    private Plan wholePlan(Prepared pass) {
        Plan plan = pass.plan(pass.observed(), new Refusals());
        LoadBalancerTree tree = pass.observed().tree();
        return tree == null || !FormerLoadBalancers.mayExist(pass.service(), pass.ownership(), pass.observed())
                ? plan
                : plan.and(former.leaving(
                        pass.service(), pass.ownership(), tree.loadBalancer().id()));
    }

    /** What {@link #release} would do now and in the passes after it, without doing it. */
    public Preview previewRelease(Service service) {
        try {
            return release.preview(
                    service,
                    Ownership.of(cluster, service),
                    ServiceOptions.parse(service).options());
        } catch (CloudException e) {
            return new Preview.Stops(CloudFailure.again(e));
        }
    }

    private Ensured carryOut(Prepared pass) {
        Refusals refusals = inFlight.refusals(pass.service().uid());
        Progress progress = execution.run(
                pass.service(),
                pass.observed(),
                state -> pass.plan(state, refusals),
                pass.desired().floatingIpAfterActive(),
                (plan, step, refusal) -> setAside(pass, refusals, plan.port(step), step, refusal));
        refusedTrees.forget(pass.service().uid());
        untoldRefusals.forget(pass.service().uid());
        Outcome outcome = pass.outcome(progress, refusals);
        if (!FormerLoadBalancers.mayExist(pass.service(), pass.ownership(), pass.observed())) {
            forgetUnlessWaiting(pass.service(), outcome);
            return new Ensured(outcome);
        }
        return switch (outcome) {
            case Outcome.Waiting waiting -> new Ensured(unpublished(waiting));
            case Outcome.Converged _, Outcome.Partial _ -> new Ensured(outcome, pass);
            case Outcome.Released _, Outcome.Rejected _, Outcome.Failed _ -> new Ensured(outcome);
        };
    }

    private void forgetUnlessWaiting(Service service, Outcome outcome) {
        if (!(outcome instanceof Outcome.Waiting)) {
            sight.forget(service);
        }
    }

    /** The new address is published once the former load balancers are left, for by the old one they are known. */
    private Outcome whenLeft(Prepared pass, Outcome reached) {
        Outcome.Identity today = identity(reached);
        sight.forget(pass.service());
        Outcome left = former.leave(pass.service(), pass.ownership(), today.loadBalancerId());
        // What is known of a former load balancer is not what the next pass starts from.
        inFlight.remove(pass.service().uid());
        return left instanceof Outcome.Waiting waiting
                ? new Outcome.Waiting(today.withoutAddress(), waiting.reason(), pass.allNotices())
                : Objects.requireNonNullElse(left, reached);
    }

    private static Outcome.Identity identity(Outcome reached) {
        return switch (reached) {
            case Outcome.Converged converged -> converged.identity();
            case Outcome.Partial partial -> partial.identity();
            case Outcome.Waiting _, Outcome.Released _, Outcome.Rejected _, Outcome.Failed _ ->
                throw new IllegalStateException("no load balancer serves: " + reached);
        };
    }

    private static Outcome unpublished(Outcome.Waiting waiting) {
        Outcome.Identity identity = waiting.identity();
        return identity == null
                ? waiting
                : new Outcome.Waiting(identity.withoutAddress(), waiting.reason(), waiting.notices());
    }

    private boolean setAside(
            Prepared pass, Refusals refusals, @Nullable ListenerKey port, Step step, CloudException refusal) {
        if (step instanceof Step.CreateLoadBalancer(var asked)) {
            boolean again = giveUpFormerVip(pass, refusals, refusal);
            if (!again) {
                refusedTrees.note(pass.service().uid(), asked, refusal.fault());
            }
            return again;
        }
        if (port == null || !concernsOnePort(pass, refusal)) {
            return false;
        }
        refusals.add(
                port,
                pass.desired().listener(port),
                step,
                refusal.fault(),
                NamedIds.of(pass.service(), pass.settings()));
        return true;
    }

    /** Whether the load balancer can be made with any VIP at once: its former one may be why the creation was refused. */
    private boolean giveUpFormerVip(Prepared pass, Refusals refusals, CloudException refusal) {
        if (!pass.asksForFormerVip()
                || refusals.formerVipIsRefused()
                || !isBlamed(pass, refusal)
                || !nothingIsMade(pass)) {
            return false;
        }
        refusals.refuseFormerVip();
        return true;
    }

    private boolean isBlamed(Prepared pass, CloudException refusal) {
        return switch (FormerVip.blame(refusal.fault())) {
            case VIP -> true;
            case UNTOLD -> untoldRefusals.second(pass.service().uid());
            case ANOTHER -> false;
        };
    }

    private boolean nothingIsMade(Prepared pass) {
        try {
            return sight.findsNothing(pass.service(), pass.ownership());
        } catch (CloudException e) {
            return false;
        }
    }

    /** Whether the cloud refused this request and would not refuse every other. */
    private boolean concernsOnePort(Prepared pass, CloudException refusal) {
        return switch (refusal.fault().kind()) {
            case BAD_REQUEST -> true;
            case NOT_FOUND, CONFLICT -> takesChanges(pass);
            case UNREACHABLE,
                    NO_ANSWER,
                    UNAUTHENTICATED,
                    FORBIDDEN,
                    TOO_MANY_REQUESTS,
                    SERVER_ERROR,
                    MALFORMED,
                    CIRCUIT_OPEN,
                    TENURE_OVER,
                    NO_ENDPOINT -> false;
        };
    }

    private boolean takesChanges(Prepared pass) {
        try {
            return sight.takesChanges(pass.service(), pass.ownership());
        } catch (CloudException e) {
            return false;
        }
    }

    private Outcome remake(Service service, LoadBalancer stillBorn) {
        remove(service, stillBorn, STILL_BORN);
        String message = "the load balancer " + STILL_BORN;
        return new Outcome.Failed(message, new IllegalStateException(message));
    }

    private Outcome removeTwin(Service service, LoadBalancer kept, LoadBalancer twin) {
        remove(service, twin, TWIN);
        String message = "load balancer " + twin.id() + " " + TWIN + "; " + kept.id() + " stays";
        return new Outcome.Waiting(
                new Outcome.Identity(kept.id(), true, null),
                message,
                List.of(new Notice(EventReasons.MADE_TWICE, message)));
    }

    private void remove(Service service, LoadBalancer unserving, String reason) {
        execution.run(
                service,
                new Observed(new LoadBalancerTree(unserving, List.of(), List.of()), List.of()),
                state -> state.tree() != null && !state.tree().loadBalancer().leaving()
                        ? removal(unserving, reason)
                        : new Plan(List.of()),
                false,
                Aside.NEVER);
    }

    private static Plan removal(LoadBalancer loadBalancer, String reason) {
        return new Plan(List.of(new Step.DeleteLoadBalancer(loadBalancer, true, "it " + reason)));
    }

    @Override
    public Outcome release(Service service) {
        Ownership ownership = Ownership.of(cluster, service);
        ServiceOptions options = ServiceOptions.parse(service).options();
        refusedTrees.forget(service.uid());
        untoldRefusals.forget(service.uid());
        try {
            return release.of(service, ownership, options);
        } catch (CloudException e) {
            return failure.ofRelease(service, ownership, e);
        }
    }
}
