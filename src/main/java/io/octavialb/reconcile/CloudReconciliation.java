package io.octavialb.reconcile;

import io.octavialb.build.Admission;
import io.octavialb.build.Built;
import io.octavialb.build.EventReasons;
import io.octavialb.build.LoadBalancerBuild;
import io.octavialb.build.NamedIds;
import io.octavialb.config.CloudConfig;
import io.octavialb.config.LoadBalancerSettings;
import io.octavialb.config.ServiceOptions;
import io.octavialb.model.ClusterIdentity;
import io.octavialb.model.Facts;
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
import io.octavialb.openstack.CloudException.Fault;
import io.octavialb.openstack.Neutron;
import io.octavialb.openstack.Octavia;
import io.octavialb.plan.CreationSettings;
import io.octavialb.plan.Plan;
import io.octavialb.plan.Renaming;
import io.octavialb.plan.RequestedAddress;
import io.octavialb.plan.SharingRules;
import io.octavialb.plan.Step;
import io.octavialb.reconcile.PlanExecution.Aside;
import io.octavialb.reconcile.PlanExecution.Progress;
import io.octavialb.reconcile.Sighting.Seen;
import io.octavialb.reconcile.Sighting.StillBorn;
import io.octavialb.reconcile.Sighting.Unusable;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of one Service through the cloud: settings, sight, facts, build, plan, execute, outcome.
 *
 * <p>A pass executes what can be executed at once. If that leaves the load balancer PENDING, the pass ends; when the
 * shared watch sees it ACTIVE, the next pass plans from the answers of this one and so needs no reads.
 */
public final class CloudReconciliation implements ServiceReconciliation {
    private static final Logger LOG = LoggerFactory.getLogger(CloudReconciliation.class);

    private static final String STILL_BORN =
            "came to provisioning_status ERROR while it was created: it is deleted and made again";

