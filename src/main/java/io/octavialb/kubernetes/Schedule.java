package io.octavialb.kubernetes;

import io.fabric8.kubernetes.api.model.Service;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * Turns what a pass came to into the framework's terms: when the next one is.
 *
 * <p>Failures are counted here: for the framework's own retry a pass that ends in waiting would be a success, and a load
 * balancer that is tried, waited for and fails again would be tried every few seconds for ever.
 */
final class Schedule {
    /** The watch wakes a waiting Service; this is for the day it does not. */
    private static final Duration UNWOKEN = Duration.ofMinutes(1);

    /** A tenth: 300 Services that start together do not stay together. */
    private static final double JITTER = 0.1;

    private final Duration driftPeriod;
    private final Duration retryFirst;
    private final Duration retryLongest;
    private final RandomGenerator random;
    private final Map<String, Duration> lastPauses = new ConcurrentHashMap<>();

    Schedule(Duration driftPeriod, Duration retryFirst, Duration retryLongest, RandomGenerator random) {
        this.driftPeriod = driftPeriod;
        this.retryFirst = retryFirst;
        this.retryLongest = retryLongest;
        this.random = random;
    }

    /** @param uid of the Service that the pass was over */
    UpdateControl<Service> control(String uid, NextPass next) {
        return switch (next) {
            case NextPass.Drift() -> {
                forget(uid);
                yield after(jittered(driftPeriod));
            }
            case NextPass.Wake() -> after(UNWOKEN);
            case NextPass.After(Duration pause) -> after(pause);
            case NextPass.Never() -> {
                forget(uid);
                yield UpdateControl.noUpdate();
            }
            case NextPass.Retry() -> after(lastPauses.merge(uid, retryFirst, (last, _) -> longer(last)));
        };
    }

    void forget(String uid) {
        lastPauses.remove(uid);
    }

    private Duration longer(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(retryLongest) < 0 ? doubled : retryLongest;
    }

    private static UpdateControl<Service> after(Duration pause) {
        return UpdateControl.<Service>noUpdate().rescheduleAfter(pause);
    }

    private Duration jittered(Duration period) {
        return Duration.ofMillis((long) (period.toMillis() * (1 + JITTER * (2 * random.nextDouble() - 1))));
    }
}
