package io.octavialb.kubernetes;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the controller runs.
 *
 * @param loadBalancerClass {@code --load-balancer-class}; null: Services without a class
 * @param concurrentServiceSyncs {@code --concurrent-service-syncs}: passes that run side by side
 * @param driftPeriod how often a Service is looked at although nothing changed, give or take a tenth
 * @param retryFirst pause after the first failure; doubles with each further one
 * @param retryLongest longest pause after a failure
 * @param nodesQuiet how long nodes have to be quiet before their changes are acted upon
 * @param nodesLongest how long their changes wait at most
 * @param leaderElect {@code --leader-elect}: work only while holding the Lease
 */
public record ControllerSettings(
        @Nullable String loadBalancerClass,
        int concurrentServiceSyncs,
        Duration driftPeriod,
        Duration retryFirst,
        Duration retryLongest,
        Duration nodesQuiet,
        Duration nodesLongest,
        boolean leaderElect,
        LeaseSettings lease) {

    /**
     * The Lease that tells which replica works.
     *
     * @param duration after which a silent leader is replaced
     * @param renewDeadline after which a leader that can't renew gives up
     * @param retryPeriod between tries
     */
    public record LeaseSettings(
            String namespace, String name, Duration duration, Duration renewDeadline, Duration retryPeriod) {
        public static final LeaseSettings DEFAULT = new LeaseSettings(
                "kube-system",
                "octavia-lb-controller",
                Duration.ofSeconds(15),
                Duration.ofSeconds(10),
                Duration.ofSeconds(2));

        public LeaseSettings named(String otherNamespace, String otherName) {
            return new LeaseSettings(otherNamespace, otherName, duration, renewDeadline, retryPeriod);
        }
    }

    public ControllerSettings {
        if (concurrentServiceSyncs < 1) {
            throw new IllegalArgumentException(
                    "concurrent-service-syncs " + concurrentServiceSyncs + ": at least 1 is needed");
        }
    }

    /** The defaults of the command line. */
    public static ControllerSettings defaults() {
        return new ControllerSettings(
                null,
                10,
                Duration.ofMinutes(10),
                Duration.ofSeconds(5),
                Duration.ofSeconds(300),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                true,
                LeaseSettings.DEFAULT);
    }
}
