package io.octavialb.kubernetes;

import io.fabric8.kubernetes.api.model.Service;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.javaoperatorsdk.operator.processing.retry.Retry;
import io.octavialb.kubernetes.ServicePass.Next;
import io.octavialb.kubernetes.ServiceReconciler.PassFailed;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** Turns what a pass came to into the framework's terms: when the next one is. */
record Schedule(Duration driftPeriod, Duration retryFirst, Duration retryLongest, RandomGenerator random) {
    /** The watch wakes a waiting Service; this is for the day it does not. */
    private static final Duration UNWOKEN = Duration.ofMinutes(1);

    /** A tenth: 300 Services that start together do not stay together. */
    private static final double JITTER = 0.1;

    UpdateControl<Service> control(Next next) {
        return switch (next) {
            case Next.Drift() -> UpdateControl.<Service>noUpdate().rescheduleAfter(jittered(driftPeriod));
            case Next.Wake() -> UpdateControl.<Service>noUpdate().rescheduleAfter(UNWOKEN);
            case Next.After(Duration pause) -> UpdateControl.<Service>noUpdate().rescheduleAfter(pause);
            case Next.Never() -> UpdateControl.noUpdate();
            case Next.Retry(String message) -> throw new PassFailed(message);
        };
    }

    Retry retry() {
        return new GenericRetry()
                .withoutMaxAttempts()
                .setInitialInterval(retryFirst)
                .setIntervalMultiplier(2)
                .setMaxInterval(retryLongest.toMillis());
    }

    private Duration jittered(Duration period) {
        return Duration.ofMillis((long) (period.toMillis() * (1 + JITTER * (2 * random.nextDouble() - 1))));
    }
}
