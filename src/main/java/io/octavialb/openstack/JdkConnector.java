package io.octavialb.openstack;

import io.octavialb.openstack.CloudException.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.openstack4j.core.transport.ClientConstants;
import org.openstack4j.core.transport.Config;
import org.openstack4j.core.transport.HttpExecutorService;
import org.openstack4j.core.transport.HttpRequest;
import org.openstack4j.core.transport.HttpResponse;

/**
 * openstack4j's way to the network: {@link HttpClient} with HTTP/1.1 and connections that are used again.
 *
 * <p>openstack4j makes the only instance (META-INF/services) and hands over a {@link Config} with each request; there is
 * one client per TLS context. A success is returned, all else thrown as {@link ExchangeException} with body and headers,
 * which openstack4j's own exceptions lose.
 */
public final class JdkConnector implements HttpExecutorService {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final int LARGEST_BODY = 64 << 20;
    /** openstack4j hands nothing of ours through; what is sent is sent on the thread that asked. */
    private static final ScopedValue<Tenure> TENURE = ScopedValue.newInstance();

    private static final Map<SSLContext, HttpClient> CLIENTS = new ConcurrentHashMap<>();

    /** Requests whose {@link Config} has this TLS context may be sent until it is closed. */
    static void open(SSLContext tls, Duration requestTimeout) {
        Duration connectTimeout = CONNECT_TIMEOUT.compareTo(requestTimeout) < 0 ? CONNECT_TIMEOUT : requestTimeout;
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connectTimeout)
                .sslContext(tls)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
        CLIENTS.put(tls, client);
    }

    /** Ends the connections of this TLS context, and the requests on them. */
    static void close(SSLContext tls) {
        HttpClient client = CLIENTS.remove(tls);
        if (client != null) {
            client.shutdownNow();
        }
    }

    /** Sends what the call sends if the tenure allows, and gives up waiting when it ends. */
    static <T> T during(Tenure tenure, Supplier<T> call) {
        return ScopedValue.where(TENURE, tenure).call(call::get);
    }

    @Override
    public String getExecutorDisplayName() {
        return "java.net.http";
    }

    @Override
    public <R> HttpResponse execute(HttpRequest<R> request) {
        Config config = request.getConfig();
        HttpClient client = CLIENTS.get(config.getSslContext());
        if (client == null) {
            throw ExchangeException.unsent(Kind.UNREACHABLE, "the client is closed");
        }
        Tenure tenure = TENURE.orElse(Tenure.UNLIMITED);
        if (!tenure.allowsStart()) {
            throw ExchangeException.unsent(
                    Kind.TENURE_OVER, "not sent: the Lease of this replica has ended, or is about to");
        }
        Answer answer = answer(client, translated(request), Duration.ofMillis(config.getReadTimeout()), tenure);
        if (answer.getStatus() < 200 || answer.getStatus() > 299) {
            throw ExchangeException.refused(answer);
        }
        return answer;
    }

    private static <R> java.net.http.HttpRequest translated(HttpRequest<R> request) {
        java.net.http.HttpRequest.Builder builder = java.net.http.HttpRequest.newBuilder()
                .uri(URI.create(request.getUrl()))
                .method(request.getMethod().name(), body(request))
                .header("Accept", "application/json")
                .header("User-Agent", "octavia-lb");
        if (request.getEntity() != null) {
            builder.header("Content-Type", "application/json");
        }
        request.getHeaders().forEach((name, value) -> {
            if (!name.equals(ClientConstants.HEADER_OS4J_AUTH)) {
                set(builder, name, String.valueOf(value));
            }
        });
        return builder.build();
    }

    private static void set(java.net.http.HttpRequest.Builder builder, String name, String value) {
        boolean sendable = value.chars().allMatch(c -> c >= ' ' && c <= '~');
        if (!sendable) {
            // The JDK's own exception would quote the value, which may be a token.
            throw ExchangeException.unsent(Kind.BAD_REQUEST, name + " has characters that a header can't have");
        }
        builder.setHeader(name, value);
    }

    private static <R> BodyPublisher body(HttpRequest<R> request) {
        return request.getEntity() instanceof JsonBody body
                ? BodyPublishers.ofString(body.json().toString())
                : BodyPublishers.noBody();
    }

    /** Waits for the whole answer, body included, which {@code HttpRequest.timeout} would not. */
    private static Answer answer(
            HttpClient client, java.net.http.HttpRequest request, Duration timeout, Tenure tenure) {
        CompletableFuture<java.net.http.HttpResponse<byte[]>> pending =
                client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_BODY));
        try {
            java.net.http.HttpResponse<byte[]> response = within(timeout, tenure, pending);
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (TimeoutException e) {
            pending.cancel(true);
            throw ExchangeException.noAnswer(String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            pending.cancel(true);
            Thread.currentThread().interrupt();
            throw ExchangeException.noAnswer("interrupted", e);
        } catch (ExecutionException e) {
            throw failed(e.getCause() == null ? e : e.getCause());
        }
    }

    /** Waits on where the tenure, which is looked at when it would have ended, has become longer since. */
    private static <T> T within(Duration timeout, Tenure tenure, Future<T> pending)
            throws TimeoutException, InterruptedException, ExecutionException {
        long start = System.nanoTime();
        while (true) {
            Duration left = timeout.minusNanos(System.nanoTime() - start);
            Duration tenureLeft = tenure.left();
            if (!left.isPositive()) {
                throw new TimeoutException("no whole answer within " + timeout.toMillis() + " ms");
            }
            if (!tenureLeft.isPositive()) {
                throw new TimeoutException("no answer before the Lease of this replica ended");
            }
            try {
                return pending.get(
                        left.compareTo(tenureLeft) < 0 ? left.toNanos() : tenureLeft.toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException _) {
                // Which of the two has ended is seen above.
            }
        }
    }

    private static ExchangeException failed(Throwable cause) {
        return switch (cause) {
            case HttpConnectTimeoutException e -> ExchangeException.unreachable("no connection in time", e);
            case ConnectException e -> ExchangeException.unreachable("no connection: " + deepest(e), e);
            case SSLHandshakeException e -> ExchangeException.unreachable("TLS: " + deepest(e), e);
            case IOException e -> ExchangeException.noAnswer("the connection was lost: " + deepest(e), e);
            default -> ExchangeException.noAnswer(cause.toString(), cause);
        };
    }

    private static String deepest(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return message == null ? root.getClass().getSimpleName() : message;
    }
}
