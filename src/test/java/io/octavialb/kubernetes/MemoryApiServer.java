package io.octavialb.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.util.HashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A Kubernetes API in memory, with a client as a user has it. */
public final class MemoryApiServer implements AutoCloseable {
    /** Held, for levels are lost with their logger. The server logs each request at INFO. */
    private static final Logger SERVER_LOG = Logger.getLogger("io.fabric8.mockwebserver");

    static {
        SERVER_LOG.setLevel(Level.WARNING);
    }

    private final KubernetesMockServer server;
    private final KubernetesClient user;

    public MemoryApiServer(KubernetesCrudDispatcher dispatcher) {
        server = new KubernetesMockServer(new Context(), new MockWebServer(), new HashMap<>(), dispatcher, false);
        server.init();
        user = server.createClient();
    }

    public KubernetesMockServer server() {
        return server;
    }

    public KubernetesClient user() {
        return user;
    }

    /** Does not wait for the server's end: with a watch broken off at the wrong moment that takes it half a minute. */
    @Override
    public void close() {
        user.close();
        Thread.ofPlatform().daemon().name("server-end").start(() -> {
            try {
                server.destroy();
            } catch (IllegalStateException e) {
                SERVER_LOG.log(Level.WARNING, "the API server in memory ended late", e);
            }
        });
    }
}
