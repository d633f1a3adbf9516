package io.octavialb.embedded.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonPatch;
import io.fabric8.zjsonpatch.JsonPatchException;
import java.util.List;

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
        JsonNode result = object;
        for (JsonNode operation : operations) {
            checkPresent(operation, result);
            try {
                result = JsonPatch.apply(Json.array().add(operation), result);
            } catch (JsonPatchException e) {
                throw unprocessable(String.valueOf(e.getMessage()));
            }
        }
        return (ObjectNode) result;
    }

    /** RFC 6902, sections 4.2 and 4.3: the library lets it pass. */
    private static void checkPresent(JsonNode operation, JsonNode object) {
        boolean needed = List.of("remove", "replace").contains(Json.text(operation, "op"));
        String path = Json.text(operation, "path");
        if (needed && object.at(path).isMissingNode()) {
            throw unprocessable(Json.text(operation, "op") + " operation does not apply: doc is missing path: " + path);
        }
    }

    private static ApiException unprocessable(String why) {
        return ApiException.of(
                422, "Invalid", "the server rejected our request due to an error in our request: " + why);
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
