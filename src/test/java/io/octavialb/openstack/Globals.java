package io.octavialb.openstack;

import io.octavialb.config.CloudConfig;
import io.octavialb.config.Credentials;
import io.octavialb.config.Credentials.Domain;
import io.octavialb.config.Credentials.Project;
import io.octavialb.config.Credentials.User;
import io.octavialb.config.EndpointType;
import io.octavialb.config.Secret;
import org.jspecify.annotations.Nullable;

/** Settings for tests, as a cloud-config would give them. */
final class Globals {
    static final Domain DEFAULT = new Domain("default", null);
    static final Domain DEFAULT_BY_NAME = new Domain(null, "Default");

    private Globals() {}

    static CloudConfig.Global plain(String authUrl, Credentials credentials) {
        return new CloudConfig.Global(authUrl, "RegionOne", EndpointType.PUBLIC, credentials, null, null, null, false);
    }

    static CloudConfig.Global tls(
            String authUrl,
            @Nullable String caFile,
            @Nullable String certFile,
            @Nullable String keyFile,
            boolean insecure) {
        return new CloudConfig.Global(
                authUrl,
                "RegionOne",
                EndpointType.PUBLIC,
                applicationCredential("id", "app-secret"),
                caFile,
                certFile,
                keyFile,
                insecure);
    }

    static Credentials password(String user, String password, String project) {
        return new Credentials.Password(
                new User(null, user, DEFAULT_BY_NAME), new Secret(password), new Project(null, project, DEFAULT));
    }

    static Credentials applicationCredential(String id, String secret) {
        return new Credentials.ApplicationCredential(id, null, null, new Secret(secret));
    }
}
