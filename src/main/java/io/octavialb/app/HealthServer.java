package io.octavialb.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Answers the kubelet's probes: 200 and {@code ok}, or 503 and what is missing. */
final class HealthServer implements AutoCloseable {
    private final HttpServer server;

    /** A probe's answer; {@code missing} is empty when all is well. */
    record Health(String missing) {
        static final Health OK = new Health("");

        boolean ok() {
            return missing.isEmpty();
        }
    }

    private HealthServer(HttpServer server) {
        this.server = server;
    }

    /** Listens at once; port 0 takes a free one. */
    static HealthServer start(InetSocketAddress address, Supplier<Health> live, Supplier<Health> ready)
            throws StartupException {
        try {
            HttpServer server = HttpServer.create(address, 0);
            server.createContext("/healthz", exchange -> answer(exchange, live.get()));
            server.createContext("/readyz", exchange -> answer(exchange, ready.get()));
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return new HealthServer(server);
        } catch (IOException e) {
            throw new StartupException(
                    "can't listen on " + address + " for health probes: " + e.getMessage()
                            + ": choose another address with --health-port",
                    e);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange, Health health) throws IOException {
        byte[] body = (health.ok() ? "ok" : health.missing()).getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(health.ok() ? 200 : 503, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
