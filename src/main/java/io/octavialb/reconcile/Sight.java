package io.octavialb.reconcile;

import io.octavialb.build.EventReasons;
import io.octavialb.model.Notice;
import io.octavialb.model.Outcome;
import io.octavialb.model.Ownership;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.model.observed.LoadBalancerTree;
import io.octavialb.model.observed.Observed;
import io.octavialb.openstack.CloudException;
import io.octavialb.reconcile.Sighting.Seen;
import io.octavialb.reconcile.Sighting.Unusable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pass starts from: the answers of the pass before, as long as they hold, else what the cloud is read to be.
 *
 * <p>The answers hold while the load balancer is PENDING from our own change, and once the watch has seen it ACTIVE
 * after it. In ERROR, or gone, it has to be read anew.
 */
final class Sight {
    private final LoadBalancerSearch search;
    private final Observation observation;
    private final LoadBalancerWatch watch;
    private final InFlight inFlight;

    Sight(LoadBalancerSearch search, Observation observation, LoadBalancerWatch watch, InFlight inFlight) {
        this.search = search;
        this.observation = observation;
        this.watch = watch;
        this.inFlight = inFlight;
    }

    Sighting of(Service service, Ownership ownership) {
        Observed known = continued(service);
        if (known != null) {
            return new Seen(known, true);
        }
        return switch (search.search(service, ownership)) {
            case Finding.None _ -> new Seen(Observed.NOTHING, false);
            case Finding.Found(LoadBalancer found) when found.pending() -> new Unusable(waiting(service, found));
            case Finding.Found(LoadBalancer found) when found.error() -> new Unusable(inError(found));
            case Finding.Found(LoadBalancer found) -> new Seen(observation.read(ownership, found), false);
            case Finding.AnotherClusters(LoadBalancer found) -> new Unusable(refused(found));
            case Finding.Several(List<LoadBalancer> found) -> new Unusable(several(ownership, found));
        };
    }

    /** The same for a Service that is being released: an ERROR is no obstacle, and another cluster's is left alone. */
    Sighting ofReleased(Service service, Ownership ownership) {
        Observed known = continued(service);
        if (known != null) {
            return new Seen(known, true);
        }
        return switch (search.search(service, ownership)) {
            case Finding.None _, Finding.AnotherClusters _ -> new Seen(Observed.NOTHING, false);
            case Finding.Found(LoadBalancer found)
            when found.pending() ->
                new Unusable(new Outcome.Waiting(null, waiting(service, found).reason(), List.of()));
            case Finding.Found(LoadBalancer found) -> new Seen(observation.read(ownership, found), false);
            case Finding.Several(List<LoadBalancer> found) -> new Unusable(several(ownership, found));
        };
    }

    /** Whether a conflict was only a load balancer that someone else left PENDING, told by its status. */
    Outcome afterConflict(Service service, Ownership ownership, CloudException conflict) {
        try {
            return search.search(service, ownership) instanceof Finding.Found(LoadBalancer found) && found.pending()
                    ? waiting(service, found)
                    : new Outcome.Failed(conflict.fault().toString(), conflict);
        } catch (CloudException e) {
            return new Outcome.Failed(conflict.fault().toString(), conflict);
        }
    }

    /** What the passes before left, if the load balancer's status bears it out; null when it has to be read. */
    private @Nullable Observed continued(Service service) {
        Observed known = inFlight.get(service.uid());
        LoadBalancerTree tree = known == null ? null : known.tree();
        if (known == null || tree == null) {
            return null;
        }
        String settled = watch.settled(tree.loadBalancer().id(), service.key());
        if (settled == null) {
            return known;
        }
        if (settled.equals("ACTIVE") && tree.loadBalancer().vipAddress() != null) {
            return new Observed(tree.with(tree.loadBalancer().withProvisioningStatus(settled)), known.floatingIps());
        }
        inFlight.remove(service.uid());
        watch.forget(tree.loadBalancer().id(), service.key());
        return null;
    }

    private Outcome.Waiting waiting(Service service, LoadBalancer found) {
        watch.await(found.id(), service.key());
        return new Outcome.Waiting(
                new Outcome.Identity(found.id(), null),
                "load balancer " + found.id() + " is " + found.provisioningStatus(),
                List.of());
    }

    private static Outcome inError(LoadBalancer found) {
        String message =
                "load balancer " + found.id() + " is in provisioning_status ERROR and is left as it is: have the "
                        + "cloud's operator look, or run: openstack loadbalancer failover " + found.id();
        return new Outcome.Failed(message, new IllegalStateException(message));
    }

    private static Outcome refused(LoadBalancer found) {
        return new Outcome.Rejected(
                List.of(
                        new Notice(
                                EventReasons.SYNC_FAILED,
                                LoadBalancerSearch.LOAD_BALANCER_ID + ": \"" + found.id()
                                        + "\": this load balancer belongs to another cluster: remove the annotation, or name another")));
    }

    private static Outcome several(Ownership ownership, List<LoadBalancer> found) {
        return new Outcome.Rejected(List.of(new Notice(
                EventReasons.SYNC_FAILED,
                found.size() + " load balancers are named " + ownership.loadBalancerName() + ": "
                        + found.stream().map(LoadBalancer::id).toList() + ": name the right one with the annotation "
                        + LoadBalancerSearch.LOAD_BALANCER_ID)));
    }
}
