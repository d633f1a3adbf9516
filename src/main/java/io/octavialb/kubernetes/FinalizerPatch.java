package io.octavialb.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.octavialb.config.ServiceOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The JSON Patches (RFC 6902) that add and remove our finalizer; empty when there is nothing to do.
 *
 * <p>Each sets the {@code resourceVersion} that was read, which the API server takes as a precondition and answers 409 if
 * the object is another by now: positions in the list of finalizers would be others. An operation that can't be applied
 * to what the object is now is answered 422.
 */
final class FinalizerPatch {
    private FinalizerPatch() {}

    static Optional<String> add(ObjectMeta meta) {
        if (meta.getFinalizers().contains(Responsibility.FINALIZER)) {
            return Optional.empty();
        }
        return patch(
                meta,
                Stream.of(
                        meta.getFinalizers().isEmpty()
                                ? add("/metadata/finalizers", List.of(Responsibility.FINALIZER))
                                : add("/metadata/finalizers/-", Responsibility.FINALIZER)));
    }

    /** Removes what we published, too. */
    static Optional<String> remove(ObjectMeta meta) {
        Stream<Map<String, Object>> annotations = Stream.of(
                        ServiceOptions.LOAD_BALANCER_ID_KEY,
                        ServiceOptions.LOAD_BALANCER_ADDRESS_KEY,
                        ServiceOptions.LOAD_BALANCER_VIP_ADDRESS_KEY,
                        ServiceOptions.LOAD_BALANCER_RECORD_KEY)
                .filter(meta.getAnnotations()::containsKey)
                .map(key ->
                        remove("/metadata/annotations/" + key.replace("~", "~0").replace("/", "~1")));
        Stream<Map<String, Object>> finalizer = Stream.of(meta.getFinalizers().indexOf(Responsibility.FINALIZER))
                .filter(index -> index >= 0)
                .map(index -> remove("/metadata/finalizers/" + index));
        return patch(meta, Stream.concat(annotations, finalizer));
    }

    private static Optional<String> patch(ObjectMeta meta, Stream<Map<String, Object>> changes) {
        List<Map<String, Object>> operations = new ArrayList<>();
        operations.add(
                Map.of("op", "replace", "path", "/metadata/resourceVersion", "value", meta.getResourceVersion()));
        changes.forEach(operations::add);
        return operations.size() == 1 ? Optional.empty() : Optional.of(Json.json(operations));
    }

    private static Map<String, Object> add(String path, Object value) {
        return Map.of("op", "add", "path", path, "value", value);
    }

    private static Map<String, Object> remove(String path) {
        return Map.of("op", "remove", "path", path);
    }
}
