package io.octavialb.embedded.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Set;

/**
 * Who wrote which fields, as {@code metadata.managedFields} tells it.
 *
 * <p>A write takes the fields it changed from all others; one that changed nothing leaves no trace.
 */
final class ManagedFields {
    private static final Set<String> OF_THE_SERVER = Set.of(
            "apiVersion",
            "kind",
            "metadata.name",
            "metadata.generateName",
            "metadata.namespace",
            "metadata.uid",
            "metadata.creationTimestamp",
            "metadata.deletionTimestamp",
            "metadata.deletionGracePeriodSeconds",
            "metadata.resourceVersion",
            "metadata.generation",
            "metadata.managedFields");

    private final ListKeys keys;

    ManagedFields(String kind) {
        this.keys = new ListKeys(kind);
    }

    /** Enters the write that made {@code after} of {@code before} into the former. */
    void enter(ObjectNode before, ObjectNode after, String manager, String subresource, Instant now) {
        ObjectNode written = changed("", before, after);
        ObjectNode lost = changed("", after, before);
        ArrayNode entries = Json.array();
        ObjectNode own = Json.object();
        for (JsonNode entry : before.path("metadata").path("managedFields")) {
            ObjectNode fields = subtract(subtract(entry.path("fieldsV1"), written), lost);
            if (isOf(entry, manager, subresource)) {
                own = fields;
            } else if (!fields.isEmpty()) {
                entries.add(((ObjectNode) entry.deepCopy()).set("fieldsV1", fields));
            }
        }
        own.setAll(union(own, written));
        if (!own.isEmpty()) {
            ObjectNode entry = entries.addObject()
                    .put("manager", manager)
                    .put("operation", "Update")
                    .put("apiVersion", Json.text(after, "apiVersion"))
                    .put("time", Objects.toString(now.truncatedTo(ChronoUnit.SECONDS)))
                    .put("fieldsType", "FieldsV1");
            entry.set("fieldsV1", own);
            if (!subresource.isEmpty()) {
                entry.put("subresource", subresource);
            }
        }
        Json.metadata(after).set("managedFields", entries);
    }

    private static boolean isOf(JsonNode entry, String manager, String subresource) {
        return entry.path("manager").asText().equals(manager)
                && entry.path("subresource").asText("").equals(subresource);
    }

    /** The fields of {@code after} that {@code before} has not, or has with another value. */
    private ObjectNode changed(String path, JsonNode before, JsonNode after) {
        ObjectNode fields = Json.object();
        after.properties().forEach(entry -> {
            String inner = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
            JsonNode old = before.path(entry.getKey());
            if (!OF_THE_SERVER.contains(inner) && !entry.getValue().equals(old)) {
                enter(fields, "f:" + entry.getKey(), changedValue(inner, old, entry.getValue()), entry.getValue());
            }
        });
        return fields;
    }

    private ObjectNode changedValue(String path, JsonNode before, JsonNode after) {
        if (after.isObject()) {
            return changed(path, before, after);
        }
        ObjectNode items = Json.object();
        if (after.isArray() && !keys.isAtomic(path)) {
            ObjectNode old = keys.named(path, before);
            keys.named(path, after).properties().forEach(item -> {
                if (!item.getValue().equals(old.path(item.getKey()))) {
                    ObjectNode fields = item.getValue().isObject()
                            ? changed(path, old.path(item.getKey()), item.getValue())
                            : Json.object();
                    enter(items, item.getKey(), fields, item.getValue());
                }
            });
        }
        return items;
    }

    /** A container none of whose members changed is not of this write, unless it is empty and so a leaf itself. */
    private static void enter(ObjectNode fields, String name, ObjectNode value, JsonNode written) {
        boolean container = written.isContainerNode() && !written.isEmpty();
        if (!value.isEmpty() || !container || written.isArray()) {
            fields.set(name, value);
        }
    }

    private static ObjectNode union(ObjectNode fields, ObjectNode more) {
        ObjectNode all = fields.deepCopy();
        more.properties()
                .forEach(entry -> all.set(
                        entry.getKey(),
                        all.get(entry.getKey()) instanceof ObjectNode present
                                ? union(present, (ObjectNode) entry.getValue())
                                : entry.getValue()));
        return all;
    }

    /** Without the leaves of {@code fewer}, and without what is empty then. */
    private static ObjectNode subtract(JsonNode fields, JsonNode fewer) {
        ObjectNode rest = Json.object();
        fields.properties().forEach(entry -> {
            JsonNode taken = fewer.get(entry.getKey());
            if (taken == null) {
                rest.set(entry.getKey(), entry.getValue());
            } else if (!taken.isEmpty()) {
                ObjectNode left = subtract(entry.getValue(), taken);
                if (!left.isEmpty()) {
                    rest.set(entry.getKey(), left);
                }
            }
        });
        return rest;
    }
}
