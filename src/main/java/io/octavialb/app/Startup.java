package io.octavialb.app;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.octavialb.openstack.CloudException;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first words with the cloud and the cluster: they fail at once, or are tried again.
 *
 * @param keepTrying whether to keep trying
 */
record Startup(boolean keepTrying) {
    private static final Logger LOG = LoggerFactory.getLogger(Startup.class);
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    <T> T attempt(String whom, Supplier<T> words) throws StartupException, InterruptedException {
        for (Duration pause = FIRST; ; pause = longer(pause)) {
            try {
                return words.get();
            } catch (CloudException | KubernetesClientException | IllegalStateException e) {
                if (!keepTrying) {
                    throw new StartupException(
                            whom + ": " + e.getMessage() + "\n(with --wait the controller keeps trying)", e);
                }
                LOG.warn("{}: {}; trying again in {} s", whom, e.getMessage(), pause.toSeconds());
                Thread.sleep(pause);
            }
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
    }
}
