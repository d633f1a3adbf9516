package io.octavialb.embedded.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the cloud answers; the body is null where the real one sends none. */
public record CloudAnswer(
        int status, Map<String, String> headers, @Nullable JsonNode body) {
    static CloudAnswer of(int status, @Nullable JsonNode body) {
        return new CloudAnswer(status, Map.of(), body);
    }

    static CloudAnswer empty(int status) {
        return of(status, null);
    }
}
