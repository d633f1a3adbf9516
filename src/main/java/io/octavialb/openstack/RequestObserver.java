package io.octavialb.openstack;

import java.time.Duration;

/** Is told of every attempt of every request; called on the requesting thread. */
@FunctionalInterface
public interface RequestObserver {
    RequestObserver NOBODY = attempt -> {};

    /**
     * One attempt.
     *
     * @param request method and path template
     * @param result {@code ok}, the HTTP status of a failure, or the kind of fault when there was no answer
     */
    record Attempt(String service, String request, boolean mutation, String result, Duration took) {}

    void attempted(Attempt attempt);
}
