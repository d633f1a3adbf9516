package io.octavialb.app;

import io.octavialb.config.CloudConfig;
import io.octavialb.openstack.OpenStack;
import io.octavialb.openstack.OpenStackSettings;
import io.octavialb.openstack.RequestObserver;
import io.octavialb.openstack.transport.TlsSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Opens the cloud that a cloud-config names. */
final class Cloud {
    private Cloud() {}

    static OpenStack open(CloudConfig config, RequestObserver observer) throws StartupException {
        CloudConfig.Global global = config.global();
        TlsSettings tls = new TlsSettings(
                pem("ca-file", global.caFile()),
                pem("cert-file", global.certFile()),
                pem("key-file", global.keyFile()),
                global.tlsInsecure());
        OpenStackSettings settings = new OpenStackSettings(
                global.authUrl(),
                global.region(),
                global.endpointType(),
                global.credentials(),
                tls,
                config.metadata().requestTimeout());
        try {
            return OpenStack.open(settings, InstantSource.system(), observer);
        } catch (IllegalArgumentException e) {
            throw new StartupException(e.getMessage() + ": correct ca-file, cert-file or key-file in [Global]", e);
        }
    }

    private static @Nullable String pem(String key, @Nullable String path) throws StartupException {
        try {
            return path == null ? null : Files.readString(Path.of(path));
        } catch (IOException e) {
            throw new StartupException("[Global] " + key + " = \"" + path + "\": can't be read: " + e, e);
        }
    }
}
