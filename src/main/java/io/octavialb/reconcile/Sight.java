package io.octavialb.reconcile;

import io.octavialb.build.EventReasons;
import io.octavialb.config.ServiceOptions;
import io.octavialb.model.Notice;
import io.octavialb.model.Outcome;
import io.octavialb.model.Ownership;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.model.observed.LoadBalancerTree;
import io.octavialb.model.observed.Observed;
import io.octavialb.reconcile.Sighting.MadeTwice;
import io.octavialb.reconcile.Sighting.Seen;
import io.octavialb.reconcile.Sighting.StillBorn;
import io.octavialb.reconcile.Sighting.Unusable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pass starts from: the answers of the pass before, as long as they hold, else what the cloud is read to be.
 *
 * <p>The answers hold while the load balancer is PENDING from our own change, and once the watch has seen it ACTIVE
 * after it. In ERROR, or gone, it has to be read anew. What others change in that time is seen at the next look after
 * it, at the latest after the drift period.
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
        if (known != null && known.tree() != null && known.tree().loadBalancer().leaving()) {
            return new Unusable(waiting(service, ownership, known.tree().loadBalancer()));
        }
        if (known != null && !shared(ownership, known)) {
            return new Seen(known, true, List.of());
        }
        return read(service, ownership, known != null);
    }

    /** Others may have changed it since. */
    private static boolean shared(Ownership ownership, Observed known) {
        LoadBalancerTree tree = known.tree();
        return tree != null && (ownership.sharedWithOthers(tree) || !ownership.createdForService(tree.loadBalancer()));
    }

    /** @param changed whether the passes before changed something */
    private Sighting read(Service service, Ownership ownership, boolean changed) {
        return switch (search.search(service, ownership)) {
            case Finding.None(String gone) -> new Seen(Observed.NOTHING, changed, madeAnew(gone));
            case Finding.Found(LoadBalancer found, var _, String gone)
            when found.pending() -> {
                Outcome.Waiting waiting = waiting(service, ownership, found);
                yield new Unusable(
                        gone == null
                                ? waiting
                                : new Outcome.Waiting(waiting.identity(), waiting.reason(), madeAnew(gone)));
            }
            case Finding.Found(LoadBalancer found, var _, var _)
            when found.error() -> inError(service, ownership, found);
            case Finding.Found(LoadBalancer found, var twins, var _)
            when !twins.isEmpty() -> new MadeTwice(found, twins.getFirst());
            case Finding.Found(LoadBalancer found, var _, String gone) ->
                adoptable(service, ownership, found, changed, madeAnew(gone));
            case Finding.AnotherClusters(LoadBalancer found) ->
                new Unusable(refused(found.id(), "this load balancer belongs to another cluster"));
            case Finding.NotThere(String id, String why) -> new Unusable(refused(id, why));
            case Finding.NotReadable(String id) ->
                new Unusable(refused(id, "it can't be read: it belongs to another project, or is no id"));
            case Finding.Several(List<LoadBalancer> found) -> new Unusable(several(ownership, found));
        };
    }

    private Sighting adoptable(
            Service service, Ownership ownership, LoadBalancer found, boolean changed, List<Notice> notices) {
        Observed observed = observation.read(service, ownership, found);
        return Evidence.lacking(service, ownership, observed)
                ? new Unusable(refused(
                        found.id(),
                        "it has no mark, and the Service's status shows no address of it, so another cluster of the same "
                                + "name may have made it; if this one did, say so with: openstack loadbalancer set --tag "
                                + ownership.cluster().mark() + " " + found.id() + "; if not"))
                : new Seen(observed, changed, notices);
    }

    /** What the passes before left, if the load balancer's status bears it out; null when it has to be read. */
    @Nullable
    Observed continued(Service service) {
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
            return known.with(tree.with(tree.loadBalancer().withProvisioningStatus(settled)));
        }
        forget(service);
        return null;
    }

    /** Has the next pass read everything. */
    void forget(Service service) {
        Observed known = inFlight.get(service.uid());
        if (known != null && known.tree() != null) {
            watch.forget(known.tree().loadBalancer().id(), service.key());
        }
        inFlight.remove(service.uid());
    }

    /** The load balancer that a conflict was about, if it is PENDING and the conflict only that; else null. */
    @Nullable
    LoadBalancer pendingAfterConflict(Service service, Ownership ownership) {
        return search.search(service, ownership) instanceof Finding.Found(LoadBalancer found, var _, var _)
                        && found.pending()
                ? found
                : null;
    }

    /** Whether the load balancer is still there and takes changes, so that what was refused is only that. */
    boolean takesChanges(Service service, Ownership ownership) {
        return search.search(service, ownership) instanceof Finding.Found(LoadBalancer found, var _, var _)
                && found.active();
    }

    /** Whether the Service has no load balancer, as far as can be seen. */
    boolean findsNothing(Service service, Ownership ownership) {
        return search.search(service, ownership) instanceof Finding.None;
    }

    Outcome.Waiting waiting(Service service, Ownership ownership, LoadBalancer found) {
        return waiting(
                service,
                found,
                found.leaving() ? null : new Outcome.Identity(found.id(), ownership.createdForService(found), null));
    }

    /** Without the load balancer as the Service's. */
    Outcome.Waiting waiting(Service service, LoadBalancer found) {
        return waiting(service, found, null);
    }

    private Outcome.Waiting waiting(Service service, LoadBalancer found, Outcome.@Nullable Identity identity) {
        watch.awaitFound(found.id(), service.key());
        return new Outcome.Waiting(identity, "load balancer " + found.id() + " is " + found.provisioningStatus());
    }

    private Sighting inError(Service service, Ownership ownership, LoadBalancer found) {
        LoadBalancerTree tree = observation.readOutline(ownership, found).tree();
        if (tree != null && Evidence.neverActive(service, ownership, tree)) {
            return new StillBorn(found);
        }
        String message = "load balancer " + found.id()
                + " is in provisioning_status ERROR and, as it may have served, is left as it is: have the cloud's "
                + "operator look, or run: openstack loadbalancer failover " + found.id()
                + "; if it never came to be, have it made anew with: openstack loadbalancer delete --cascade "
                + found.id();
        return new Unusable(new Outcome.Failed(message, new IllegalStateException(message)));
    }

    private static List<Notice> madeAnew(@Nullable String gone) {
        return gone == null
                ? List.of()
                : List.of(new Notice(
                        EventReasons.GONE,
                        ServiceOptions.LOAD_BALANCER_ID_KEY + ": \"" + gone
                                + "\": that load balancer is gone: one of the Service's own is made anew"));
    }

    private static Outcome refused(String id, String why) {
        return new Outcome.Rejected(List.of(new Notice(
                EventReasons.SYNC_FAILED,
                ServiceOptions.LOAD_BALANCER_ID_KEY + ": \"" + id + "\": " + why
                        + ": remove the annotation, or name another")));
    }

    private static Outcome several(Ownership ownership, List<LoadBalancer> found) {
        return new Outcome.Rejected(List.of(new Notice(
                EventReasons.SYNC_FAILED,
                found.size() + " load balancers are named " + ownership.loadBalancerName() + ": "
                        + found.stream().map(LoadBalancer::id).toList() + ": name the right one with the annotation "
                        + ServiceOptions.LOAD_BALANCER_ID_KEY)));
    }
}
