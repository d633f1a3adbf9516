package io.octavialb.reconcile;

import io.octavialb.build.NamedIds;
import io.octavialb.config.CloudConfig;
import io.octavialb.config.LoadBalancerSettings;
import io.octavialb.config.ServiceOptions;
import io.octavialb.model.ClusterIdentity;
import io.octavialb.model.Outcome;
import io.octavialb.model.Ownership;
import io.octavialb.model.kubernetes.Node;
import io.octavialb.model.kubernetes.ObjectKey;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.model.observed.LoadBalancerTree;
import io.octavialb.openstack.CloudException;
import io.octavialb.openstack.Neutron;
import io.octavialb.openstack.Octavia;
import io.octavialb.plan.Plan;
import io.octavialb.reconcile.PlanExecution.Progress;
import io.octavialb.reconcile.Preparation.Ready;
import io.octavialb.reconcile.Preparation.Remake;
import io.octavialb.reconcile.Preparation.RemoveTwin;
import io.octavialb.reconcile.Preparation.Stopped;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The way of one Service through the cloud: settings, sight, facts, build, plan, execute, outcome.
 *
 * <p>A pass executes what can be executed at once. If that leaves the load balancer PENDING, the pass ends; when the
 * shared watch sees it ACTIVE, the next pass plans from the answers of this one and so needs no reads.
 */
public final class CloudReconciliation implements ServiceReconciliation {
    private final CloudConfig config;
    private final ClusterIdentity cluster;
    private final Sight sight;
    private final PassPreparation preparation;
    private final CloudFailure failure;
    private final PlanExecution execution;
    private final InFlight inFlight;
    private final SettingAside settingAside;
    private final Unserving unserving;
    private final Release release;
    private final LoadBalancerTurns turns = new LoadBalancerTurns();
    private final FormerLoadBalancers former;
    private final Move move;
    private final SharedChanges shared;

    /** One that tells nobody of changes that concern other Services. */
    public CloudReconciliation(
            CloudConfig config,
            ClusterIdentity cluster,
            Octavia octavia,
            Neutron neutron,
            LoadBalancerWatch watch,
            InstantSource clock) {
        this(config, cluster, octavia, neutron, watch, clock, (_, _) -> {});
    }

    /**
     * @param sharedChanged is told the id of a load balancer on which a Service has made room for others, or changed
     *     the address of all, and that Service
     */
    public CloudReconciliation(
            CloudConfig config,
            ClusterIdentity cluster,
            Octavia octavia,
            Neutron neutron,
            LoadBalancerWatch watch,
            InstantSource clock,
            BiConsumer<String, ObjectKey> sharedChanged) {
        this.config = config;
        this.cluster = cluster;
        LoadBalancerSearch search = new LoadBalancerSearch(octavia, neutron);
        Observation observation = new Observation(octavia, neutron);
        this.inFlight = new InFlight();
        this.shared = new SharedChanges(sharedChanged);
        CachedSearches searches = new CachedSearches(neutron, clock);
        SecurityGroupExecution securityGroups = new SecurityGroupExecution(neutron);
        NodeSecurity nodeSecurity = new NodeSecurity(
                config.loadBalancer().manageSecurityGroups(), neutron, securityGroups, searches, clock);
        this.sight = new Sight(search, observation, watch, inFlight);
        RefusedTrees refusedTrees = new RefusedTrees();
        this.settingAside = new SettingAside(sight, refusedTrees);
        this.preparation = new PassPreparation(
                cluster, new FactResolver(octavia, neutron, searches), nodeSecurity, sight, searches, refusedTrees);
        this.failure = new CloudFailure(sight);
        this.execution =
                new PlanExecution(new StepExecution(octavia, neutron, securityGroups), watch, inFlight, shared);
        this.unserving = new Unserving(execution);
        Leftovers leftovers = new Leftovers(neutron);
        this.release = new Release(
                search,
                turns,
                observation,
                sight,
                execution,
                leftovers,
                nodeSecurity,
                config.loadBalancer().cascadeDelete());
        this.former = new FormerLoadBalancers(search, release, leftovers);
        this.move = new Move(former, sight, inFlight);
    }

