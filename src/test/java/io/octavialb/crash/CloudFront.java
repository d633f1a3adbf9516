package io.octavialb.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.octavialb.embedded.openstack.CloudAnswer;
import io.octavialb.embedded.openstack.CloudRequest;
import io.octavialb.embedded.openstack.EmbeddedOpenStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * HTTP in front of a cloud in memory, of which there is a new one for every run.
 *
 * <p>The JDK's own server starts in no time. The shared watch is answered only between passes: so the order of all calls
 * is the same in every run.
 */
final class CloudFront implements AutoCloseable {
    static {
        // Else every second answer on a connection waits 40 ms for an acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ReentrantLock pass = new ReentrantLock(true);
    private final Function<Call, Treatment> treatments;
    private volatile EmbeddedOpenStack cloud = new EmbeddedOpenStack();
    private volatile CountDownLatch silence = new CountDownLatch(1);

    CloudFront(Function<Call, Treatment> treatments) {
        this.treatments = treatments;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /** From now on in front of this one. */
    void serve(EmbeddedOpenStack next) {
        cloud = next;
        next.baseUrl(url());
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** During which the shared watch has to wait for its answers. */
    <T, E extends Exception> T pass(Pass<T, E> work) throws E {
        pass.lock();
        try {
            return work.run();
        } finally {
            pass.unlock();
        }
    }

    interface Pass<T, E extends Exception> {
        T run() throws E;
    }

    /** Requests that get no answer end without one. */
    void endSilence() {
        silence.countDown();
        silence = new CountDownLatch(1);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            CloudRequest request = request(exchange);
            Call call = Call.of(request);
            if (call.isWatch()) {
                pass.lock();
            }
            try {
                answer(exchange, request, treatments.apply(call));
            } finally {
                if (call.isWatch()) {
                    pass.unlock();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpExchange exchange, CloudRequest request, Treatment treatment)
            throws IOException, InterruptedException {
        switch (treatment) {
            case Treatment.Answered() -> send(exchange, cloud.answer(request), 1);
            case Treatment.Truncated() -> send(exchange, cloud.answer(request), 2);
            case Treatment.Cut() -> {}
            case Treatment.AnswerLost() -> cloud.answer(request);
            case Treatment.Silent() -> {
                CountDownLatch end = silence;
                cloud.answer(request);
                end.await();
            }
            case Treatment.Refused(int status, var headers, String body) -> {
                headers.forEach(exchange.getResponseHeaders()::set);
                byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    /** @param part the whole body for 1, half of it for 2 */
    private static void send(HttpExchange exchange, CloudAnswer answer, int part) throws IOException {
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] body =
                answer.body() == null ? new byte[0] : answer.body().toString().getBytes(StandardCharsets.UTF_8);
        int length = body.length / part;
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.status(), length == 0 ? -1 : length);
        exchange.getResponseBody().write(body, 0, length);
    }

    private static CloudRequest request(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        String query = exchange.getRequestURI().getRawQuery();
        return new CloudRequest(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                CloudRequest.parsed(query == null ? "" : query),
                headers,
                body(exchange.getRequestBody().readAllBytes()));
    }

    private static @Nullable JsonNode body(byte[] bytes) throws IOException {
        return bytes.length == 0 ? null : JSON.readTree(bytes);
    }

    @Override
    public void close() {
        endSilence();
        server.stop(0);
        threads.shutdownNow();
    }
}
