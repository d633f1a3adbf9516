package io.octavialb.openstack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Keystone, Octavia and Neutron on one loopback server, which answer what a test tells them to. */
final class FakeCloud implements AutoCloseable {
    static final Limits QUICK = new Limits(16, 3, Duration.ofMillis(5), Duration.ofSeconds(5), Duration.ofMillis(200));
    static final String SECRET = "app-secret-7f";

    /** One request, as it came. */
    record Call(
            String method,
            String path,
            @Nullable String query,
            @Nullable String token,
            String body) {}

    /** One answer; status 0 drops the connection, a stall is before the last byte. */
    record Reply(int status, Map<String, String> headers, String body, Duration stall) {
        static Reply of(int status, String body) {
            return new Reply(status, Map.of("x-openstack-request-id", "req-1"), body, Duration.ZERO);
        }

        static Reply drop() {
            return of(0, "");
        }

        Reply with(String header, String value) {
            return new Reply(status, Map.of("x-openstack-request-id", "req-1", header, value), body, stall);
        }

        Reply stalled(Duration stall) {
            return new Reply(status, headers, body, stall);
        }
    }

    interface Answering {
        Reply answer(Call call);
    }

    private volatile Instant now = Instant.parse("2026-11-21T00:00:00Z");
    final List<Call> logins = new CopyOnWriteArrayList<>();
    final List<Call> calls = new CopyOnWriteArrayList<>();
    final List<Attempt> attempts = new CopyOnWriteArrayList<>();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private volatile Answering keystone = this::token;
    private volatile Answering apis = _ -> Reply.of(500, "nothing told");
    private volatile List<String> services = List.of("identity", "network", "load-balancer");

    FakeCloud() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> serve(exchange, false));
        server.createContext("/v3/", exchange -> serve(exchange, true));
        server.setExecutor(executor);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    FakeCloud answering(Answering answering) {
        apis = answering;
        return this;
    }

    FakeCloud keystoneAnswering(Answering answering) {
        keystone = answering;
        return this;
    }

    FakeCloud services(String... types) {
        services = List.of(types);
        return this;
    }

    OpenStack open() {
        return open(QUICK, Duration.ofSeconds(10));
    }

    OpenStack open(Limits limits, Duration requestTimeout) {
        return OpenStack.open(
                Globals.plain(url(), Globals.applicationCredential("id", SECRET)),
                requestTimeout,
                attempts::add,
                time(),
                limits);
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    InstantSource time() {
        return () -> now;
    }

    /** Token number n for the n-th log-in, good for an hour by a clock that is years behind ours. */
    Reply token(Call call) {
        ObjectNode token = Json.MAPPER.createObjectNode();
        ObjectNode content = token.putObject("token");
        content.put("issued_at", "2020-01-01T00:00:00.000000Z").put("expires_at", "2020-01-01T01:00:00.000000Z");
        var catalog = content.putArray("catalog");
        for (String type : services) {
            ObjectNode service = catalog.addObject().put("type", type).put("name", type);
            service.putArray("endpoints")
                    .addObject()
                    .put("interface", "public")
                    .put("region", "RegionOne")
                    .put("region_id", "RegionOne")
                    .put("url", url() + "/" + type + "/v2.0/");
        }
        return Reply.of(201, token.toString()).with("X-Subject-Token", "token-" + logins.size());
    }

    private void serve(HttpExchange exchange, boolean auth) throws IOException {
        try (exchange) {
            Call call = new Call(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getRawPath(),
                    exchange.getRequestURI().getRawQuery(),
                    exchange.getRequestHeaders().getFirst("X-Auth-Token"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            (auth ? logins : calls).add(call);
            Reply reply = (auth ? keystone : apis).answer(call);
            if (reply.status() == 0) {
                return;
            }
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body, 0, body.length - 1);
                exchange.getResponseBody().flush();
                Thread.sleep(reply.stall());
                exchange.getResponseBody().write(body, body.length - 1, 1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
