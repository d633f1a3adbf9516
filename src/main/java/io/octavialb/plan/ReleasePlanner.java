package io.octavialb.plan;

import io.octavialb.model.Changes;
import io.octavialb.model.Changes.Change;
import io.octavialb.model.Ownership;
import io.octavialb.model.observed.FloatingIp;
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
 * <p>The floating IP goes first: once the VIP port is gone, nothing but its description ties it to the Service. One that
 * alone proves whose the load balancer is (see {@link #freed}) is not to be among what is observed. A load
 * balancer that a controller of this cluster made goes with the last Service on it, whichever that is. Any other stays,
 * without this Service's listeners and tags.
 *
 * @param keepFloatingIp whether floating IPs are detached instead of deleted
 * @param cascade whether one request may delete the load balancer with all below it; in ERROR nothing else can
 * @param annotationTags the tags that the Service's annotation put on the load balancer
 */
public record ReleasePlanner(
        Ownership ownership, boolean keepFloatingIp, boolean cascade, List<String> annotationTags) {
    private static final String WHY = "the Service is released";

    public ReleasePlanner {
        annotationTags = List.copyOf(annotationTags);
    }

    /** The plan that releases the Service. */
    public Plan release(Observed observed) {
        LoadBalancerTree tree = observed.tree();
        if (tree == null) {
            return new Plan(List.of());
        }
        boolean shared = ownership.sharedWithOthers(tree);
        return new Plan(
                shared || !ownership.goesWithLastService(tree.loadBalancer())
                        ? detach(tree, shared ? List.of() : observed.floatingIps())
                        : delete(tree, observed.floatingIps()));
    }

    /** What becomes of floating IPs that have to outlive the load balancer. */
    public List<Step> freed(LoadBalancer gone, List<FloatingIp> floatingIps) {
        return FloatingIpPlan.remove(ownership, gone, floatingIps, keepFloatingIp, "its load balancer is gone");
    }

    private List<Step> delete(LoadBalancerTree tree, List<FloatingIp> floatingIps) {
        LoadBalancer loadBalancer = tree.loadBalancer();
        boolean cascades = cascade || loadBalancer.error();
        List<Step> steps =
                new ArrayList<>(FloatingIpPlan.remove(ownership, loadBalancer, floatingIps, keepFloatingIp, WHY));
        if (!cascades) {
            tree.listeners().forEach(listener -> steps.add(new DeleteListener(listener, WHY)));
            tree.pools().forEach(pool -> steps.add(new DeletePool(pool.pool(), WHY)));
        }
        if (!loadBalancer.leaving()) {
            steps.add(new DeleteLoadBalancer(loadBalancer, cascades, WHY));
        }
        return steps;
    }

    private List<Step> detach(LoadBalancerTree tree, List<FloatingIp> floatingIps) {
        LoadBalancer loadBalancer = tree.loadBalancer();
        List<Listener> ours = tree.listeners().stream()
                .filter(listener -> ownership.owns(listener, loadBalancer))
                .toList();
        Set<String> usedByOthers = tree.listeners().stream()
                .filter(listener -> !ours.contains(listener))
                .map(Listener::defaultPoolId)
                .flatMap(Stream::ofNullable)
                .collect(Collectors.toSet());
        List<Step> steps =
                new ArrayList<>(FloatingIpPlan.removeOwn(ownership, loadBalancer, floatingIps, keepFloatingIp, WHY));
        ours.forEach(listener -> steps.add(new DeleteListener(listener, WHY)));
        tree.pools().stream()
                .map(PoolTree::pool)
                .filter(pool -> ownership.owns(pool, loadBalancer) && !usedByOthers.contains(pool.id()))
                .forEach(pool -> steps.add(new DeletePool(pool, WHY)));
        List<String> left = tagsLeft(loadBalancer);
        if (!left.equals(loadBalancer.tags())) {
            steps.add(new UpdateLoadBalancer(
                    loadBalancer, new Changes(List.of(new Change("tags", loadBalancer.tags(), left)))));
        }
        return steps;
    }

    /**
     * The tags without this Service's. What a controller made keeps, or gets, the mark, so that the last Service on it
     * may delete it; what a person made loses it with the last Service of this cluster.
     */
    private List<String> tagsLeft(LoadBalancer loadBalancer) {
        List<String> left = loadBalancer.tags().stream()
                .filter(tag -> !ownership.isOurs(tag, loadBalancer))
                .toList();
        boolean untagged = left.size() == loadBalancer.tags().size();
        if (ownership.goesWithLastService(loadBalancer)) {
            String mark = ownership.cluster().mark();
            return untagged
                    ? left
                    : Stream.concat(left.stream(), Stream.of(mark)).distinct().toList();
        }
        return ownership.sharedInCluster(loadBalancer)
                ? left
                : left.stream()
                        .filter(tag -> !tag.equals(ownership.cluster().mark()) && !annotationTags.contains(tag))
                        .toList();
    }
}