    private final CloudConfig config;
    private final ClusterIdentity cluster;
    private final FactResolver facts;
    private final Sight sight;
    private final PlanExecution execution;
    private final InFlight inFlight;
    private final Release release;

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
        this.facts = new FactResolver(octavia, neutron, new CachedSearches(neutron, clock));
        this.sight = new Sight(search, observation, watch, inFlight);
        this.execution = new PlanExecution(new StepExecution(octavia, neutron), watch, inFlight);
        this.release = new Release(
                search,
                observation,
                sight,
                execution,
                new Leftovers(neutron),
                config.loadBalancer().cascadeDelete());
    }

    @Override
    public Outcome ensure(Service service, List<Node> nodes) {
        LoadBalancerSettings.Resolved resolved = LoadBalancerSettings.resolve(config, ServiceOptions.parse(service));
        Outcome outcome;
        try {
            outcome = switch (prepare(service, resolved, nodes)) {
                case Stopped(Outcome stopped) -> stopped;
                case Remake(LoadBalancer stillBorn) -> remake(service, stillBorn);
                case Ready(Prepared pass) -> carryOut(pass);
            };
        } catch (CloudException e) {
            outcome = failed(service, Ownership.of(cluster, service), NamedIds.of(service, resolved.settings()), e);
        }
        if (outcome instanceof Outcome.Rejected || outcome instanceof Outcome.Failed) {
            sight.forget(service);
        }
        return outcome;
    }

    /** What {@link #ensure} would do now, without doing it. */
    public Preview preview(Service service, List<Node> nodes) {
        try {
            LoadBalancerSettings.Resolved resolved =
                    LoadBalancerSettings.resolve(config, ServiceOptions.parse(service));
            return switch (prepare(service, resolved, nodes)) {
                case Stopped(Outcome outcome) -> new Preview.Stops(outcome);
                case Remake(LoadBalancer stillBorn) -> new Preview.Plans(removal(stillBorn), List.of());
                case Ready(Prepared pass) ->
                    new Preview.Plans(pass.plan(pass.observed(), new Refusals()), pass.allNotices());
            };
        } catch (CloudException e) {
            return new Preview.Stops(new Outcome.Failed(e.fault().toString(), e));
        }
    }

    /** What {@link #release} would do now and in the passes after it, without doing it. */
    public Preview previewRelease(Service service) {
        try {
            return release.preview(
                    service,
                    Ownership.of(cluster, service),
                    ServiceOptions.parse(service).options());
        } catch (CloudException e) {
            return new Preview.Stops(new Outcome.Failed(e.fault().toString(), e));
        }
    }

    /** A pass up to the point where the cloud would be changed. */
    private sealed interface Preparation {}

    private record Stopped(Outcome outcome) implements Preparation {}

    private record Remake(LoadBalancer stillBorn) implements Preparation {}

    private record Ready(Prepared pass) implements Preparation {}

    private Preparation prepare(Service service, LoadBalancerSettings.Resolved resolved, List<Node> nodes) {
        Admission admission = Admission.of(service, resolved, nodes);
        if (admission.refused()) {
            return new Stopped(new Outcome.Rejected(admission.problems()));
        }
        return switch (sight.of(service, Ownership.of(cluster, service))) {
            case Unusable(Outcome outcome) -> new Stopped(outcome);
            case StillBorn(LoadBalancer loadBalancer) -> new Remake(loadBalancer);
            case Seen seen -> admitted(service, resolved, admission, seen);
        };
    }

    /** A creation is for all that was asked for, or not at all. */
    private Preparation admitted(
            Service service, LoadBalancerSettings.Resolved resolved, Admission admission, Seen seen) {
        if (seen.observed().tree() == null && !admission.problems().isEmpty()) {
            return new Stopped(new Outcome.Rejected(admission.problems()));
        }
        boolean addressIsClear = Admission.addressIsClear(service);
        Service usable = addressIsClear ? service : service.withoutLoadBalancerIp();
        Ownership ownership = proven(usable, seen.observed());
        LoadBalancerSettings settings = resolved.settings();
        switch (facts.resolve(usable, ownership, admission.members(), settings, seen.observed())) {
            case Resolution.Unresolved(List<Notice> unresolved) -> {
                return new Stopped(new Outcome.Rejected(unresolved));
            }
            case Resolution.Resolved(Facts known, List<Notice> floatingIpProblems) -> {
                Facts facts = resolved.classIsUnclear()
                        ? known.withMemberSubnetId(seen.observed().memberSubnetId())
                        : known;
                Built built = new LoadBalancerBuild(usable, admission.members(), settings, facts, ownership).build();
                List<Notice> problems = Stream.of(admission.problems(), floatingIpProblems, built.problems())
                        .flatMap(List::stream)
                        .toList();
                if (seen.observed().tree() == null && !problems.isEmpty()) {
                    return new Stopped(new Outcome.Rejected(problems));
                }
                boolean floatingIpHeld =
                        !addressIsClear || resolved.floatingSubnetIsUnclear() || !floatingIpProblems.isEmpty();
                return prepared(new Prepared(
                        usable,
                        ownership,
                        settings,
                        resolved.hostnameIsUnclear(),
                        floatingIpHeld ? built.desired().holdingFloatingIp() : built.desired(),
                        problems,
                        concat(admission.warnings(), built.notices()),
                        seen.observed(),
                        seen.changed()));
            }
        }
    }

    /** What the load balancer was called before the cluster was renamed is known from what is there. */
    private Ownership proven(Service service, Observed observed) {
        Ownership ownership = Ownership.of(cluster, service);
        LoadBalancerTree tree = observed.tree();
        return tree == null
                ? ownership
                : ownership.onceServedBy(service, tree.loadBalancer(), tree.listeners(), observed.floatingIps());
    }

    private static Preparation prepared(Prepared pass) {
        List<Notice> conflicts = SharingRules.conflicts(
                pass.ownership(),
                pass.desired(),
                pass.observed(),
                pass.settings().internal(),
                pass.settings().maxSharedLb());
        return conflicts.isEmpty()
                ? new Ready(pass.withNotices(concat(renaming(pass), kept(pass))))
                : new Stopped(new Outcome.Rejected(conflicts));
    }

    private static List<Notice> renaming(Prepared pass) {
        LoadBalancerTree tree = pass.observed().tree();
        return tree == null ? List.of() : Renaming.notices(pass.ownership(), tree.loadBalancer());
    }

    /** What is asked for too late. */
    private static List<Notice> kept(Prepared pass) {
        return concat(
                RequestedAddress.notices(pass.desired(), pass.observed()),
                CreationSettings.notices(
                        pass.ownership(),
                        ServiceOptions.parse(pass.service()).options(),
                        pass.settings(),
                        pass.observed()));
    }

    private Outcome carryOut(Prepared pass) {
        Refusals refusals = inFlight.refusals(pass.service().uid());
        Progress progress = execution.run(
                pass.service(),
                pass.observed(),
                state -> pass.plan(state, refusals),
                pass.desired().floatingIpAfterActive(),
                (plan, step, refusal) -> setAside(pass, refusals, plan.port(step), step, refusal));
        Outcome outcome = pass.outcome(progress, refusals);
        if (!(outcome instanceof Outcome.Waiting)) {
            sight.forget(pass.service());
        }
        return outcome;
    }

    private boolean setAside(
            Prepared pass, Refusals refusals, @Nullable ListenerKey port, Step step, CloudException refusal) {
        if (port == null || !concernsOnePort(pass, refusal)) {
            return false;
        }
        refusals.add(port, pass.desired().listener(port), step, refusal.fault());
        return true;
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
        execution.run(
                service,
                new Observed(new LoadBalancerTree(stillBorn, List.of(), List.of()), List.of()),
                state -> state.tree() != null && state.tree().loadBalancer().error()
                        ? removal(stillBorn)
                        : new Plan(List.of()),
                false,
                Aside.NEVER);
        String message = "the load balancer " + STILL_BORN;
        return new Outcome.Failed(message, new IllegalStateException(message));
    }

    private static Plan removal(LoadBalancer loadBalancer) {
        return new Plan(List.of(new Step.DeleteLoadBalancer(loadBalancer, true, "it " + STILL_BORN)));
    }

    @Override
    public Outcome release(Service service) {
        Ownership ownership = Ownership.of(cluster, service);
        ServiceOptions options = ServiceOptions.parse(service).options();
        try {
            return release.of(service, ownership, options);
        } catch (CloudException e) {
            Outcome outcome = failed(service, ownership, "", e);
            return outcome instanceof Outcome.Waiting waiting
                    ? new Outcome.Waiting(null, waiting.reason(), List.of())
                    : outcome;
        }
    }

    private static List<Notice> concat(List<Notice> first, List<Notice> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    /** A refused creation is the user's to mend: most often an id that stands for nothing. */
    private Outcome failed(Service service, Ownership ownership, String namedIds, CloudException e) {
        Fault fault = e.fault();
        LOG.warn("{}: {}", service.key(), fault);
        return switch (fault.kind()) {
            case BAD_REQUEST -> refused(fault, namedIds);
            case NOT_FOUND -> fault.request().startsWith("POST") ? refused(fault, namedIds) : failed(e);
            case CONFLICT -> conflict(service, ownership, e);
            case UNREACHABLE,
                    NO_ANSWER,
                    UNAUTHENTICATED,
                    FORBIDDEN,
                    TOO_MANY_REQUESTS,
                    SERVER_ERROR,
                    MALFORMED,
                    CIRCUIT_OPEN,
                    NO_ENDPOINT -> failed(e);
        };
    }

    private static Outcome failed(CloudException e) {
        return new Outcome.Failed(e.fault().toString(), e);
    }

    private static Outcome refused(Fault fault, String namedIds) {
        String remedy = namedIds.isEmpty() ? "" : ": check " + namedIds;
        return new Outcome.Rejected(List.of(new Notice(EventReasons.SYNC_FAILED, fault + remedy)));
    }

    /** Decided by the load balancer's status, not by the words of the answer. */
    private Outcome conflict(Service service, Ownership ownership, CloudException conflict) {
        try {
            LoadBalancer pending = sight.pendingAfterConflict(service, ownership);
            return pending == null ? failed(conflict) : sight.waiting(service, pending);
        } catch (CloudException e) {
            return failed(conflict);
        }
    }
}
