package io.octavialb.kubernetes;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Service;
import io.octavialb.model.Notice;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The condition {@code LoadBalancerReady} in {@code status.conditions} of a Service: whether its load balancer is as it
 * asks for, and why not.
 *
 * <p>The list is shared with others and its items are told apart by {@code type}, so ours is written as strategic merge
 * patch. {@code lastTransitionTime} is left out: it moves only when {@code status} does.
 *
 * @param status {@code True} or {@code False}
 * @param reason one word in camel case
 * @param message for people
 * @param observedGeneration the {@code metadata.generation} it is about; null: not known
 */
record ReadyCondition(
        String status,
        String reason,
        String message,
        @Nullable Long observedGeneration) {
    static final String TYPE = "LoadBalancerReady";
    static final String PENDING = "Pending";

    private static final String TRUE = "True";
    private static final String FALSE = "False";
    /** As long as an event's; the field's own limit is 32768. */
    private static final int LONGEST_MESSAGE = 1024;

    ReadyCondition {
        message = message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) : message;
    }

    static ReadyCondition ready(List<Notice> notices) {
        return new ReadyCondition(
                TRUE,
                "Ensured",
                notices.isEmpty() ? "The load balancer is as the Service asks for" : messages(notices),
                null);
    }

    static ReadyCondition notReady(String reason, String message) {
        return new ReadyCondition(FALSE, reason, message, null);
    }

    static String messages(List<Notice> notices) {
        return notices.stream().map(Notice::message).distinct().collect(Collectors.joining("; "));
    }

    /** The one that the Service has; null: none. */
    static @Nullable ReadyCondition of(Service service) {
        return find(service)
                .map(present -> new ReadyCondition(
                        Objects.requireNonNullElse(present.getStatus(), "Unknown"),
                        Objects.requireNonNullElse(present.getReason(), ""),
                        Objects.requireNonNullElse(present.getMessage(), ""),
                        present.getObservedGeneration()))
                .findFirst()
                .orElse(null);
    }

    private static Stream<Condition> find(Service service) {
        return service.getStatus() == null || service.getStatus().getConditions() == null
                ? Stream.empty()
                : service.getStatus().getConditions().stream().filter(condition -> TYPE.equals(condition.getType()));
    }

    ReadyCondition observing(Service service) {
        return new ReadyCondition(status, reason, message, service.getMetadata().getGeneration());
    }

    /**
     * What the Service's condition is after this one was found.
     *
     * <p>A load balancer that serves goes on serving while it is changed, and nodes come and go: waiting for that is no
     * word against it.
     */
    ReadyCondition after(@Nullable ReadyCondition present) {
        return present != null && reason.equals(PENDING) && present.status.equals(TRUE) ? present : this;
    }

    /** The item of a strategic merge patch that makes this the Service's condition. */
    Map<String, Object> patch(Service service, Instant now) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("type", TYPE);
        entry.put("status", status);
        if (observedGeneration != null) {
            entry.put("observedGeneration", observedGeneration);
        }
        entry.put("lastTransitionTime", transition(service, now));
        entry.put("reason", reason);
        entry.put("message", message);
        return entry;
    }

    private String transition(Service service, Instant now) {
        return find(service)
                .filter(present -> status.equals(present.getStatus()) && present.getLastTransitionTime() != null)
                .map(Condition::getLastTransitionTime)
                .findFirst()
                .orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).toString());
    }

    /** The item of a strategic merge patch that takes ours out of the list. */
    static Map<String, Object> removal() {
        return Map.of("$patch", "delete", "type", TYPE);
    }
}
