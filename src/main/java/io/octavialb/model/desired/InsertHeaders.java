package io.octavialb.model.desired;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * {@code insert_headers} of a listener, as far as we have a say in them; a person may have set others.
 *
 * @param inserted the headers that the listener shall insert
 * @param ours those that it shall insert only if they are among {@code inserted}
 */
public record InsertHeaders(Set<String> inserted, Set<String> ours) {
    public static final String FORWARDED_FOR = "X-Forwarded-For";
    public static final String FORWARDED_PORT = "X-Forwarded-Port";
    public static final String FORWARDED_PROTO = "X-Forwarded-Proto";

    public InsertHeaders {
        inserted = Set.copyOf(inserted);
        ours = Set.copyOf(ours);
    }

    @JsonValue
    public Map<String, String> asMap() {
        return over(Map.of());
    }

    /** What is there, with ours as they should be. */
    public Map<String, String> over(Map<String, String> observed) {
        Map<String, String> headers = new TreeMap<>(observed);
        ours.forEach(headers::remove);
        new TreeSet<>(inserted).forEach(header -> headers.put(header, "true"));
        return headers;
    }

    @Override
    public String toString() {
        return asMap().toString();
    }
}
