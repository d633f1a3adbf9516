package io.octavialb.openstack;

import io.octavialb.config.Credentials;
import io.octavialb.config.EndpointType;
import io.octavialb.openstack.transport.TlsSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a cloud.
 *
 * @param authUrl Keystone's v3 endpoint, with or without {@code /v3}
 * @param region null takes the catalog's first
 * @param requestTimeout bounds each request, answer included
 */
public record OpenStackSettings(
        String authUrl,
        @Nullable String region,
        EndpointType endpointType,
        Credentials credentials,
        TlsSettings tls,
        Duration requestTimeout) {}
