package io.octavialb.plan;

import io.octavialb.model.Changes;
import io.octavialb.model.desired.DesiredHealthMonitor;
import io.octavialb.model.desired.DesiredMember;
import io.octavialb.model.desired.DesiredPool;
import io.octavialb.model.observed.HealthMonitor;
import io.octavialb.model.observed.LoadBalancerTree.PoolTree;
import io.octavialb.model.observed.Member;
import io.octavialb.plan.MemberDifference.ChangedMember;
import io.octavialb.plan.Step.CreateHealthMonitor;
import io.octavialb.plan.Step.CreateMember;
import io.octavialb.plan.Step.DeleteHealthMonitor;
import io.octavialb.plan.Step.DeleteMember;
import io.octavialb.plan.Step.ReplaceMembers;
import io.octavialb.plan.Step.UpdateHealthMonitor;
import io.octavialb.plan.Step.UpdateMember;
import io.octavialb.plan.Step.UpdatePool;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Plans one pool: its own fields, its members, its monitor.
 *
 * @param serial one request per member instead of one batch
 * @param memberSubnetsKept whether members stay in the subnet they were made in; a batch has them all anew
 */
record PoolPlan(boolean serial, boolean memberSubnetsKept) {

    /** The steps for a pool that exists as observed, or, with null, was just created empty. */
    List<Step> contents(PoolRef ref, DesiredPool desired, @Nullable PoolTree observed) {
        List<Step> steps = new ArrayList<>();
        if (observed != null) {
            Changes changes = Fields.POOL.changes(desired, observed.pool());
            if (!changes.isEmpty()) {
                steps.add(new UpdatePool(observed.pool(), changes));
            }
        }
        steps.addAll(members(ref, desired.members(), observed == null ? List.of() : observed.members()));
        steps.addAll(healthMonitor(ref, desired.healthmonitor(), observed == null ? null : observed.healthMonitor()));
        return steps;
    }

    List<Step> members(PoolRef ref, List<DesiredMember> desired, List<Member> observed) {
        MemberDifference difference = MemberDifference.between(desired, observed, memberSubnetsKept);
        if (difference.isEmpty()) {
            return List.of();
        }
        return serial ? oneByOne(ref, difference) : List.of(new ReplaceMembers(ref, desired, difference));
    }

    /** New members first, so that the pool is never without one that serves. */
    private static List<Step> oneByOne(PoolRef ref, MemberDifference difference) {
        List<Step> steps = new ArrayList<>();
        difference.added().forEach(member -> steps.add(new CreateMember(ref, member)));
        for (ChangedMember changed : difference.changed()) {
            if (changed.inAnotherSubnet()) {
                steps.add(new DeleteMember(ref, changed.member()));
                steps.add(new CreateMember(ref, changed.desired()));
            } else {
                steps.add(new UpdateMember(ref, changed.member(), changed.changes()));
            }
        }
        difference.removed().forEach(member -> steps.add(new DeleteMember(ref, member)));
        return steps;
    }

    private static List<Step> healthMonitor(
            PoolRef ref, @Nullable DesiredHealthMonitor desired, @Nullable HealthMonitor observed) {
        List<Step> steps = new ArrayList<>();
        boolean sameType = desired != null && observed != null && desired.type().equals(observed.type());
        if (observed != null && !sameType && ref instanceof PoolRef.Existing(String poolId)) {
            String why = desired == null
                    ? "the Service asks for none"
                    : "its type " + observed.type() + " becomes " + desired.type();
            steps.add(new DeleteHealthMonitor(poolId, observed, why));
        }
        if (desired != null && !sameType) {
            steps.add(new CreateHealthMonitor(ref, desired));
        }
        if (desired != null && observed != null && sameType && ref instanceof PoolRef.Existing(String poolId)) {
            Changes changes = Fields.HEALTH_MONITOR.changes(desired, observed);
            if (!changes.isEmpty()) {
                steps.add(new UpdateHealthMonitor(poolId, observed, changes));
            }
        }
        return steps;
    }
}
