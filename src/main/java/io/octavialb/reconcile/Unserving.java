package io.octavialb.reconcile;

import io.octavialb.build.EventReasons;
import io.octavialb.model.Notice;
import io.octavialb.model.Outcome;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.model.observed.LoadBalancerTree;
import io.octavialb.model.observed.Observed;
import io.octavialb.plan.Plan;
import io.octavialb.plan.Step;
import io.octavialb.reconcile.PlanExecution.Aside;
import java.util.List;

/** The end of a load balancer of a Service that serves nobody: one that never came to be, or one that was made twice. */
final class Unserving {
    private static final String STILL_BORN =
            "came to provisioning_status ERROR while it was created: it is deleted and made again";

    private static final String TWIN =
            "was made for this Service a second time, when the answer to its creation was lost, and serves nobody: it is "
                    + "deleted";

    private final PlanExecution execution;

    Unserving(PlanExecution execution) {
        this.execution = execution;
    }

    /** The plan of {@link #remake}. */
    static Plan stillBorn(LoadBalancer loadBalancer) {
        return removal(loadBalancer, STILL_BORN);
    }

    /** The plan of {@link #removeTwin}. */
    static Plan twin(LoadBalancer loadBalancer) {
        return removal(loadBalancer, TWIN);
    }

    Outcome remake(Service service, LoadBalancer stillBorn) {
        remove(service, stillBorn, STILL_BORN);
        String message = "the load balancer " + STILL_BORN;
        return new Outcome.Failed(message, new IllegalStateException(message));
    }

    Outcome removeTwin(Service service, LoadBalancer kept, LoadBalancer twin) {
        remove(service, twin, TWIN);
        String message = "load balancer " + twin.id() + " " + TWIN + "; " + kept.id() + " stays";
        return new Outcome.Waiting(
                new Outcome.Identity(kept.id(), true, null),
                message,
                List.of(new Notice(EventReasons.MADE_TWICE, message)));
    }

    private void remove(Service service, LoadBalancer unserving, String reason) {
        execution.run(
                service,
                new Observed(new LoadBalancerTree(unserving, List.of(), List.of()), List.of()),
                state -> state.tree() != null && !state.tree().loadBalancer().leaving()
                        ? removal(unserving, reason)
                        : new Plan(List.of()),
                false,
                Aside.NEVER);
    }

    private static Plan removal(LoadBalancer loadBalancer, String reason) {
        return new Plan(List.of(new Step.DeleteLoadBalancer(loadBalancer, true, "it " + reason)));
    }
}
