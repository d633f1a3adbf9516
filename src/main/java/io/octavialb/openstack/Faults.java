package io.octavialb.openstack;

import io.octavialb.openstack.CloudException.Fault;
import io.octavialb.openstack.CloudException.Kind;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes what went wrong a value that names the request.
 *
 * @param time what a {@code Retry-After} date is compared with
 */
record Faults(InstantSource time) {

    /** @param secrets what must not show even if the answer repeats it */
    CloudException of(ApiRequest request, ExchangeException e, List<String> secrets) {
        Answer answer = e.answer();
        Kind kind = e.kind();
        if (answer == null) {
            Kind own = kind == null ? Kind.NO_ANSWER : kind;
            return new CloudException(
                    fault(own, request, 0, FaultText.clean(e.reason(), secrets), null, null), e.getCause());
        }
        String words = FaultText.of(answer, secrets);
        String text = kind == Kind.MALFORMED
                ? FaultText.clean("not the answer that the API promises: " + e.reason() + ": " + words, secrets)
                : words;
        return new CloudException(
                fault(
                        kind == null ? kind(answer.getStatus()) : kind,
                        request,
                        answer.getStatus(),
                        text,
                        answer.requestId(),
                        retryAfter(answer)),
                null);
    }

    static Fault unsent(ApiRequest request, Kind kind, String text) {
        return fault(kind, request, 0, text, null, null);
    }

    private static Fault fault(
            Kind kind,
            ApiRequest request,
            int status,
            String text,
            @Nullable String requestId,
            @Nullable Duration retryAfter) {
        return new Fault(kind, request.label(), request.mutation(), status, text, requestId, retryAfter);
    }

    /** A redirect is no answer of the API either: some other server listens at the catalog's URL. */
    private static Kind kind(int status) {
        return switch (status) {
            case 401 -> Kind.UNAUTHENTICATED;
            case 403 -> Kind.FORBIDDEN;
            case 404 -> Kind.NOT_FOUND;
            case 409, 412 -> Kind.CONFLICT;
            case 429 -> Kind.TOO_MANY_REQUESTS;
            // How Octavia refuses an option that the provider driver does not have.
            case 501 -> Kind.BAD_REQUEST;
            default -> status >= 500 ? Kind.SERVER_ERROR : status >= 400 ? Kind.BAD_REQUEST : Kind.MALFORMED;
        };
    }

    /** RFC 9110 section 10.2.3: seconds or a date; null when it is neither. */
    private @Nullable Duration retryAfter(Answer answer) {
        String value = answer.find("retry-after").orElse("").strip();
        Duration wait;
        try {
            wait = value.matches("\\d{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(value))
                    : Duration.between(
                            time.instant(),
                            ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
        } catch (DateTimeException e) {
            return null;
        }
        return wait.isNegative() ? Duration.ZERO : wait;
    }
}
