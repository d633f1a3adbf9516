package io.octavialb.app;

import com.google.common.base.Throwables;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** What went wrong, in one line that a user can act upon. */
final class OneLine {
    private OneLine() {}

    static String of(Throwable e) {
        if (e instanceof KubernetesClientException kubernetes) {
            return first(kubernetes);
        }
        String message = e.getMessage();
        return message == null || message.isBlank()
                ? e.getClass().getSimpleName()
                : message.strip().lines().findFirst().orElse("");
    }

    /** The API server's own words where it gave any, else what kept us from asking it. */
    private static String first(KubernetesClientException e) {
        if (e.getCode() > 0) {
            String words =
                    e.getStatus() == null ? e.getMessage() : e.getStatus().getMessage();
            return e.getCode() + ": "
                    + String.valueOf(words).lines().findFirst().orElse("");
        }
        Throwable cause = Throwables.getRootCause(e);
        return "the API server can't be reached: "
                + (cause instanceof KubernetesClientException || cause.getMessage() == null
                        ? String.valueOf(cause)
                        : of(cause));
    }
}
