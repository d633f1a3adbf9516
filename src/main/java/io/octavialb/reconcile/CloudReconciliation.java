package io.octavialb.reconcile;

import io.octavialb.build.Admission;
import io.octavialb.build.Built;
import io.octavialb.build.EventReasons;
import io.octavialb.build.IngressStatus;
import io.octavialb.build.LoadBalancerBuild;
import io.octavialb.build.NamedIds;
import io.octavialb.config.CloudConfig;
import io.octavialb.config.LoadBalancerSettings;
import io.octavialb.config.ServiceOptions;
import io.octavialb.model.ClusterIdentity;
import io.octavialb.model.Notice;
import io.octavialb.model.Outcome;
import io.octavialb.model.Ownership;
import io.octavialb.model.desired.Desired;
import io.octavialb.model.kubernetes.IpFamily;
import io.octavialb.model.kubernetes.Node;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.observed.FloatingIp;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.model.observed.LoadBalancerTree;
import io.octavialb.model.observed.Observed;
import io.octavialb.openstack.CloudException;
import io.octavialb.openstack.CloudException.Fault;
import io.octavialb.openstack.Neutron;
import io.octavialb.openstack.Octavia;
import io.octavialb.plan.CreationSettings;
import io.octavialb.plan.Plan;
import io.octavialb.plan.Planner;
import io.octavialb.plan.RequestedAddress;
import io.octavialb.plan.SharingRules;
import io.octavialb.plan.Step;
import io.octavialb.reconcile.PlanExecution.Progress;
import io.octavialb.reconcile.Sighting.Seen;
import io.octavialb.reconcile.Sighting.StillBorn;
import io.octavialb.reconcile.Sighting.Unusable;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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
        InFlight inFlight = new InFlight();
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
                case Prepared prepared -> carryOut(prepared);
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
                case Prepared prepared -> new Preview.Plans(prepared.plan(prepared.observed()), prepared.notices());
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

    private record Prepared(
            Service service,
            Ownership ownership,
            LoadBalancerSettings settings,
            Desired desired,
            List<Notice> notices,
            Observed observed,
            boolean changed)
            implements Preparation {
        Plan plan(Observed state) {
            return Planner.ensure(ownership, desired, state);
        }
    }

    private Preparation prepare(Service service, LoadBalancerSettings.Resolved resolved, List<Node> nodes) {
        LoadBalancerSettings settings = resolved.settings();
        Admission admission = Admission.of(service, resolved, nodes);
        if (!admission.problems().isEmpty()) {
            return new Stopped(new Outcome.Rejected(admission.problems()));
        }
        List<Node> members = admission.members();
        Ownership ownership = Ownership.of(cluster, service);
        return switch (sight.of(service, ownership)) {
            case Unusable(Outcome outcome) -> new Stopped(outcome);
            case StillBorn(LoadBalancer loadBalancer) -> new Remake(loadBalancer);
            case Seen(Observed observed, boolean changed) ->
                switch (facts.resolve(service, ownership, members, settings, observed)) {
                    case Resolution.Unresolved(List<Notice> unresolved) ->
                        new Stopped(new Outcome.Rejected(unresolved));
                    case Resolution.Resolved(var known) ->
                        switch (new LoadBalancerBuild(service, members, settings, known, ownership).build()) {
                            case Built.Refused(List<Notice> refused) -> new Stopped(new Outcome.Rejected(refused));
                            case Built.Ready(Desired desired, List<Notice> notices) ->
                                prepared(
                                        service,
                                        ownership,
                                        settings,
                                        desired,
                                        concat(admission.warnings(), notices),
                                        new Seen(observed, changed));
                        };
                };
        };
    }

    private static Preparation prepared(
            Service service,
            Ownership ownership,
            LoadBalancerSettings settings,
            Desired desired,
            List<Notice> notices,
            Seen seen) {
        List<Notice> conflicts = SharingRules.conflicts(
                ownership, desired, seen.observed(), settings.internal(), settings.maxSharedLb());
        return conflicts.isEmpty()
                ? new Prepared(
                        service,
                        ownership,
                        settings,
                        desired,
                        concat(notices, kept(service, ownership, settings, desired, seen.observed())),
                        seen.observed(),
                        seen.changed())
                : new Stopped(new Outcome.Rejected(conflicts));
    }

    /** What is asked for too late. */
    private static List<Notice> kept(
            Service service, Ownership ownership, LoadBalancerSettings settings, Desired desired, Observed observed) {
        return concat(
                RequestedAddress.notices(desired, observed),
                CreationSettings.notices(
                        ownership, ServiceOptions.parse(service).options(), settings, observed));
    }

    private Outcome carryOut(Prepared prepared) {
        Progress progress = execution.run(
                prepared.service(),
                prepared.observed(),
                prepared::plan,
                prepared.desired().floatingIpAfterActive());
        return outcome(prepared, progress);
    }

    private Outcome outcome(Prepared prepared, Progress progress) {
        Observed observed = progress.observed();
        List<Notice> notices = prepared.notices();
        boolean changed = prepared.changed() || !observed.equals(prepared.observed());
        if (observed.tree() == null) {
            throw new IllegalStateException("a load balancer is neither there nor planned");
        }
        LoadBalancer loadBalancer = observed.tree().loadBalancer();
        boolean floatingIpToCome =
                progress.left().steps().stream().anyMatch(step -> step instanceof Step.FloatingIpStep);
        List<String> addresses = addresses(prepared.service(), observed);
        Outcome.Identity identity = new Outcome.Identity(
                loadBalancer.id(),
                floatingIpToCome ? null : addresses.stream().findFirst().orElse(null));
        if (!progress.left().isEmpty() || !loadBalancer.active() || identity.address() == null) {
            return new Outcome.Waiting(
                    identity,
                    "load balancer " + loadBalancer.id() + " is " + loadBalancer.provisioningStatus(),
                    notices);
        }
        sight.forget(prepared.service());
        return new Outcome.Converged(identity, IngressStatus.of(prepared.settings(), addresses), changed, notices);
    }

    /**
     * Where the Service is reached: the VIP's addresses, the IPv4 one behind its floating IP. One of a family that the
     * Service no longer asks for is open to nobody.
     */
    private static List<String> addresses(Service service, Observed observed) {
        if (observed.tree() == null) {
            return List.of();
        }
        Optional<String> floatingIp =
                observed.attached().stream().map(FloatingIp::floatingIpAddress).findFirst();
        List<String> vips = observed.tree().loadBalancer().vipAddresses();
        List<String> asked = vips.stream()
                .filter(vip -> service.ipFamilies().contains(IpFamily.of(vip)))
                .toList();
        return (asked.isEmpty() ? vips : asked)
                .stream()
                        .map(vip -> IpFamily.of(vip) == IpFamily.IPv4 ? floatingIp.orElse(vip) : vip)
                        .toList();
    }

    private Outcome remake(Service service, LoadBalancer stillBorn) {
        execution.run(
                service,
                new Observed(new LoadBalancerTree(stillBorn, List.of(), List.of()), List.of()),
                state -> state.tree() != null && state.tree().loadBalancer().error()
                        ? removal(stillBorn)
                        : new Plan(List.of()),
                false);
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
