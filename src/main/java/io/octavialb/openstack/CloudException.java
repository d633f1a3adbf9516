package io.octavialb.openstack;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An OpenStack API did not do what it was asked; carries the fault as a value.
 *
 * <p>The message is made of the fault's parts, so no header and no body, and with them no secret, gets into a log.
 */
public final class CloudException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Fault fault;

    public CloudException(Fault fault, @Nullable Throwable cause) {
        super(fault.toString(), cause);
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }

    /** What kind of answer, or of no answer, it was. */
    public enum Kind {
        /** No connection was made: the request was not seen by the cloud. */
        UNREACHABLE,
        /** The request was sent and no whole answer came back in time, or the connection was lost. */
        NO_ANSWER,
        /** 401 even with a fresh token, or Keystone refused the credentials. */
        UNAUTHENTICATED,
        /** 403: policy, or a quota of Octavia. */
        FORBIDDEN,
        /** 404. */
        NOT_FOUND,
        /** 409: an immutable (pending) parent, an address in use, or a quota of Neutron; 412: somebody was faster. */
        CONFLICT,
        /** 400, 413, 422 and other 4xx: the request itself is refused. */
        BAD_REQUEST,
        /** 429. */
        TOO_MANY_REQUESTS,
        /** 5xx. */
        SERVER_ERROR,
        /** A success status with a body that is not what the API promises (HTML, malformed or empty JSON). */
        MALFORMED,
        /** Not sent: the endpoint's circuit breaker is open after too many connection failures. */
        CIRCUIT_OPEN,
        /** Not sent: the time in which this program may change the cloud is over ({@link Tenure}). */
        TENURE_OVER,
        /** Not sent: the service is missing from the token's catalog. */
        NO_ENDPOINT
    }

    /**
     * A fault.
     *
     * @param request method and path template, as in {@code POST /v2/lbaas/loadbalancers}
     * @param mutation whether the request was to change something
     * @param status the HTTP status; 0 when there was no answer
     * @param text the API's own words, cut to 500 characters
     * @param requestId {@code x-openstack-request-id}, for the cloud's operator
     */
    public record Fault(
            Kind kind,
            String request,
            boolean mutation,
            int status,
            String text,
            @Nullable String requestId,
            @Nullable Duration retryAfter) {

        /** Whether the cloud may have done what was asked all the same: look before asking again. */
        public boolean ambiguous() {
            return mutation
                    && switch (kind) {
                        case NO_ANSWER, SERVER_ERROR, MALFORMED -> true;
                        case UNREACHABLE,
                                UNAUTHENTICATED,
                                FORBIDDEN,
                                NOT_FOUND,
                                CONFLICT,
                                BAD_REQUEST,
                                TOO_MANY_REQUESTS,
                                CIRCUIT_OPEN,
                                TENURE_OVER,
                                NO_ENDPOINT -> false;
                    };
        }

        @Override
        public String toString() {
            return request + ": " + (status == 0 ? kind.name() : kind + " " + status) + ": " + text
                    + (requestId == null ? "" : " (request " + requestId + ")");
        }
    }
}
