package io.octavialb.openstack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.octavialb.openstack.CloudException.Fault;
import io.octavialb.openstack.CloudException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.openstack4j.core.transport.HttpResponse;

/** Tells answers from faults, and reads both. */
final class Answers {
    private static final int LONGEST_TEXT = 500;

    private final ObjectMapper json;
    private final InstantSource clock;

    Answers(ObjectMapper json, InstantSource clock) {
        this.json = json;
        this.clock = clock;
    }

    /**
     * The body of a successful answer; missing when it has none and none is promised.
     *
     * @param bodyPromised whether the API answers this request with a JSON object
     */
    JsonNode read(ApiRequest request, HttpResponse response, boolean bodyPromised) {
        String body = body(response);
        if (response.getStatus() >= 300) {
            throw fault(request, response, kind(response.getStatus()), text(body), null);
        }
        if (!bodyPromised) {
            return MissingNode.getInstance();
        }
        try {
            JsonNode node = json.readTree(body);
            if (node.isObject()) {
                return node;
            }
            throw fault(request, response, Kind.MALFORMED, "not a JSON object: " + text(body), null);
        } catch (JsonProcessingException e) {
            throw fault(request, response, Kind.MALFORMED, "not JSON: " + text(body), null);
        }
    }

    /** What no answer at all comes to: it matters whether the request can have been seen by the cloud. */
    CloudException noAnswer(ApiRequest request, UncheckedIOException failure) {
        IOException cause = Objects.requireNonNull(failure.getCause());
        boolean neverSent = Stream.<@Nullable Throwable>iterate(cause, e -> e != null, e -> e.getCause())
                .anyMatch(e -> e instanceof ConnectException
                        || e instanceof HttpConnectTimeoutException
                        || e instanceof UnresolvedAddressException
                        || e instanceof SSLHandshakeException);
        Kind kind = neverSent ? Kind.UNREACHABLE : Kind.NO_ANSWER;
        String text = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new CloudException(
                new Fault(kind, request.label(), request.mutates(), 0, cut(text), null, null), failure);
    }

    CloudException malformed(ApiRequest request, HttpResponse response, RuntimeException cause) {
        return fault(request, response, Kind.MALFORMED, "not what the API promises: " + cut(firstLine(cause)), cause);
    }

    private CloudException fault(
            ApiRequest request, HttpResponse response, Kind kind, String text, @Nullable Throwable cause) {
        String requestId = Stream.of("x-openstack-request-id", "x-compute-request-id")
                .map(response::header)
                .filter(id -> id != null)
                .findFirst()
                .orElse(null);
        Duration retryAfter = RetryAfter.read(response.header("Retry-After"), clock.instant());
        return new CloudException(
                new Fault(kind, request.label(), request.mutates(), response.getStatus(), text, requestId, retryAfter),
                cause);
    }

    private static Kind kind(int status) {
        return switch (status) {
            case 401 -> Kind.UNAUTHENTICATED;
            case 403 -> Kind.FORBIDDEN;
            case 404 -> Kind.NOT_FOUND;
            case 409 -> Kind.CONFLICT;
            case 429 -> Kind.TOO_MANY_REQUESTS;
            // 501 is how Octavia refuses an option that the provider driver has not.
            case 501 -> Kind.BAD_REQUEST;
            default -> status >= 500 ? Kind.SERVER_ERROR : status >= 400 ? Kind.BAD_REQUEST : Kind.MALFORMED;
        };
    }

    /** The API's own words: Octavia's faultstring, Neutron's and Keystone's message, else the body without tags. */
    private String text(String body) {
        try {
            JsonNode node = json.readTree(body);
            String said = Stream.of("/faultstring", "/NeutronError/message", "/error/message", "/message", "/title")
                    .map(path -> node.at(path).asText(""))
                    .filter(text -> !text.isEmpty())
                    .findFirst()
                    .orElse("");
            return said.isEmpty() ? cut(body) : cut(said);
        } catch (JsonProcessingException e) {
            return cut(body.replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ").strip());
        }
    }

    private static String body(HttpResponse response) {
        try {
            return new String(response.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String firstLine(RuntimeException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private static String cut(String text) {
        return text.isEmpty() ? "no further word" : text.substring(0, Math.min(LONGEST_TEXT, text.length()));
    }
}
