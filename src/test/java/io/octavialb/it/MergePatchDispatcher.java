package io.octavialb.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.Headers;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The in-memory API with merge patches as RFC 7396 has them: its own appends to arrays and keeps nulls.
 *
 * <p>A patch of a subresource reaches the status alone, and one of the object everything but the status, as on a real
 * API server.
 */
public final class MergePatchDispatcher extends KubernetesCrudDispatcher {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MERGE_PATCH = "application/merge-patch+json";
    private static final String STATUS = "/status";

    @Override
    public MockResponse handlePatch(RecordedRequest request) {
        String type = String.valueOf(request.getHeader("Content-Type"));
        return type.startsWith(MERGE_PATCH) ? merged(request) : super.handlePatch(request);
    }

    private MockResponse merged(RecordedRequest request) {
        String path = request.getPath().replaceFirst("\\?.*", "");
        boolean status = path.endsWith(STATUS);
        MockResponse read = handleGet(status ? path.substring(0, path.length() - STATUS.length()) : path);
        if (read.code() != 200) {
            return read;
        }
        try {
            JsonNode current = JSON.readTree(read.getBody().readUtf8());
            JsonNode patch = JSON.readTree(request.getUtf8Body());
            String uid = patch.at("/metadata/uid").asText("");
            if (!uid.isEmpty() && !uid.equals(current.at("/metadata/uid").asText(""))) {
                return new MockResponse().setResponseCode(409);
            }
            ArrayNode operations = JSON.createArrayNode();
            for (String part : status ? List.of("status") : List.of("metadata", "spec")) {
                if (patch.has(part)) {
                    operations
                            .addObject()
                            .put("op", "add")
                            .put("path", "/" + part)
                            .set("value", merge(current.path(part), patch.path(part)));
                }
            }
            return super.handlePatch(new RecordedRequest(
                    request.getHttpVersion(),
                    HttpMethod.PATCH,
                    request.getPath(),
                    Headers.builder()
                            .add("Content-Type", "application/json-patch+json")
                            .build(),
                    new Buffer(operations.toString().getBytes(StandardCharsets.UTF_8))));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** RFC 7396, section 2. */
    private static JsonNode merge(JsonNode target, JsonNode patch) {
        if (!patch.isObject()) {
            return patch;
        }
        ObjectNode result = target.isObject() ? target.deepCopy() : JSON.createObjectNode();
        patch.properties().forEach(entry -> {
            if (entry.getValue().isNull()) {
                result.remove(entry.getKey());
            } else {
                result.set(entry.getKey(), merge(result.path(entry.getKey()), entry.getValue()));
            }
        });
        return result;
    }
}
