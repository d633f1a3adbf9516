package io.octavialb.embedded.kubernetes;

import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.Headers;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.fabric8.mockwebserver.vertx.HttpServerRequestHandler;
import io.octavialb.embedded.kubernetes.ApiRequest.Target;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * The HTTP side: the mock server's request handler on a vert.x server, with watches beside it.
 *
 * <p>The mock's own server class gives no hand on a response, so that it knows watches over WebSocket only; kubectl wants
 * them as a chunked response. It also records every request for ever.
 *
 * <p>All requests are handled one after the other, on one event loop.
 */
final class ApiServer implements AutoCloseable {
    private static final int ENDS_SECONDS = 5;

    private final Vertx vertx = Vertx.vertx(new VertxOptions()
            .setEventLoopPoolSize(1)
            .setUseDaemonThread(true)
            .setFileSystemOptions(
                    new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();
    private final ObjectStore store;
    private final Watches watches;
    private final Function<ApiRequest, Optional<Refusal>> refusals;
    private final HttpServerRequestHandler answers;
    private final HttpServer server;

    ApiServer(
            ObjectStore store,
            ApiDispatcher dispatcher,
            Watches watches,
            Function<ApiRequest, Optional<Refusal>> refusals) {
        this.store = store;
        this.watches = watches;
        this.refusals = refusals;
        this.answers = new HttpServerRequestHandler(vertx) {
            @Override
            protected MockResponse onHttpRequest(RecordedRequest recorded) {
                return dispatcher.dispatch(ApiRequest.of(recorded));
            }
        };
        this.server = await(vertx.createHttpServer(new HttpServerOptions()
                        .setHost("127.0.0.1")
                        .setPort(0)
                        .setHttp2ClearTextEnabled(false)
                        .setHandle100ContinueAutomatically(true))
                .connectionHandler(connection -> {
                    connections.add(connection);
                    connection.closeHandler(_ -> connections.remove(connection));
                })
                .requestHandler(this::handle)
                .listen());
    }

    String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    /** Every connection ends, in the middle of whatever it carries. */
    void cutConnections() {
        connections.forEach(HttpConnection::close);
    }

    private void handle(HttpServerRequest received) {
        // The body is not there yet, and neither a refusal nor a watch depends on it.
        ApiRequest request = ApiRequest.of(new RecordedRequest(
                "HTTP/1.1",
                HttpMethod.fromVertx(received.method()),
                received.uri(),
                Headers.builder().addAll(received.headers()).build(),
                new Buffer()));
        switch (refusals.apply(request).orElse(null)) {
            case null -> answer(received, request);
            case Refusal.Answer(int code, String reason, String message) ->
                send(received, ApiException.of(code, reason, message));
            case Refusal.Cut() -> received.connection().close();
            case Refusal.AnswerLost() -> {
                received.response().headersEndHandler(_ -> received.connection().close());
                answers.handle(received);
            }
        }
    }

    private static void send(HttpServerRequest received, ApiException refusal) {
        received.resume();
        received.response()
                .setStatusCode(refusal.code())
                .putHeader("Content-Type", "application/json")
                .end(refusal.status().toString());
    }

    private void answer(HttpServerRequest received, ApiRequest request) {
        Optional<Target> target = request.target();
        if (target.isEmpty() || !request.isWatch()) {
            answers.handle(received);
            return;
        }
        try {
            watches.check(request);
            Selectors.of(request, target.get().type());
        } catch (ApiException refusal) {
            send(received, refusal);
            return;
        }
        if (received.headers().contains("Upgrade", "websocket", true)) {
            received.toWebSocket().onSuccess(socket -> watch(request, target.get(), socket));
        } else {
            received.resume();
            watch(request, target.get(), received.response());
        }
    }

    private void watch(ApiRequest request, Target target, ServerWebSocket socket) {
        Runnable end = watches.open(request, target, store, new Watches.Stream() {
            @Override
            public void send(String event) {
                socket.writeTextMessage(event);
            }

            @Override
            public void end() {
                socket.close();
            }
        });
        socket.closeHandler(_ -> end.run());
        if (socket.isClosed()) {
            end.run(); // by the time that it could be told
        }
        endInTime(request, socket::close);
    }

    private void watch(ApiRequest request, Target target, HttpServerResponse response) {
        response.setChunked(true).putHeader("Content-Type", "application/json").writeHead();
        Runnable end = watches.open(request, target, store, new Watches.Stream() {
            @Override
            public void send(String event) {
                response.write(event + "\n");
            }

            @Override
            public void end() {
                response.end();
            }
        });
        response.closeHandler(_ -> end.run());
        if (response.closed()) {
            end.run();
        }
        endInTime(request, () -> {
            end.run();
            if (!response.ended() && !response.closed()) {
                response.end();
            }
        });
    }

    private void endInTime(ApiRequest request, Runnable end) {
        String seconds = request.parameter("timeoutSeconds");
        if (seconds.matches("[1-9][0-9]{0,5}")) {
            vertx.setTimer(TimeUnit.SECONDS.toMillis(Long.parseLong(seconds)), _ -> end.run());
        }
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(ENDS_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the embedded Kubernetes API", e);
        }
    }

    @Override
    public void close() {
        cutConnections();
        await(vertx.close());
    }
}
