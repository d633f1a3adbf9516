package io.octavialb.openstack;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request and what came of it; a request that is repeated is several attempts.
 *
 * @param path with placeholders for ids, so that it may label a metric: {@code /v2/lbaas/loadbalancers/{id}}
 * @param status 0 when there was no answer
 * @param failure null when it did what it was asked
 */
public record Attempt(
        Api api, String method, String path, int status, CloudException.@Nullable Kind failure, Duration duration) {

    /** Told of every attempt when it ends, on the thread that made it; must be quick and thread-safe. */
    @FunctionalInterface
    public interface Observer {
        Observer NOBODY = attempt -> {};

        void ended(Attempt attempt);
    }
}
