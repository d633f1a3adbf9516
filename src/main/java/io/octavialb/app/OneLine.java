package io.octavialb.app;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.octavialb.kubernetes.ApiFailure;

/** What went wrong, in one line that a user can act upon. */
final class OneLine {
    private OneLine() {}

    static String of(Throwable e) {
        if (e instanceof KubernetesClientException kubernetes) {
            return ApiFailure.words(kubernetes);
        }
        String message = e.getMessage();
        return message == null || message.isBlank()
                ? e.getClass().getSimpleName()
                : message.strip().lines().findFirst().orElse("");
    }
}
