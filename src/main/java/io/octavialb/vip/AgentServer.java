package io.octavialb.vip;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/** Serves {@code /healthz}, {@code /metrics} and {@code /status}. */
final class AgentServer implements AutoCloseable {
    private final HttpServer server;

    /** Loaded when somebody asks for the status: it takes a megabyte or two. */
    private static final class Json {
        static final ObjectMapper MAPPER = new ObjectMapper();
    }

    private record Answer(int status, String type, String body) {}

    /** Asks the protocol's thread. */
    interface Asking<T> {
        T ask() throws IOException;
    }

    private AgentServer(HttpServer server) {
        this.server = server;
    }

    /** @param stuck why the protocol's thread does not run; empty when it does */
    static AgentServer start(
            InetSocketAddress address, AgentMetrics metrics, Asking<String> stuck, Asking<AgentStatus> status)
            throws IOException {
        HttpServer server = HttpServer.create(address, 0);
        serve(server, "/healthz", () -> {
            String why = stuck.ask();
            return new Answer(why.isEmpty() ? 200 : 503, "text/plain", why.isEmpty() ? "ok\n" : why + "\n");
        });
        serve(server, "/metrics", () -> new Answer(200, "text/plain; version=0.0.4", metrics.text()));
        serve(
                server,
                "/status",
                () -> new Answer(200, "application/json", Json.MAPPER.writeValueAsString(status.ask()) + "\n"));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        return new AgentServer(server);
    }

    private interface Answering {
        Answer answer() throws IOException;
    }

    private static void serve(HttpServer server, String path, Answering answering) {
        server.createContext(path, exchange -> answer(exchange, answering.answer()));
    }

    private static void answer(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            exchange.sendResponseHeaders(answer.status(), body.length);
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
