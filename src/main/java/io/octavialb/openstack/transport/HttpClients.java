package io.octavialb.openstack.transport;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openstack4j.core.transport.Config;

/**
 * One HTTP client, and so one set of connections, per openstack4j configuration object.
 *
 * <p>HTTP/1.1 only: over HTTP/2 a server's stream limit fails calls instead of queueing them.
 */
public final class HttpClients {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Map<Config, HttpClient> CLIENTS = Collections.synchronizedMap(new IdentityHashMap<>());

    private HttpClients() {}

    static HttpClient of(@Nullable Config config) {
        return CLIENTS.computeIfAbsent(config == null ? Config.DEFAULT : config, HttpClients::open);
    }

    private static HttpClient open(Config config) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(
                        config.getConnectTimeout() > 0
                                ? Duration.ofMillis(config.getConnectTimeout())
                                : CONNECT_TIMEOUT);
        if (config.getSslContext() != null) {
            builder.sslContext(config.getSslContext());
        }
        return builder.build();
    }

    /** Closes the connections of a configuration that is used no more; requests under way are broken off. */
    public static void close(Config config) {
        HttpClient client = CLIENTS.remove(config);
        if (client != null) {
            client.shutdownNow();
        }
    }
}
