package io.octavialb.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields in which a resource differs from what it should be; empty when it does not. */
public record Changes(List<Change> fields) {

    /** One field, named as in the API. A null {@code to} resets it. */
    public record Change(
            String field, @Nullable Object from, @Nullable Object to) {
        @Override
        public String toString() {
            return field + ": " + (from == null ? "-" : from) + " -> " + (to == null ? "-" : to);
        }
    }

    public Changes {
        fields = List.copyOf(fields);
    }

    public boolean isEmpty() {
        return fields.isEmpty();
    }

    /** The others than those of this field. */
    public Changes without(String field) {
        return new Changes(
                fields.stream().filter(change -> !change.field().equals(field)).toList());
    }

    /** The body of the PUT that makes them. */
    public Map<String, @Nullable Object> body() {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        fields.forEach(change -> body.put(change.field(), change.to()));
        return body;
    }
}
