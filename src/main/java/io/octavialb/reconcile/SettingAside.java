package io.octavialb.reconcile;

import io.octavialb.build.NamedIds;
import io.octavialb.model.ListenerKey;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.openstack.CloudException;
import io.octavialb.plan.Step;
import org.jspecify.annotations.Nullable;

/** Whether a pass can go on without what the cloud has refused: without one port, or without the former VIP. */
final class SettingAside {
    private final Sight sight;
    private final RefusedTrees refusedTrees;
    private final UntoldRefusals untoldRefusals = new UntoldRefusals();

    SettingAside(Sight sight, RefusedTrees refusedTrees) {
        this.sight = sight;
        this.refusedTrees = refusedTrees;
    }

    /** After a pass in which nothing stood in the way, or when the Service is gone. */
    void forget(Service service) {
        refusedTrees.forget(service.uid());
        untoldRefusals.forget(service.uid());
    }

    /**
     * Says so, and notes what was refused.
     *
     * @param port that the step is for; null when it is for all
     */
    boolean goesOn(Prepared pass, Refusals refusals, @Nullable ListenerKey port, Step step, CloudException refusal) {
        if (step instanceof Step.CreateLoadBalancer(var asked)) {
            boolean again = giveUpFormerVip(pass, refusals, refusal);
            if (!again) {
                refusedTrees.note(pass.service().uid(), asked, refusal.fault());
            }
            return again;
        }
        if (port == null || !concernsOnePort(pass, refusal)) {
            return false;
        }
        refusals.add(
                port,
                pass.desired().listener(port),
                step,
                refusal.fault(),
                NamedIds.of(pass.service(), pass.settings()));
        return true;
    }

    /** Whether the load balancer can be made with any VIP at once: its former one may be why the creation was refused. */
    private boolean giveUpFormerVip(Prepared pass, Refusals refusals, CloudException refusal) {
        if (!pass.asksForFormerVip()
                || refusals.formerVipIsRefused()
                || !isBlamed(pass, refusal)
                || !nothingIsMade(pass)) {
            return false;
        }
        refusals.refuseFormerVip();
        return true;
    }

    private boolean isBlamed(Prepared pass, CloudException refusal) {
        return switch (FormerVip.blame(refusal.fault())) {
            case VIP -> true;
            case UNTOLD -> untoldRefusals.second(pass.service().uid());
            case ANOTHER -> false;
        };
    }

    private boolean nothingIsMade(Prepared pass) {
        try {
            return sight.findsNothing(pass.service(), pass.ownership());
        } catch (CloudException e) {
            return false;
        }
    }

    /** Whether the cloud refused this request and would not refuse every other. */
    private boolean concernsOnePort(Prepared pass, CloudException refusal) {
        return switch (refusal.fault().kind()) {
            case BAD_REQUEST -> true;
            case NOT_FOUND, CONFLICT -> takesChanges(pass);
            case UNREACHABLE,
                    NO_ANSWER,
                    UNAUTHENTICATED,
                    FORBIDDEN,
                    TOO_MANY_REQUESTS,
                    SERVER_ERROR,
                    MALFORMED,
                    CIRCUIT_OPEN,
                    TENURE_OVER,
                    NO_ENDPOINT -> false;
        };
    }

    private boolean takesChanges(Prepared pass) {
        try {
            return sight.takesChanges(pass.service(), pass.ownership());
        } catch (CloudException e) {
            return false;
        }
    }
}