    @Override
    public Outcome ensure(Service service, List<Node> nodes) {
        LoadBalancerSettings.Resolved resolved = LoadBalancerSettings.resolve(config, ServiceOptions.parse(service));
        Outcome outcome;
        try {
            Ensured ensured = turns.inTurn(service, () -> ensured(service, resolved, nodes));
            Prepared moved = ensured.moved();
            outcome = moved == null ? ensured.outcome() : move.whenLeft(moved, ensured.outcome());
        } catch (CloudException e) {
            outcome = failure.outcome(
                    service, Ownership.of(cluster, service), NamedIds.of(service, resolved.settings()), e);
        }
        if (outcome instanceof Outcome.Rejected || outcome instanceof Outcome.Failed) {
            sight.forget(service);
        }
        return told(service, outcome);
    }

    /** The outcome, with others woken whom it may concern. */
    private Outcome told(Service service, Outcome outcome) {
        if (!(outcome instanceof Outcome.Waiting)) {
            shared.tell(service);
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
            case Remake(LoadBalancer stillBorn) -> new Ensured(unserving.remake(service, stillBorn));
            case RemoveTwin(LoadBalancer kept, LoadBalancer twin) ->
                new Ensured(unserving.removeTwin(service, kept, twin));
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
                case Remake(LoadBalancer stillBorn) -> new Preview.Plans(Unserving.stillBorn(stillBorn), List.of());
                case RemoveTwin(var _, LoadBalancer twin) -> new Preview.Plans(Unserving.twin(twin), List.of());
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
        return tree == null || !former.mayExist(pass.service(), pass.ownership(), pass.observed())
                ? plan
                : plan.and(former.leaving(
                        pass.service(), pass.ownership(), tree.loadBalancer().id()));
    }

    /** What {@link #remove} would do now and in the passes after it, without doing it. */
    public Preview previewRemoval(Orphan orphan) {
        if (!orphan.onlyGroup()) {
            return previewRelease(orphan.standIn());
        }
        try {
            return release.previewOfGroup(Ownership.of(cluster, orphan.standIn()));
        } catch (CloudException e) {
            return new Preview.Stops(CloudFailure.again(e));
        }
    }

    /** Brings the cloud one pass closer to being without the orphan. */
    public Outcome remove(Orphan orphan) {
        if (!orphan.onlyGroup()) {
            return release(orphan.standIn());
        }
        try {
            return release.ofGroup(Ownership.of(cluster, orphan.standIn()));
        } catch (CloudException e) {
            return CloudFailure.again(e);
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
                (plan, step, refusal) -> settingAside.goesOn(pass, refusals, plan.port(step), step, refusal));
        settingAside.forget(pass.service());
        Outcome outcome = pass.outcome(progress, refusals);
        if (!former.mayExist(pass.service(), pass.ownership(), pass.observed())) {
            forgetUnlessWaiting(pass.service(), outcome);
            return new Ensured(outcome);
        }
        return switch (outcome) {
            case Outcome.Waiting waiting -> new Ensured(Move.unpublished(waiting));
            case Outcome.Converged _, Outcome.Partial _ -> new Ensured(outcome, pass);
            case Outcome.Released _, Outcome.Rejected _, Outcome.Failed _ -> new Ensured(outcome);
        };
    }

    private void forgetUnlessWaiting(Service service, Outcome outcome) {
        if (!(outcome instanceof Outcome.Waiting)) {
            sight.forget(service);
        }
    }

    @Override
    public Outcome release(Service service) {
        Ownership ownership = Ownership.of(cluster, service);
        ServiceOptions options = ServiceOptions.parse(service).options();
        settingAside.forget(service);
        former.forget(service);
        try {
            return told(service, release.of(service, ownership, options));
        } catch (CloudException e) {
            return told(service, failure.ofRelease(service, ownership, e));
        }
    }
}
