package io.octavialb.plan;

import io.octavialb.model.Changes;
import io.octavialb.model.Changes.Change;
import io.octavialb.model.Ownership;
import io.octavialb.model.observed.Listener;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.model.observed.LoadBalancerTree;
import io.octavialb.model.observed.LoadBalancerTree.PoolTree;
import io.octavialb.model.observed.Observed;
import io.octavialb.plan.Step.DeleteListener;
import io.octavialb.plan.Step.DeleteLoadBalancer;
import io.octavialb.plan.Step.DeletePool;
import io.octavialb.plan.Step.UpdateLoadBalancer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What was made for a Service × what is observed → the plan that removes it.
 *
 * <p>The floating IP goes first: once the VIP port is gone, nothing but its description ties it to the Service. A load
 * balancer that a person made, or that serves other Services too, stays, without this Service's listeners and tags.
 */
public final class ReleasePlanner {
    private static final String WHY = "the Service is released";

    private ReleasePlanner() {}

    /**
     * The plan that releases a Service.
     *
     * @param cascade whether one request may delete the load balancer with all below it
     */
    public static Plan release(Ownership ownership, Observed observed, boolean keepFloatingIp, boolean cascade) {
        LoadBalancerTree tree = observed.tree();
        if (tree == null) {
            return new Plan(List.of());
        }
        LoadBalancer loadBalancer = tree.loadBalancer();
        if (!ownership.createdForService(loadBalancer) || ownership.sharedWithOthers(tree)) {
            return detach(ownership, tree);
        }
        List<Step> steps = new ArrayList<>(FloatingIpPlan.remove(ownership, observed, keepFloatingIp, WHY));
        if (!cascade) {
            tree.listeners().forEach(listener -> steps.add(new DeleteListener(listener, WHY)));
            tree.pools().forEach(pool -> steps.add(new DeletePool(pool.pool(), WHY)));
        }
        if (!loadBalancer.leaving()) {
            steps.add(new DeleteLoadBalancer(loadBalancer, cascade));
        }
        return new Plan(steps);
    }

    private static Plan detach(Ownership ownership, LoadBalancerTree tree) {
        List<Listener> ours = tree.listeners().stream().filter(ownership::owns).toList();
        Set<String> usedByOthers = tree.listeners().stream()
                .filter(listener -> !ours.contains(listener))
                .map(Listener::defaultPoolId)
                .flatMap(Stream::ofNullable)
                .collect(Collectors.toSet());
        List<Step> steps = new ArrayList<>();
        ours.forEach(listener -> steps.add(new DeleteListener(listener, WHY)));
        tree.pools().stream()
                .map(PoolTree::pool)
                .filter(pool -> ownership.owns(pool) && !usedByOthers.contains(pool.id()))
                .forEach(pool -> steps.add(new DeletePool(pool, WHY)));
        Changes untagged = withoutOurTag(ownership, tree.loadBalancer());
        if (!untagged.isEmpty()) {
            steps.add(new UpdateLoadBalancer(tree.loadBalancer(), untagged));
        }
        return new Plan(steps);
    }

    private static Changes withoutOurTag(Ownership ownership, LoadBalancer loadBalancer) {
        List<String> left = loadBalancer.tags().stream()
                .filter(tag -> !ownership.isOurs(tag))
                .toList();
        return left.size() == loadBalancer.tags().size()
                ? new Changes(List.of())
                : new Changes(List.of(new Change("tags", loadBalancer.tags(), left)));
    }
}
