package io.octavialb.kubernetes;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Service;
import io.octavialb.config.ServiceOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads from {@code metadata.managedFields} who writes what a service controller writes. */
final class FieldManagers {
    /** Our field manager on every write. */
    static final String OURS = "octavia-lb-controller";

    private FieldManagers() {}

    /** A foreign manager and the time of its last write. */
    record Foreign(String manager, Instant time) {
        /** How long it takes until the Service has been quiet for {@code quiet}; zero or less: it has. */
        Duration contestedFor(Duration quiet, Instant now) {
            return Duration.between(now, time.plus(quiet));
        }
    }

    /** Whether we wrote any of what a service controller writes. */
    static boolean wroteOurs(Service service) {
        return service.getMetadata().getManagedFields().stream()
                .anyMatch(entry -> OURS.equals(entry.getManager()) && isServiceController(entry));
    }

    /** The last foreign service controller that wrote to the Service after {@code since}. */
    static Optional<Foreign> foreignSince(Service service, Instant since) {
        return service.getMetadata().getManagedFields().stream()
                .filter(entry -> entry.getManager() != null
                        && !entry.getManager().equals(OURS)
                        && !entry.getManager().startsWith("kubectl")
                        && isServiceController(entry))
                .flatMap(entry -> time(entry).map(time -> new Foreign(entry.getManager(), time)).stream())
                .filter(foreign -> foreign.time().isAfter(since))
                .max((a, b) -> a.time().compareTo(b.time()));
    }

    /**
     * Whether the entry is what a service controller leaves: the load balancer status, the finalizer, or the id
     * annotation without any spec (tools that apply whole manifests may well set the annotation).
     */
    private static boolean isServiceController(ManagedFieldsEntry entry) {
        if (entry.getFieldsV1() == null) {
            return false;
        }
        Map<String, Object> fields = entry.getFieldsV1().getAdditionalProperties();
        return in(fields, "f:status", "f:loadBalancer") != null
                || in(fields, "f:metadata", "f:finalizers", "v:\"" + Responsibility.FINALIZER + "\"") != null
                || (in(fields, "f:metadata", "f:annotations", "f:" + ServiceOptions.LOAD_BALANCER_ID_KEY) != null
                        && !fields.containsKey("f:spec"));
    }

    private static @Nullable Object in(Object fields, String... path) {
        Object at = fields;
        for (String step : path) {
            at = at instanceof Map<?, ?> map ? map.get(step) : null;
        }
        return at;
    }

    private static Optional<Instant> time(ManagedFieldsEntry entry) {
        try {
            return Optional.ofNullable(entry.getTime()).map(Instant::parse);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
