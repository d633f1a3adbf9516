package io.octavialb.kubernetes;

import io.octavialb.model.Notice;
import io.octavialb.model.Outcome;
import io.octavialb.model.kubernetes.Ingress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What follows from an {@link Outcome} on the side of Kubernetes; pure.
 *
 * @param identity to publish in the annotations; null: they stay
 * @param ingress to write to the status; null: it stays
 * @param condition to write to the status; null: it stays
 * @param released whether all that we wrote, finalizer last, is to be removed
 * @param notices to give as Warning events, those that were not given before; null: no word on them
 * @param events to record, in this order
 */
record Reaction(
        Outcome.@Nullable Identity identity,
        @Nullable List<Ingress> ingress,
        @Nullable ReadyCondition condition,
        boolean released,
        @Nullable List<Notice> notices,
        List<ServiceEvent> events,
        NextPass next) {

    /** Why the pass was made. */
    enum Cause {
        SERVICE("SyncLoadBalancerFailed", "Error syncing load balancer: "),
        NODES("UpdateLoadBalancerFailed", "Error updating load balancer with new hosts: "),
        RELEASE("DeleteLoadBalancerFailed", "Error deleting load balancer (will retry): ");

        private final String failedReason;
        private final String failedPrefix;

        Cause(String failedReason, String failedPrefix) {
            this.failedReason = failedReason;
            this.failedPrefix = failedPrefix;
        }

        private ServiceEvent done() {
            return switch (this) {
                case SERVICE -> ServiceEvent.ENSURED;
                case NODES -> ServiceEvent.UPDATED;
                case RELEASE -> ServiceEvent.DELETED;
            };
        }

        private ServiceEvent failed(String message) {
            return new ServiceEvent(ServiceEvent.Type.Warning, failedReason, failedPrefix + message);
        }
    }

    /** @param announced whether people wait for word that work is done */
    static Reaction to(Outcome outcome, Cause cause, boolean announced) {
        return switch (outcome) {
            case Outcome.Converged(var identity, var ingress, boolean changed, var notices) ->
                new Reaction(
                        identity,
                        ingress,
                        ReadyCondition.ready(notices),
                        false,
                        notices,
                        changed || announced ? List.of(cause.done()) : List.of(),
                        new NextPass.Drift());
            case Outcome.Partial partial ->
                new Reaction(
                        partial.identity(),
                        partial.ingress(),
                        ReadyCondition.notReady("PartlyEnsured", ReadyCondition.messages(partial.allNotices())),
                        false,
                        partial.allNotices(),
                        List.of(),
                        partial.retryable() ? new NextPass.Retry() : new NextPass.Drift());
            case Outcome.Waiting(var identity, String reason, var notices) ->
                new Reaction(
                        identity,
                        null,
                        cause == Cause.RELEASE ? null : ReadyCondition.notReady(ReadyCondition.PENDING, reason),
                        false,
                        notices,
                        List.of(),
                        new NextPass.Wake());
            case Outcome.Released() ->
                new Reaction(null, null, null, true, null, List.of(cause.done()), new NextPass.Never());
            case Outcome.Rejected(var problems) ->
                new Reaction(null, null, rejected(problems), false, problems, List.of(), new NextPass.Drift());
            case Outcome.Failed(String message, Throwable _) -> failed(cause.failed(message));
        };
    }

    private static ReadyCondition rejected(List<Notice> problems) {
        return ReadyCondition.notReady(problems.getFirst().reason(), ReadyCondition.messages(problems));
    }

    private static Reaction failed(ServiceEvent event) {
        return new Reaction(
                null,
                null,
                ReadyCondition.notReady(event.reason(), event.message()),
                false,
                null,
                List.of(event),
                new NextPass.Retry());
    }
}
