package io.octavialb.app;

import io.octavialb.kubernetes.Duty;
import io.octavialb.model.Notice;
import io.octavialb.model.Outcome;
import io.octavialb.model.kubernetes.ObjectKey;
import io.octavialb.plan.Plan;
import io.octavialb.reconcile.Preview;
import java.util.List;
import java.util.stream.Stream;

/**
 * What would change for one Service.
 *
 * @param duty whether it is to be served, released or left alone
 * @param remark what there is to say about the result; empty when it speaks for itself
 * @param notices warnings, and the problems of a Service that is rejected
 */
record ServicePlan(ObjectKey service, Duty duty, Result result, String remark, Plan plan, List<Notice> notices) {
    private static final Plan NOTHING = new Plan(List.of());

    /** What came of planning. */
    enum Result {
        NOTHING_TO_DO,
        CHANGES,
        /** The controller has nothing to do with the Service. */
        NOT_SERVED,
        /** The load balancer is PENDING: what has to change is known when it is ACTIVE. */
        WAITING,
        /** The Service asks for what can't be. */
        REJECTED,
        /** The cloud failed. */
        FAILED;

        boolean error() {
            return switch (this) {
                case NOTHING_TO_DO, CHANGES, NOT_SERVED -> false;
                case WAITING, REJECTED, FAILED -> true;
            };
        }
    }

    ServicePlan {
        notices = List.copyOf(notices);
    }

    static ServicePlan notServed(ObjectKey service, String why) {
        return new ServicePlan(service, Duty.NONE, Result.NOT_SERVED, why, NOTHING, List.of());
    }

    ServicePlan withRemark(String other) {
        return new ServicePlan(service, duty, result, other, plan, notices);
    }

    static ServicePlan of(ObjectKey service, Duty duty, Preview preview, List<Notice> before) {
        return switch (preview) {
            case Preview.Plans(Plan plan, List<Notice> notices) ->
                new ServicePlan(
                        service,
                        duty,
                        plan.isEmpty() ? Result.NOTHING_TO_DO : Result.CHANGES,
                        "",
                        plan,
                        Stream.concat(before.stream(), notices.stream()).toList());
            case Preview.Stops(Outcome outcome) -> stopped(service, duty, outcome);
        };
    }

    private static ServicePlan stopped(ObjectKey service, Duty duty, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Rejected(List<Notice> problems) ->
                new ServicePlan(service, duty, Result.REJECTED, "", NOTHING, problems);
            case Outcome.Waiting waiting ->
                new ServicePlan(
                        service,
                        duty,
                        Result.WAITING,
                        waiting.reason() + ": ask again when it is ACTIVE",
                        NOTHING,
                        waiting.knownNotices());
            case Outcome.Failed failed ->
                new ServicePlan(service, duty, Result.FAILED, failed.message(), NOTHING, List.of());
            case Outcome.Converged _, Outcome.Partial _, Outcome.Released _ ->
                throw new IllegalStateException("a preview changes nothing: " + outcome);
        };
    }
}
