package io.octavialb.plan;

import io.octavialb.model.Changes;
import io.octavialb.model.ListenerKey;
import io.octavialb.model.Ownership;
import io.octavialb.model.Ownership.Mark;
import io.octavialb.model.desired.Desired;
import io.octavialb.model.desired.DesiredLoadBalancer;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.model.observed.LoadBalancerTree;
import io.octavialb.model.observed.Observed;
import io.octavialb.plan.Step.CreateLoadBalancer;
import io.octavialb.plan.Step.DeleteFloatingIp;
import io.octavialb.plan.Step.DetachFloatingIp;
import io.octavialb.plan.Step.UpdateLoadBalancer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Desired × observed → plan.
 *
 * <table>
 * <caption>What becomes of a listener, by its key (L4 protocol and port)</caption>
 * <tr><th>desired</th><th>observed</th><th>steps</th></tr>
 * <tr><td>yes</td><td>no</td><td>pool, members, monitor, then the listener: it opens when all is ready</td></tr>
 * <tr><td>yes</td><td>yes</td><td>what differs; another pool protocol is make-before-break</td></tr>
 * <tr><td>yes</td><td>other protocol</td><td>the new pool first, then delete and create the listener</td></tr>
 * <tr><td>no</td><td>this Service's</td><td>delete listener and pool</td></tr>
 * <tr><td>no</td><td>another's</td><td>nothing</td></tr>
 * <tr><td>held</td><td>yes</td><td>its members, and who may reach it unless that is not known either</td></tr>
 * <tr><td>held</td><td>no</td><td>nothing</td></tr>
 * </table>
 */
public final class Planner {
    private Planner() {}

    /** The plan that ensures what is desired; the caller has made sure that every listener it needs may be had. */
    public static Plan ensure(Ownership ownership, Desired desired, Observed observed) {
        List<Step> steps = new ArrayList<>();
        Map<Step, ListenerKey> ports = Map.of();
        DesiredLoadBalancer loadBalancer = desired.loadBalancer();
        LoadBalancerTree tree = observed.tree();
        SecurityGroupPlan security = SecurityGroupPlan.of(desired, observed);
        if (tree != null) {
            steps.addAll(security.opening());
        }
        if (tree == null && !desired.serialApiCalls() && !desired.bare()) {
            steps.add(new CreateLoadBalancer(loadBalancer));
        } else if (tree == null) {
            steps.add(new CreateLoadBalancer(loadBalancer.withoutListeners()));
            steps.addAll(new ListenerPlan(ownership, desired, null, desired.serialApiCalls()).steps());
        } else {
            ListenerPlan listeners = new ListenerPlan(ownership, desired, tree, desired.serialApiCalls());
            Renaming renaming = new Renaming(ownership, tree);
            Plan below = renaming.with(new Plan(listeners.steps(), listeners.ports()));
            steps.addAll(renaming.claim());
            steps.addAll(below.steps());
            ports = below.ports();
            Changes changes = renaming.with(loadBalancerChanges(ownership, loadBalancer, tree.loadBalancer()));
            if (!changes.isEmpty()) {
                steps.add(new UpdateLoadBalancer(tree.loadBalancer(), changes));
            }
        }
        if (tree == null) {
            steps.addAll(security.opening());
        }
        if (!desired.floatingIpHeld()) {
            List<Step> floatingIp = FloatingIpPlan.ensure(ownership, desired, observed);
            if (tree != null && floatingIp.stream().anyMatch(Planner::endsProof)) {
                steps.addAll(0, markFirst(ownership, loadBalancer, tree.loadBalancer()));
            }
            steps.addAll(floatingIp);
        }
        steps.addAll(security.closing());
        return new Plan(steps, ports);
    }

    private static boolean endsProof(Step step) {
        return step instanceof DetachFloatingIp || step instanceof DeleteFloatingIp;
    }

    /** What is adopted is known by the address in the status: before that goes, the mark takes its place. */
    private static List<Step> markFirst(Ownership ownership, DesiredLoadBalancer desired, LoadBalancer observed) {
        return desired.tags() == null
                        || ownership.mark(observed) != Mark.NONE
                        || !observed.name().equals(ownership.loadBalancerName())
                ? List.of()
                : Stream.ofNullable(Fields.tags(List.of(ownership.cluster().mark()), observed.tags(), _ -> false))
                        .<Step>map(tags -> new UpdateLoadBalancer(observed, new Changes(List.of(tags))))
                        .toList();
    }

    /** The mark of a load balancer that is adopted rides on a change that is needed anyway. */
    private static Changes loadBalancerChanges(
            Ownership ownership, DesiredLoadBalancer desired, LoadBalancer observed) {
        if (desired.tags() == null) {
            return new Changes(List.of());
        }
        String mark = ownership.cluster().mark();
        List<String> needed =
                desired.tags().stream().filter(tag -> !tag.equals(mark)).toList();
        Predicate<String> former = tag -> ownership.isFormer(tag, observed);
        if (Fields.tags(needed, observed.tags(), former) == null) {
            return new Changes(List.of());
        }
        List<String> all = ownership.mayMark(observed) ? desired.tags() : needed;
        return new Changes(
                Stream.ofNullable(Fields.tags(all, observed.tags(), former)).toList());
    }
}
