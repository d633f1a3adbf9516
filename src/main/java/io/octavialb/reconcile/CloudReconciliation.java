package io.octavialb.reconcile;

import io.octavialb.build.Built;
import io.octavialb.build.EligibleNodes;
import io.octavialb.build.EventReasons;
import io.octavialb.build.IngressStatus;
import io.octavialb.build.LoadBalancerBuild;
import io.octavialb.build.NodeAddresses;
import io.octavialb.config.AnnotationProblem;
import io.octavialb.config.CloudConfig;
import io.octavialb.config.LoadBalancerSettings;
import io.octavialb.config.NodeSelector;
import io.octavialb.config.ServiceOptions;
import io.octavialb.model.ClusterIdentity;
import io.octavialb.model.Notice;
import io.octavialb.model.Outcome;
import io.octavialb.model.Ownership;
import io.octavialb.model.desired.Desired;
import io.octavialb.model.desired.DesiredListener;
import io.octavialb.model.kubernetes.IpFamily;
import io.octavialb.model.kubernetes.Node;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.model.observed.Observed;
import io.octavialb.openstack.CloudException;
import io.octavialb.openstack.CloudException.Fault;
import io.octavialb.openstack.Neutron;
import io.octavialb.openstack.Octavia;
import io.octavialb.plan.Plan;
import io.octavialb.plan.Planner;
import io.octavialb.plan.ReleasePlanner;
import io.octavialb.reconcile.PlanExecution.Progress;
import io.octavialb.reconcile.Sighting.Seen;
import io.octavialb.reconcile.Sighting.Unusable;
import java.time.InstantSource;
import java.util.ArrayList;
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

    private final CloudConfig config;
    private final ClusterIdentity cluster;
    private final LoadBalancerWatch watch;
    private final InFlight inFlight = new InFlight();
    private final FactResolver facts;
    private final Sight sight;
    private final PlanExecution execution;
    private final Leftovers leftovers;

    public CloudReconciliation(
            CloudConfig config,
            ClusterIdentity cluster,
            Octavia octavia,
            Neutron neutron,
            LoadBalancerWatch watch,
            InstantSource clock) {
        this.config = config;
        this.cluster = cluster;
        this.watch = watch;
        this.facts = new FactResolver(octavia, neutron, new CachedSearches(neutron, clock));
        this.sight =
                new Sight(new LoadBalancerSearch(octavia, neutron), new Observation(octavia, neutron), watch, inFlight);
        this.execution = new PlanExecution(new StepExecution(octavia, neutron), watch, inFlight);
        this.leftovers = new Leftovers(neutron);
    }

    @Override
    public Outcome ensure(Service service, List<Node> nodes) {
        try {
            return switch (prepare(service, nodes)) {
                case Stopped(Outcome outcome) -> outcome;
                case Prepared prepared -> carryOut(prepared);
            };
        } catch (CloudException e) {
            return failed(service, Ownership.of(cluster, service), e);
        }
    }

    /** What {@link #ensure} would do now, without doing it. */
    public Preview preview(Service service, List<Node> nodes) {
        try {
            return switch (prepare(service, nodes)) {
                case Stopped(Outcome outcome) -> new Preview.Stops(outcome);
                case Prepared prepared -> new Preview.Plans(prepared.plan(prepared.observed()), prepared.notices());
            };
        } catch (CloudException e) {
            return new Preview.Stops(new Outcome.Failed(e.fault().toString(), e));
        }
    }

    /** A pass up to the point where the cloud would be changed. */
    private sealed interface Preparation {}

    private record Stopped(Outcome outcome) implements Preparation {}

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

    private Preparation prepare(Service service, List<Node> nodes) {
        LoadBalancerSettings.Resolved resolved =
                LoadBalancerSettings.resolve(config, ServiceOptions.parse(service.annotations()));
        LoadBalancerSettings settings = resolved.settings();
        List<Node> members = EligibleNodes.of(nodes).stream()
                .filter(node -> settings.nodeSelector().matches(node.labels()))
                .toList();
        List<Notice> problems = problems(resolved.problems(), members, settings, service.primaryFamily());
        if (!problems.isEmpty()) {
            return new Stopped(new Outcome.Rejected(problems));
        }
        Ownership ownership = Ownership.of(cluster, service);
        return switch (sight.of(service, ownership)) {
            case Unusable(Outcome outcome) -> new Stopped(outcome);
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
                                        concat(warnings(resolved.problems()), notices),
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
        List<DesiredListener> taken = Planner.taken(ownership, desired, seen.observed());
        return taken.isEmpty()
                ? new Prepared(service, ownership, settings, desired, notices, seen.observed(), seen.changed())
                : new Stopped(new Outcome.Rejected(
                        taken.stream().map(CloudReconciliation::taken).toList()));
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
        Outcome.Identity identity = new Outcome.Identity(loadBalancer.id(), address(observed));
        if (!progress.left().isEmpty() || !loadBalancer.active() || identity.address() == null) {
            return new Outcome.Waiting(
                    identity,
                    "load balancer " + loadBalancer.id() + " is " + loadBalancer.provisioningStatus(),
                    notices);
        }
        inFlight.remove(prepared.service().uid());
        watch.forget(loadBalancer.id(), prepared.service().key());
        return new Outcome.Converged(
                identity, IngressStatus.of(prepared.settings(), identity.address()), changed, notices);
    }

    private static @Nullable String address(Observed observed) {
        if (!observed.floatingIps().isEmpty()) {
            return observed.floatingIps().getFirst().floatingIpAddress();
        }
        return observed.tree() == null ? null : observed.tree().loadBalancer().vipAddress();
    }

    @Override
    public Outcome release(Service service) {
        Ownership ownership = Ownership.of(cluster, service);
        boolean keep = ServiceOptions.parse(service.annotations()).options().keepFloatingIp();
        try {
            return switch (sight.ofReleased(service, ownership)) {
                case Unusable(Outcome outcome) -> outcome;
                case Seen(Observed observed, boolean _) -> {
                    Progress progress = execution.run(
                            service,
                            observed,
                            state -> ReleasePlanner.release(
                                    ownership,
                                    state,
                                    keep,
                                    config.loadBalancer().cascadeDelete()),
                            false);
                    yield released(service, ownership, keep, progress);
                }
            };
        } catch (CloudException e) {
            return failed(service, ownership, e);
        }
    }

    private Outcome released(Service service, Ownership ownership, boolean keep, Progress progress) {
        Observed observed = progress.observed();
        boolean waits = observed.tree() != null
                && (!progress.left().isEmpty() || observed.tree().loadBalancer().pending());
        if (waits && observed.tree() != null) {
            LoadBalancer loadBalancer = observed.tree().loadBalancer();
            return new Outcome.Waiting(
                    null, "load balancer " + loadBalancer.id() + " is " + loadBalancer.provisioningStatus(), List.of());
        }
        leftovers.remove(service, ownership, keep);
        inFlight.remove(service.uid());
        return new Outcome.Released();
    }

    private static List<Notice> problems(
            List<AnnotationProblem> annotations, List<Node> members, LoadBalancerSettings settings, IpFamily family) {
        List<Notice> problems = new ArrayList<>(annotations.stream()
                .filter(problem -> problem.severity() == AnnotationProblem.Severity.ERROR)
                .map(problem -> new Notice(EventReasons.SYNC_FAILED, problem.message()))
                .toList());
        if (members.isEmpty()) {
            problems.add(new Notice(
                    EventReasons.NO_NODES,
                    "There are no available nodes for LoadBalancer: " + noMember(settings.nodeSelector())
                            + "; the members stay as they are until then"));
        } else if (members.stream()
                .noneMatch(node -> NodeAddresses.of(node, family).isPresent())) {
            problems.add(new Notice(
                    EventReasons.NO_NODES,
                    "There are no available nodes for LoadBalancer: none has an InternalIP or ExternalIP of the family "
                            + family + ", the first of spec.ipFamilies: give the nodes such addresses, or change it"));
        }
        return problems;
    }

    private static String noMember(NodeSelector selector) {
        return selector.required().isEmpty()
                ? "every node is being deleted or is excluded: add nodes, or remove the label " + EligibleNodes.EXCLUDE
                : ServiceOptions.NODE_SELECTOR_KEY + ": \"" + selector
                        + "\" matches no eligible node: label nodes so, or change it";
    }

    private static List<Notice> warnings(List<AnnotationProblem> annotations) {
        return annotations.stream()
                .filter(problem -> problem.severity() == AnnotationProblem.Severity.WARNING)
                .map(problem -> new Notice(EventReasons.ANNOTATION_IGNORED, problem.message()))
                .toList();
    }

    private static List<Notice> concat(List<Notice> first, List<Notice> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private static Notice taken(DesiredListener listener) {
        return new Notice(
                EventReasons.SYNC_FAILED,
                "spec.ports port " + listener.key()
                        + ": the load balancer has a listener there that is not this Service's: "
                        + "choose another port, delete that listener, or remove the annotation "
                        + LoadBalancerSearch.LOAD_BALANCER_ID);
    }

    private Outcome failed(Service service, Ownership ownership, CloudException e) {
        Fault fault = e.fault();
        LOG.warn("{}: {}", service.key(), fault);
        return switch (fault.kind()) {
            case BAD_REQUEST -> new Outcome.Rejected(List.of(new Notice(EventReasons.SYNC_FAILED, fault.toString())));
            case CONFLICT -> sight.afterConflict(service, ownership, e);
            case UNREACHABLE,
                    NO_ANSWER,
                    UNAUTHENTICATED,
                    FORBIDDEN,
                    NOT_FOUND,
                    TOO_MANY_REQUESTS,
                    SERVER_ERROR,
                    MALFORMED,
                    CIRCUIT_OPEN,
                    NO_ENDPOINT -> new Outcome.Failed(fault.toString(), e);
        };
    }
}
