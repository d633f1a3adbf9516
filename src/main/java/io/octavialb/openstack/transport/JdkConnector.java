package io.octavialb.openstack.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.openstack4j.core.transport.HttpExecutorService;
import org.openstack4j.core.transport.HttpRequest;
import org.openstack4j.core.transport.HttpResponse;

/**
 * Carries out openstack4j's requests with {@code java.net.http}; found by it as a service.
 *
 * <p>Every answer is returned as it came, errors included. What is no answer is an {@link UncheckedIOException}. The
 * read timeout of the request's configuration bounds the whole exchange, body included: the JDK's own timeout ends
 * with the headers.
 */
public final class JdkConnector implements HttpExecutorService {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

    @Override
    public <R> HttpResponse execute(HttpRequest<R> request) {
        HttpClient client = HttpClients.of(request.getConfig());
        CompletableFuture<java.net.http.HttpResponse<byte[]>> exchange =
                client.sendAsync(converted(request), BodyHandlers.ofByteArray());
        try {
            return new JdkResponse(exchange.get(timeout(request).toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            exchange.cancel(true);
            throw new UncheckedIOException(new HttpTimeoutException("no answer within " + timeout(request)));
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", e));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io
                    ? new UncheckedIOException(io)
                    : new UncheckedIOException(new IOException(e.getCause()));
        }
    }

    private static java.net.http.HttpRequest converted(HttpRequest<?> request) {
        java.net.http.HttpRequest.Builder builder = java.net.http.HttpRequest.newBuilder(uri(request))
                .method(request.getMethod().name(), body(request))
                .header("Accept", "application/json");
        if (request.hasJson()) {
            builder.header("Content-Type", "application/json");
        }
        request.getHeaders().forEach((name, value) -> builder.header(name, String.valueOf(value)));
        return builder.build();
    }

    private static BodyPublisher body(HttpRequest<?> request) {
        return request.hasJson() ? BodyPublishers.ofString(request.getJson()) : BodyPublishers.noBody();
    }

    private static URI uri(HttpRequest<?> request) {
        String url = request.getEndpoint() + request.getPath();
        return URI.create(request.hasQueryParams() ? url + "?" + query(request.getQueryParams()) : url);
    }

    private static String query(Map<String, List<Object>> parameters) {
        return parameters.entrySet().stream()
                .flatMap(parameter -> parameter.getValue().stream()
                        .map(value -> encoded(parameter.getKey()) + "=" + encoded(String.valueOf(value))))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static Duration timeout(HttpRequest<?> request) {
        int configured = request.getConfig() == null ? 0 : request.getConfig().getReadTimeout();
        return configured > 0 ? Duration.ofMillis(configured) : DEFAULT_TIMEOUT;
    }

    @Override
    public String getExecutorDisplayName() {
        return "java.net.http";
    }
}
