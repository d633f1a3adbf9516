package io.octavialb.reconcile;

import io.octavialb.build.EventReasons;
import io.octavialb.build.NamedIds;
import io.octavialb.model.Hold;
import io.octavialb.model.ListenerKey;
import io.octavialb.model.Notice;
import io.octavialb.model.Outcome.Failure;
import io.octavialb.model.desired.Desired;
import io.octavialb.model.desired.DesiredListener;
import io.octavialb.openstack.CloudException.Fault;
import io.octavialb.openstack.CloudException.Kind;
import io.octavialb.plan.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The ports of one Service for which the cloud refused a request: set aside, so that the others go on and no request is
 * refused twice while the passes over the same change last.
 */
final class Refusals {
    private final Map<ListenerKey, Refusal> refusals = new LinkedHashMap<>();
    private boolean formerVipIsRefused;

    /** @param wanted what the port should have had; null: no listener. Another wish is tried anew. */
    private record Refusal(@Nullable DesiredListener wanted, Hold hold, Failure failure) {}

    /** What is desired without the ports that were refused just that. */
    Desired of(Desired desired) {
        refusals.entrySet()
                .removeIf(refused -> !Objects.equals(refused.getValue().wanted(), desired.listener(refused.getKey())));
        Map<ListenerKey, Hold> held = new LinkedHashMap<>();
        refusals.forEach((port, refusal) -> held.put(port, refusal.hold()));
        return desired.holding(held);
    }

    /**
     * Sets a port aside: all of it if its members were refused, or something was refused before; else its members follow.
     *
     * @param named the ids that the Service names: one that is missing stays missing
     */
    void add(ListenerKey port, @Nullable DesiredListener wanted, Step step, Fault fault, NamedIds named) {
        Refusal before = refusals.get(port);
        Hold hold = before != null || aboutMembers(step) ? Hold.ALL : Hold.ALL_BUT_MEMBERS;
        refusals.put(port, new Refusal(wanted, hold, before == null ? failure(port, fault, named) : before.failure()));
    }

    /** Has the load balancer made with any VIP. */
    void refuseFormerVip() {
        formerVipIsRefused = true;
    }

    boolean formerVipIsRefused() {
        return formerVipIsRefused;
    }

    List<Failure> failures() {
        return refusals.values().stream().map(Refusal::failure).toList();
    }

    private static boolean aboutMembers(Step step) {
        return step instanceof Step.ReplaceMembers
                || step instanceof Step.CreateMember
                || step instanceof Step.UpdateMember
                || step instanceof Step.DeleteMember;
    }

    /** Without the request's id: the same refusal is the same event. */
    private static Failure failure(ListenerKey port, Fault fault, NamedIds named) {
        String what = fault.request() + ": " + fault.kind() + " " + fault.status() + ": " + fault.text();
        return new Failure(
                port,
                new Notice(
                        EventReasons.SYNC_FAILED,
                        "port " + port + ": " + what + ": this port stays as it is, the others are kept right"),
                retryable(fault) && !named.areNamedIn(fault.text()));
    }

    /** What is in the way of a conflict goes away, and what is missing is made anew; a bad request stays bad. */
    private static boolean retryable(Fault fault) {
        boolean missing = fault.kind() == Kind.NOT_FOUND && !fault.request().startsWith("POST");
        return fault.kind() == Kind.CONFLICT || missing;
    }
}
