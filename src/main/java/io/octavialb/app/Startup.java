package io.octavialb.app;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.octavialb.openstack.CloudException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first words with the cloud and the cluster: they fail at once, or are tried again.
 *
 * @param wait whether to keep trying
 */
record Startup(boolean wait) {
    private static final Logger LOG = LoggerFactory.getLogger(Startup.class);
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    void attempt(String whom, Runnable words) throws StartupException, InterruptedException {
        for (Duration pause = FIRST; ; pause = longer(pause)) {
            try {
                words.run();
                return;
            } catch (CloudException | KubernetesClientException | IllegalArgumentException e) {
                if (!wait) {
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
