package io.octavialb.app;

import io.octavialb.config.CloudConfig;
import io.octavialb.openstack.Attempt;
import io.octavialb.openstack.OpenStack;
import io.octavialb.openstack.TlsFileException;
import java.time.InstantSource;

/** Opens the cloud that a cloud-config names. */
final class Cloud {
    private Cloud() {}

    static OpenStack open(CloudConfig config, Attempt.Observer observer) throws StartupException {
        try {
            return OpenStack.open(
                    config.global(), config.metadata().requestTimeout(), observer, InstantSource.system());
        } catch (TlsFileException e) {
            throw new StartupException(String.valueOf(e.getMessage()), e);
        }
    }
}
