package io.octavialb.plan;

import io.octavialb.build.EventReasons;
import io.octavialb.model.ListenerKey;
import io.octavialb.model.Notice;
import io.octavialb.model.Ownership;
import io.octavialb.model.desired.Desired;
import io.octavialb.model.desired.DesiredListener;
import io.octavialb.model.observed.Listener;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.model.observed.LoadBalancerTree;
import io.octavialb.model.observed.Observed;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Whether a Service may be on a load balancer that others use: the reference's rules.
 *
 * <p>They bind a Service that joins, not the one that the load balancer was made for: at most {@code max-shared-lb}
 * Services share one; an internal Service shares none, for the others may expose the VIP; and a port is had by one.
 */
public final class SharingRules {
    private SharingRules() {}

    /** Why the Service can't have what is desired on the load balancer it is on; empty when it can. */
    public static List<Notice> conflicts(
            Ownership ownership, Desired desired, Observed observed, boolean internal, int maxSharedLb) {
        LoadBalancerTree tree = observed.tree();
        if (tree == null) {
            return List.of();
        }
        List<Notice> conflicts = new ArrayList<>();
        LoadBalancer loadBalancer = tree.loadBalancer();
        Set<String> others = ownership.others(tree);
        boolean joins = !ownership.createdForService(loadBalancer) && !others.isEmpty();
        if (joins && internal) {
            conflicts.add(named(
                    loadBalancer,
                    "an internal Service does not share a load balancer, and this one serves " + others
                            + " too: make the Service external, or remove the annotation"));
        }
        if (joins && !ownership.attached(tree) && others.size() >= maxSharedLb) {
            conflicts.add(named(
                    loadBalancer,
                    "max-shared-lb in [LoadBalancer] is " + maxSharedLb + ", and this load balancer serves " + others
                            + " already: name another, remove the annotation, or raise max-shared-lb"));
        }
        if (!ownership.tellsItsOwn(loadBalancer, desired.loadBalancer().tags() != null)) {
            conflicts.add(named(
                    loadBalancer,
                    "this Service's listeners could not be told from others' there, for "
                            + (ownership.nameIsCut()
                                    ? "the name " + ownership.loadBalancerName() + " is cut off for length"
                                    : "this Octavia knows no tags (API 2.5)")
                            + ": remove the annotation"));
        }
        for (DesiredListener wanted : desired.loadBalancer().listeners()) {
            tree.listeners().stream()
                    .filter(listener ->
                            listener.key().equals(wanted.key()) && !ownership.mayTake(listener, loadBalancer))
                    .forEach(listener -> conflicts.add(taken(ownership, wanted.key(), listener, loadBalancer)));
        }
        return conflicts;
    }

    private static Notice named(LoadBalancer loadBalancer, String why) {
        return new Notice(
                EventReasons.SYNC_FAILED,
                "loadbalancer.openstack.org/load-balancer-id: \"" + loadBalancer.id() + "\": " + why);
    }

    private static Notice taken(Ownership ownership, ListenerKey port, Listener listener, LoadBalancer loadBalancer) {
        String other = ownership.other(listener, loadBalancer).orElse(null);
        return new Notice(
                EventReasons.SYNC_FAILED,
                "spec.ports port " + port + ": load balancer " + loadBalancer.id() + " has a listener there that is "
                        + (other == null ? "not this Service's" : "of " + other)
                        + ": choose another port, delete that listener, or remove the annotation "
                        + "loadbalancer.openstack.org/load-balancer-id"
                        + (other == null ? "" : afterRenaming(ownership, other, loadBalancer)));
    }

    /** What the reference made before the cluster was renamed has no mark that tells it from another cluster's. */
    private static String afterRenaming(Ownership ownership, String other, LoadBalancer loadBalancer) {
        return ownership.namesService(other) && ownership.namesService(loadBalancer.name())
                ? "; if it was made by this cluster under a former name, say so with: openstack loadbalancer set --tag "
                        + ownership.cluster().mark() + " " + loadBalancer.id()
                : "";
    }
}
