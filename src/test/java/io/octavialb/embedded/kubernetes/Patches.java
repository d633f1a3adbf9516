package io.octavialb.embedded.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonPatch;
import io.fabric8.zjsonpatch.JsonPatchException;

/** The kinds of patches: JSON Patch (RFC 6902), JSON merge patch (RFC 7396) and strategic merge patch. */
final class Patches {
    private Patches() {}

    /**
     * The object after the patch.
     *
     * @throws ApiException 415 for another kind, 400 for one that can't be read, 422 for one that can't be applied
     */
    static ObjectNode apply(ApiRequest request, ResourceType type, ObjectNode object) {
        String kind = request.contentType().replaceFirst(";.*", "").strip();
        return switch (kind) {
            case "application/json-patch+json" -> operations(Json.received(request.body()), object);
            case "application/merge-patch+json" -> merge(object, Json.receivedObject(request.body()));
            case "application/strategic-merge-patch+json" ->
                new StrategicMergePatch(type.kind()).apply(object, Json.receivedObject(request.body()));
            default ->
                throw ApiException.of(
                        415,
                        "UnsupportedMediaType",
                        "the body of the request was in an unknown format - accepted media types include:"
                                + " application/json-patch+json, application/merge-patch+json,"
                                + " application/strategic-merge-patch+json");
        };
    }

    private static ObjectNode operations(JsonNode operations, ObjectNode object) {
        try {
            return (ObjectNode) JsonPatch.apply(operations, object.deepCopy());
        } catch (JsonPatchException e) {
            throw ApiException.of(
                    422,
                    "Invalid",
                    "the server rejected our request due to an error in our request: " + e.getMessage());
        }
    }

    private static ObjectNode merge(ObjectNode object, ObjectNode patch) {
        return (ObjectNode) mergeValue(object, patch);
    }

    /** RFC 7396, section 2. */
    private static JsonNode mergeValue(JsonNode target, JsonNode patch) {
        if (!patch.isObject()) {
            return patch;
        }
        ObjectNode result = target.isObject() ? target.deepCopy() : Json.object();
        patch.properties().forEach(entry -> {
            if (entry.getValue().isNull()) {
                result.remove(entry.getKey());
            } else {
                result.set(entry.getKey(), mergeValue(result.path(entry.getKey()), entry.getValue()));
            }
        });
        return result;
    }
}
