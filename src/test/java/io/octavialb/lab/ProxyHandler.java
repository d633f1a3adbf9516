package io.octavialb.lab;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Forwards one service's requests, unless a fault says otherwise, and reports each before its answer leaves. */
final class ProxyHandler implements HttpHandler {
    /** Belong to one connection, or are set by the client and the server themselves (RFC 9110 section 7.6.1). */
    private static final Set<String> NOT_FORWARDED = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings",
            "expect",
            "host",
            "content-length",
            "date");

    private final CloudService service;
    private final String upstream;
    private final HttpClient client;
    private final UrlRewriting rewriting;
    private final FaultRules faults;
    private final Consumer<RecordedCall> recorder;

    ProxyHandler(
            CloudService service,
            String upstream,
            HttpClient client,
            UrlRewriting rewriting,
            FaultRules faults,
            Consumer<RecordedCall> recorder) {
        this.service = service;
        this.upstream = upstream;
        this.client = client;
        this.rewriting = rewriting;
        this.faults = faults;
        this.recorder = recorder;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        var at = Instant.now();
        // closing an exchange that was not answered closes the client's connection
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            var call = call(exchange);
            Function<Integer, RecordedCall> outcome =
                    status -> new RecordedCall(call, status, at, Duration.between(at, Instant.now()));
            switch (faults.take(call).orElse(new Fault.Delay(Duration.ZERO))) {
                case Fault.Answer answer -> {
                    answer.headers().forEach(exchange.getResponseHeaders()::set);
                    recorder.accept(outcome.apply(answer.status()));
                    send(exchange, answer.status(), answer.bytes());
                }
                case Fault.DropRequest() -> recorder.accept(outcome.apply(RecordedCall.NO_ANSWER));
                case Fault.DropAnswer() -> {
                    forward(exchange, body);
                    recorder.accept(outcome.apply(RecordedCall.NO_ANSWER));
                }
                case Fault.Delay(Duration delay) -> {
                    Thread.sleep(delay);
                    pass(exchange, body, outcome);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pass(HttpExchange exchange, byte[] body, Function<Integer, RecordedCall> outcome)
            throws IOException, InterruptedException {
        HttpResponse<byte[]> answer;
        try {
            answer = forward(exchange, body);
        } catch (IOException unreachable) {
            recorder.accept(outcome.apply(RecordedCall.NO_ANSWER));
            return;
        }
        copy(answer.headers(), exchange.getResponseHeaders());
        recorder.accept(outcome.apply(answer.statusCode()));
        send(exchange, answer.statusCode(), isJson(answer) ? rewriting.apply(answer.body()) : answer.body());
    }

    private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(upstream + exchange.getRequestURI()))
                .method(
                        exchange.getRequestMethod(),
                        body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (isForwarded(name)) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private Call call(HttpExchange exchange) {
        var uri = exchange.getRequestURI();
        var query = uri.getRawQuery();
        return new Call(service, exchange.getRequestMethod(), uri.getRawPath(), query == null ? "" : query);
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        var none = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, none ? -1 : body.length);
        if (!none) {
            exchange.getResponseBody().write(body);
        }
    }

    private static void copy(HttpHeaders from, Headers to) {
        from.map().forEach((name, values) -> {
            if (isForwarded(name)) {
                values.forEach(value -> to.add(name, value));
            }
        });
    }

    private static boolean isForwarded(String header) {
        return !NOT_FORWARDED.contains(header.toLowerCase(Locale.ROOT));
    }

    private static boolean isJson(HttpResponse<byte[]> answer) {
        return answer.headers().firstValue("Content-Type").orElse("").contains("json");
    }
}
