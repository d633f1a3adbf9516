package io.octavialb.embedded.openstack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The resources of one kind by their {@code id}, in the order in which they were made. */
final class Table {
    private final Map<String, ObjectNode> rows = new LinkedHashMap<>();

    ObjectNode add(ObjectNode row) {
        rows.put(row.path("id").textValue(), row);
        return row;
    }

    @Nullable
    ObjectNode find(String id) {
        return rows.get(id);
    }

    /** A row that is there for sure. */
    ObjectNode get(String id) {
        ObjectNode row = rows.get(id);
        if (row == null) {
            throw new IllegalStateException("no row " + id);
        }
        return row;
    }

    void remove(String id) {
        rows.remove(id);
    }

    List<ObjectNode> all() {
        return List.copyOf(rows.values());
    }

    /** Rows whose field has this text. */
    List<ObjectNode> where(String field, String value) {
        return stream(field, value).toList();
    }

    Stream<ObjectNode> stream(String field, String value) {
        return rows.values().stream().filter(row -> row.path(field).asText().equals(value));
    }
}
