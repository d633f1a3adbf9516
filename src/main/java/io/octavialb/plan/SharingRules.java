package io.octavialb.plan;

import io.octavialb.build.EventReasons;
import io.octavialb.model.Hold;
import io.octavialb.model.ListenerKey;
import io.octavialb.model.Notice;
import io.octavialb.model.Ownership;
import io.octavialb.model.desired.Desired;
import io.octavialb.model.desired.DesiredListener;
import io.octavialb.model.observed.FloatingIp;
import io.octavialb.model.observed.Listener;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.model.observed.LoadBalancerTree;
import io.octavialb.model.observed.Observed;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Whether a Service may be on a load balancer that others use: the reference's rules.
 *
 * <p>They bind a Service that joins, not the one that the load balancer was made for: at most {@code max-shared-lb}
 * Services share one; an internal Service shares none, for the others may expose the VIP; and a port is had by one.
 *
 * <p>A Service that is attached already is served there, so what it can't have is told, and the rest of it goes on. See
 * {@code docs/decisions/each-port-alone.md}.
 *
 * @param refused whether the Service may not be on the load balancer at all
 * @param problems why it can't have what is desired there; empty when it can
 * @param taken ports whose listener is not the Service's
 */
public record SharingRules(boolean refused, List<Notice> problems, Set<ListenerKey> taken) {
    private static final SharingRules ALONE = new SharingRules(false, List.of(), Set.of());

    public SharingRules {
        problems = List.copyOf(problems);
        taken = Set.copyOf(taken);
    }

    public static SharingRules of(
            Ownership ownership, Desired desired, Observed observed, boolean internal, int maxSharedLb) {
        LoadBalancerTree tree = observed.tree();
        if (tree == null) {
            return ALONE;
        }
        LoadBalancer loadBalancer = tree.loadBalancer();
        boolean attached = ownership.attached(tree);
        boolean toldApart =
                ownership.tellsItsOwn(loadBalancer, desired.loadBalancer().tags() != null);
        List<Notice> problems = new ArrayList<>();
        if (internal) {
            exposure(ownership, tree, observed.attached(), attached).ifPresent(problems::add);
        }
        Set<String> others = ownership.others(tree);
        boolean joins = !attached && !ownership.createdForService(loadBalancer) && !others.isEmpty();
        if (joins && others.size() >= maxSharedLb) {
            problems.add(named(
                    loadBalancer,
                    "max-shared-lb in [LoadBalancer] is " + maxSharedLb + ", and this load balancer serves " + others
                            + " already: name another, remove the annotation, or raise max-shared-lb"));
        }
        if (!toldApart) {
            problems.add(named(
                    loadBalancer,
                    "this Service's listeners could not be told from others' there, for "
                            + (ownership.nameIsCut()
                                    ? "the name " + ownership.loadBalancerName() + " is cut off for length"
                                    : "this Octavia knows no tags (API 2.5)")
                            + ": remove the annotation"));
        }
        Set<ListenerKey> taken = new LinkedHashSet<>();
        for (DesiredListener wanted : desired.loadBalancer().listeners()) {
            tree.listeners().stream()
                    .filter(listener ->
                            listener.key().equals(wanted.key()) && !ownership.mayTake(listener, loadBalancer))
                    .forEach(listener -> {
                        taken.add(wanted.key());
                        problems.add(taken(ownership, wanted.key(), listener, loadBalancer));
                    });
        }
        boolean refused = !problems.isEmpty() && !(attached && toldApart);
        return new SharingRules(refused, problems, taken);
    }

    /** Each port whose listener is not the Service's, left altogether as it is. */
    public Map<ListenerKey, Hold> holds() {
        return taken.stream().collect(Collectors.toMap(Function.identity(), _ -> Hold.ALL));
    }

    /**
     * Why an internal Service is not on a load balancer that serves others; nothing for one that was made for it and has
     * no floating IP.
     */
    private static Optional<Notice> exposure(
            Ownership ownership, LoadBalancerTree tree, List<FloatingIp> floatingIps, boolean attached) {
        Set<String> others = ownership.others(tree);
        boolean itsOwn = ownership.createdForService(tree.loadBalancer()) && attached;
        if (others.isEmpty() || (itsOwn && floatingIps.isEmpty())) {
            return Optional.empty();
        }
        String id = tree.loadBalancer().id();
        if (itsOwn) {
            String address = floatingIps.getFirst().floatingIpAddress();
            return Optional.of(new Notice(
                    EventReasons.SYNC_FAILED,
                    "the internal Service is reachable from outside: its load balancer " + id + " has floating IP "
                            + address + " and serves " + others
                            + " too: have these leave it, make the Service external, "
                            + "or take the floating IP from all with: openstack floating ip unset --port " + address));
        }
        String shares = "an internal Service does not share a load balancer, and this one serves " + others + " too: ";
        return Optional.of(
                ownership.createdForService(tree.loadBalancer())
                        ? new Notice(
                                EventReasons.SYNC_FAILED,
                                "load balancer " + id + " has the name of this Service's: " + shares
                                        + "make the Service external, have these leave it, or give the Service another name")
                        : named(tree.loadBalancer(), shares + "make the Service external, or remove the annotation"));
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
                        + ": choose another port, delete that listener"
                        + (ownership.createdForService(loadBalancer)
                                ? ""
                                : ", or remove the annotation loadbalancer.openstack.org/load-balancer-id")
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
