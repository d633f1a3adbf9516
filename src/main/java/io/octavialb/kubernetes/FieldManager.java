package io.octavialb.kubernetes;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Service;
import io.octavialb.config.ServiceOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Our field manager on every write, and what {@code metadata.managedFields} tells of who wrote what a service controller
 * writes.
 *
 * <p>Instances for several load balancer classes can share a cluster, and an instance can be given another class: the
 * name carries the class, so that what one wrote is never taken for what another serves.
 */
record FieldManager(String name) {
    private static final String PROGRAM = "octavia-lb-controller";

    /** What the API server allows; it wants printable characters besides, which a class always is. */
    private static final int LONGEST_NAME = 128;

    /** Of the instance that serves this class; null: Services without one. */
    static FieldManager of(@Nullable String loadBalancerClass) {
        if (loadBalancerClass == null) {
            return new FieldManager(PROGRAM);
        }
        String name = PROGRAM + "-" + loadBalancerClass;
        if (name.length() > LONGEST_NAME) {
            String hash = "-" + Integer.toHexString(name.hashCode());
            name = name.substring(0, LONGEST_NAME - hash.length()) + hash;
        }
        return new FieldManager(name);
    }

    /** Which instances of this program wrote to a Service. */
    enum Writer {
        /** One that serves our class; perhaps others, too. */
        THIS_CLASS,
        /** Only those that serve another class. */
        OTHER_CLASS,
        NONE_OF_US
    }

    /** A foreign manager and the time of its last write. */
    record Foreign(String manager, Instant time) {
        /** How long it takes until the Service has been quiet for {@code quiet}; zero or less: it has. */
        Duration contestedFor(Duration quiet, Instant now) {
            return Duration.between(now, time.plus(quiet));
        }
    }

    /** Who of us wrote any of what a service controller writes. */
    Writer writer(Service service) {
        List<String> managers = service.getMetadata().getManagedFields().stream()
                .filter(FieldManager::isServiceController)
                .map(ManagedFieldsEntry::getManager)
                .filter(Objects::nonNull)
                .toList();
        if (managers.contains(name)) {
            return Writer.THIS_CLASS;
        }
        return managers.stream().anyMatch(FieldManager::isOfThisProgram) ? Writer.OTHER_CLASS : Writer.NONE_OF_US;
    }

    private static boolean isOfThisProgram(String manager) {
        return manager.equals(PROGRAM) || manager.startsWith(PROGRAM + "-");
    }

    /** The last foreign service controller that wrote to the Service after {@code since}. */
    Optional<Foreign> foreignSince(Service service, Instant since) {
        return service.getMetadata().getManagedFields().stream()
                .filter(entry -> entry.getManager() != null
                        && !entry.getManager().equals(name)
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
