package io.octavialb.kubernetes;

import com.google.common.base.Strings;
import com.google.common.base.Throwables;
import io.fabric8.kubernetes.client.KubernetesClientException;

/**
 * What a request that the Kubernetes API did not do says to us: the client gives an answer's HTTP code, and −1 or 0 for
 * a server that was not reached or was gone before it answered.
 */
public final class ApiFailure {
    private static final int BAD_REQUEST = 400;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int CONFLICT = 409;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int INTERNAL_SERVER_ERROR = 500;

    private ApiFailure() {}

    /** Whether the same request may be done later: nobody answered, or the answer was about the server or the moment. */
    static boolean mayPass(KubernetesClientException e) {
        return switch (e.getCode()) {
            case REQUEST_TIMEOUT, CONFLICT, TOO_MANY_REQUESTS -> true;
            default -> e.getCode() < BAD_REQUEST || e.getCode() >= INTERNAL_SERVER_ERROR;
        };
    }

    /** One line: the server's own words where it gave any, else what kept us from asking it. */
    public static String words(KubernetesClientException e) {
        if (e.getCode() > 0) {
            String words = e.getStatus() == null ? null : e.getStatus().getMessage();
            return e.getCode() + ": "
                    + firstLine(Strings.isNullOrEmpty(words) ? String.valueOf(e.getMessage()) : words);
        }
        Throwable cause = Throwables.getRootCause(e);
        String message = cause.getMessage();
        return "no answer from the API server: "
                + (cause instanceof KubernetesClientException || message == null || message.isBlank()
                        ? cause.toString()
                        : firstLine(message));
    }

    private static String firstLine(String text) {
        return text.strip().lines().findFirst().orElse("");
    }
}
