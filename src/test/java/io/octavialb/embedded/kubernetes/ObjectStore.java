package io.octavialb.embedded.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.mockwebserver.crud.AttributeSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the objects, in the mock server's CRUD store, and tells of each change.
 *
 * <p>Each change has a resource version of its own, deletions too.
 */
final class ObjectStore extends KubernetesCrudDispatcher {
    /**
     * A change of an object.
     *
     * @param before null: it is created
     * @param after null: it is deleted
     * @param last the object after the change, or as it was when it was deleted, with the change's resource version
     */
    record Change(
            ResourceType type,
            long resourceVersion,
            @Nullable ObjectNode before,
            @Nullable ObjectNode after,
            ObjectNode last) {}

    private final AtomicLong version = new AtomicLong(1);
    private final Consumer<Change> listener;

    ObjectStore(Consumer<Change> listener) {
        this.listener = listener;
    }

    long resourceVersion() {
        return version.get();
    }

    Optional<ObjectNode> get(ResourceType type, String namespace, String name) {
        return Optional.ofNullable(findResource(getKey(type.path(namespace, name))))
                .map(entry -> Json.stored(entry.getValue()));
    }

    /** Sorted as etcd has them: by namespace, then by name. */
    List<ObjectNode> list(ResourceType type, String namespace) {
        AttributeSet wanted = getKey(type.path(namespace, ""));
        synchronized (map) {
            return map.entrySet().stream()
                    .filter(entry -> entry.getKey().matches(wanted))
                    .map(Map.Entry::getValue)
                    .map(Json::stored)
                    .sorted(Comparator.comparing((ObjectNode object) -> Json.text(object, "metadata.namespace"))
                            .thenComparing(object -> Json.text(object, "metadata.name")))
                    .toList();
        }
    }

    /** The object as it is kept, with its new resource version. */
    ObjectNode put(ResourceType type, ObjectNode object) {
        return change(type, object, false);
    }

    /** The object as it was last, with the resource version of its deletion. */
    ObjectNode remove(ResourceType type, ObjectNode object) {
        return change(type, object, true);
    }

    private ObjectNode change(ResourceType type, ObjectNode object, boolean removed) {
        String path = type.path(Json.text(object, "metadata.namespace"), Json.text(object, "metadata.name"));
        AttributeSet key = getKey(path);
        Map.Entry<AttributeSet, String> present = findResource(key);
        ObjectNode last = object.deepCopy();
        long now = version.incrementAndGet();
        Json.metadata(last).put("resourceVersion", String.valueOf(now));
        processEvent(path, key, present == null ? key : present.getKey(), null, removed ? null : last.toString());
        listener.accept(new Change(
                type, now, present == null ? null : Json.stored(present.getValue()), removed ? null : last, last));
        return last;
    }
}
