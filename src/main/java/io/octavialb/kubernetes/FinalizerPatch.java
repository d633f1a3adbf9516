package io.octavialb.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import java.util.Map;

/** The JSON Patch (RFC 6902) that adds or removes our finalizer and fails if the object is no longer the one read. */
final class FinalizerPatch {
    private FinalizerPatch() {}

    static List<Map<String, Object>> of(ObjectMeta meta, boolean present) {
        return List.of(
                Map.of("op", "test", "path", "/metadata/resourceVersion", "value", meta.getResourceVersion()),
                present ? add(meta.getFinalizers()) : remove(meta.getFinalizers()));
    }

    private static Map<String, Object> add(List<String> finalizers) {
        return finalizers.isEmpty()
                ? Map.of("op", "add", "path", "/metadata/finalizers", "value", List.of(Responsibility.FINALIZER))
                : Map.of("op", "add", "path", "/metadata/finalizers/-", "value", Responsibility.FINALIZER);
    }

    private static Map<String, Object> remove(List<String> finalizers) {
        return Map.of("op", "remove", "path", "/metadata/finalizers/" + finalizers.indexOf(Responsibility.FINALIZER));
    }
}
