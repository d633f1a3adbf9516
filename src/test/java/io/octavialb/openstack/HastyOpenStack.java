package io.octavialb.openstack;

import io.octavialb.config.CloudConfig;
import java.time.Duration;
import java.time.InstantSource;

/** The real client, with pauses of milliseconds between the attempts of a request. */
public final class HastyOpenStack {
    private static final Limits LIMITS =
            new Limits(16, 3, Duration.ofMillis(1), Duration.ofSeconds(2), Duration.ofMillis(1));

    private HastyOpenStack() {}

    public static OpenStack open(CloudConfig config, Duration requestTimeout) {
        return OpenStack.open(config.global(), requestTimeout, Attempt.Observer.NOBODY, InstantSource.system(), LIMITS);
    }
}
