package io.octavialb.plan;

import io.octavialb.model.Ownership;
import io.octavialb.model.desired.Desired;
import io.octavialb.model.desired.DesiredFloatingIp;
import io.octavialb.model.observed.FloatingIp;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.model.observed.LoadBalancerTree;
import io.octavialb.model.observed.Observed;
import io.octavialb.plan.Step.AttachFloatingIp;
import io.octavialb.plan.Step.CreateFloatingIp;
import io.octavialb.plan.Step.DeleteFloatingIp;
import io.octavialb.plan.Step.DetachFloatingIp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Plans the floating IP of a VIP.
 *
 * <p>One that is on the VIP already is reused, whoever made it. Only the Service that the load balancer was made for
 * gives the VIP one: on a load balancer of someone else it would expose what they did not mean to. One that is no longer
 * wanted is deleted only if it was made for this Service and is not to be kept; else it is detached, with its address, for
 * its owner to use again.
 */
final class FloatingIpPlan {
    private FloatingIpPlan() {}

    static List<Step> ensure(Ownership ownership, Desired desired, Observed observed) {
        DesiredFloatingIp wanted = desired.floatingIp();
        if (wanted == null) {
            return unwanted(ownership, desired, observed);
        }
        LoadBalancerTree tree = observed.tree();
        if (!observed.floatingIps().isEmpty() || (tree != null && !ownership.createdForService(tree.loadBalancer()))) {
            return List.of();
        }
        String portId = vipPort(observed);
        return wanted.existingId() == null
                ? List.of(new CreateFloatingIp(wanted, portId))
                : List.of(
                        new AttachFloatingIp(wanted.existingId(), String.valueOf(wanted.floatingIpAddress()), portId));
    }

    /** On a load balancer that serves others too, or that a person made, only what was made for this Service goes. */
    private static List<Step> unwanted(Ownership ownership, Desired desired, Observed observed) {
        LoadBalancerTree tree = observed.tree();
        if (tree == null || ownership.sharedWithOthers(tree)) {
            return List.of();
        }
        String why = "the Service is internal";
        return ownership.createdForService(tree.loadBalancer())
                ? remove(ownership, tree.loadBalancer(), observed.floatingIps(), desired.keepFloatingIp(), why)
                : removeOwn(ownership, tree.loadBalancer(), observed.floatingIps(), desired.keepFloatingIp(), why);
    }

    /** Removes all from the VIP: those that go with the load balancer are deleted, the others detached. */
    static List<Step> remove(
            Ownership ownership, LoadBalancer loadBalancer, List<FloatingIp> floatingIps, boolean keep, String why) {
        return floatingIps.stream()
                .<Step>map(floatingIp -> ownership.goesWith(loadBalancer, floatingIp) && !keep
                        ? new DeleteFloatingIp(floatingIp, why)
                        : new DetachFloatingIp(floatingIp, why))
                .toList();
    }

    /** Removes from the VIP of a load balancer that stays what was made for this Service. */
    static List<Step> removeOwn(
            Ownership ownership, LoadBalancer loadBalancer, List<FloatingIp> floatingIps, boolean keep, String why) {
        List<FloatingIp> own =
                floatingIps.stream().filter(ownership::createdForService).toList();
        return remove(ownership, loadBalancer, own, keep, why);
    }

    private static @Nullable String vipPort(Observed observed) {
        if (observed.tree() == null) {
            return null;
        }
        LoadBalancer loadBalancer = observed.tree().loadBalancer();
        return loadBalancer.vipPortId();
    }
}
