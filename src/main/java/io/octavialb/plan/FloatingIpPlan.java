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
import io.octavialb.plan.Step.ReserveFloatingIp;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Plans the floating IP of a VIP.
 *
 * <p>One that is on the VIP already is reused, whoever made it, unless the Service asks for another address. Only the Service that the load balancer was made for
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
        if (tree != null && !ownership.createdForService(tree.loadBalancer())) {
            return List.of();
        }
        List<Step> steps = new ArrayList<>(superseded(ownership, tree, desired, wanted, observed));
        steps.addAll(onVip(ownership, tree, desired, wanted, observed));
        return steps;
    }

    private static List<Step> onVip(
            Ownership ownership,
            @Nullable LoadBalancerTree tree,
            Desired desired,
            DesiredFloatingIp wanted,
            Observed observed) {
        if (!observed.attached().isEmpty()) {
            return tree == null ? List.of() : replacement(ownership, tree.loadBalancer(), desired, wanted, observed);
        }
        String portId = vipPort(observed);
        String id = reserved(wanted, observed);
        return id == null
                ? List.of(new CreateFloatingIp(wanted, portId))
                : List.of(new AttachFloatingIp(id, String.valueOf(wanted.floatingIpAddress()), portId));
    }

    /** What was reserved for the Service when it asked for another address than now, and was never attached. */
    private static List<Step> superseded(
            Ownership ownership,
            @Nullable LoadBalancerTree tree,
            Desired desired,
            DesiredFloatingIp wanted,
            Observed observed) {
        String address = wanted.floatingIpAddress();
        if (tree == null || address == null) {
            return List.of();
        }
        List<FloatingIp> others = observed.floatingIps().stream()
                .filter(floatingIp -> !floatingIp.attached()
                        && ownership.marked(floatingIp)
                        && !floatingIp.floatingIpAddress().equals(address))
                .toList();
        return remove(
                ownership, tree.loadBalancer(), others, desired.keepFloatingIp(), "spec.loadBalancerIP is " + address);
    }

    /** The wanted one is there before the present one is given up, for another's address may be refused. */
    private static List<Step> replacement(
            Ownership ownership,
            LoadBalancer loadBalancer,
            Desired desired,
            DesiredFloatingIp wanted,
            Observed observed) {
        String address = wanted.floatingIpAddress();
        boolean there = observed.attached().stream()
                .anyMatch(floatingIp -> floatingIp.floatingIpAddress().equals(address));
        if (address == null || there || !wanted.replaces()) {
            return List.of();
        }
        String id = reserved(wanted, observed);
        List<Step> steps = new ArrayList<>();
        if (id == null) {
            steps.add(new ReserveFloatingIp(wanted));
        }
        String why = "spec.loadBalancerIP is " + address;
        steps.addAll(remove(ownership, loadBalancer, observed.attached(), desired.keepFloatingIp(), why));
        steps.add(new AttachFloatingIp(id, address, loadBalancer.vipPortId()));
        return steps;
    }

    private static @Nullable String reserved(DesiredFloatingIp wanted, Observed observed) {
        return observed.floatingIps().stream()
                .filter(floatingIp ->
                        !floatingIp.attached() && floatingIp.floatingIpAddress().equals(wanted.floatingIpAddress()))
                .map(FloatingIp::id)
                .findFirst()
                .orElse(wanted.existingId());
    }

    /** On a load balancer that serves others too, or that a person made, only what was made for this Service goes. */
    private static List<Step> unwanted(Ownership ownership, Desired desired, Observed observed) {
        LoadBalancerTree tree = observed.tree();
        if (tree == null || ownership.sharedWithOthers(tree)) {
            return List.of();
        }
        String why = "the Service is internal";
        return ownership.createdForService(tree.loadBalancer())
                ? remove(ownership, tree.loadBalancer(), observed.attached(), desired.keepFloatingIp(), why)
                : removeOwn(ownership, tree.loadBalancer(), observed.attached(), desired.keepFloatingIp(), why);
    }

    /** Removes all from the VIP: those that go with the load balancer are deleted, the others detached. */
    static List<Step> remove(
            Ownership ownership, LoadBalancer loadBalancer, List<FloatingIp> floatingIps, boolean keep, String why) {
        return floatingIps.stream()
                .<Step>map(floatingIp -> ownership.goesWith(loadBalancer, floatingIp) && !keep
                        ? new DeleteFloatingIp(floatingIp, why)
                        : new DetachFloatingIp(floatingIp, ownership.keptDescription(floatingIp), why))
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
