package io.octavialb.embedded.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The strategic merge patch, as {@code kubectl apply}, {@code edit} and {@code label} send it: lists of named items are
 * merged by item, with the directives {@code $patch}, {@code $retainKeys}, {@code $setElementOrder} and
 * {@code $deleteFromPrimitiveList}.
 */
final class StrategicMergePatch {
    private static final String DIRECTIVE = "$patch";
    private static final String RETAIN = "$retainKeys";
    private static final String ORDER = "$setElementOrder/";
    private static final String DELETE_FROM = "$deleteFromPrimitiveList/";

    private final ListKeys keys;

    StrategicMergePatch(String kind) {
        this.keys = new ListKeys(kind);
    }

    ObjectNode apply(ObjectNode object, ObjectNode patch) {
        return merged("", object, patch);
    }

    private ObjectNode merged(String path, JsonNode target, ObjectNode patch) {
        ObjectNode result = target instanceof ObjectNode present ? present.deepCopy() : Json.object();
        switch (Json.text(patch, DIRECTIVE)) {
            case "replace" -> {
                ObjectNode replacement = patch.deepCopy();
                replacement.remove(DIRECTIVE);
                return replacement;
            }
            case "delete" -> {
                return Json.object();
            }
            default -> patch.properties().forEach(entry -> set(path, result, entry));
        }
        for (Map.Entry<String, JsonNode> entry : patch.properties()) {
            arrange(path, result, entry.getKey(), entry.getValue());
        }
        return result;
    }

    private void set(String path, ObjectNode result, Map.Entry<String, JsonNode> entry) {
        String key = entry.getKey();
        JsonNode value = entry.getValue();
        if (key.startsWith("$")) {
            return;
        }
        String inner = path.isEmpty() ? key : path + "." + key;
        if (value.isNull()) {
            result.remove(key);
        } else if (value instanceof ObjectNode object) {
            result.set(key, merged(inner, result.path(key), object));
        } else if (value instanceof ArrayNode list && !keys.isAtomic(inner)) {
            result.set(key, mergedList(inner, result.path(key), list));
        } else {
            result.set(key, value);
        }
    }

    private ArrayNode mergedList(String path, JsonNode target, ArrayNode patch) {
        List<JsonNode> items = new ArrayList<>(Json.stream(target).toList());
        if (keys.isSet(path)) {
            patch.forEach(item -> {
                if (!items.contains(item)) {
                    items.add(item);
                }
            });
            return Json.array().addAll(items);
        }
        if (Json.stream(patch).anyMatch(item -> Json.text(item, DIRECTIVE).equals("replace"))) {
            return Json.array()
                    .addAll(Json.stream(patch)
                            .filter(item -> !item.has(DIRECTIVE))
                            .toList());
        }
        patch.forEach(item -> mergeItem(path, items, item));
        return Json.array().addAll(items);
    }

    private void mergeItem(String path, List<JsonNode> items, JsonNode item) {
        String mergeKey = keys.mergeKey(path);
        if (!item.has(mergeKey)) {
            throw ApiException.badRequest("map: " + item + " does not contain declared merge key: " + mergeKey);
        }
        int at = positions(items, mergeKey).indexOf(item.get(mergeKey));
        if (Json.text(item, DIRECTIVE).equals("delete")) {
            items.removeIf(present -> present.path(mergeKey).equals(item.get(mergeKey)));
        } else if (at < 0) {
            items.add(merged(path, Json.object(), (ObjectNode) item));
        } else {
            items.set(at, merged(path, items.get(at), (ObjectNode) item));
        }
    }

    private static List<JsonNode> positions(List<JsonNode> items, String mergeKey) {
        return items.stream().map(item -> item.path(mergeKey)).toList();
    }

    /** The directives about what is there after the merge. */
    private void arrange(String path, ObjectNode result, String directive, JsonNode value) {
        if (directive.equals(RETAIN)) {
            result.retain(Json.texts(value));
        } else if (directive.startsWith(DELETE_FROM)) {
            String key = directive.substring(DELETE_FROM.length());
            List<JsonNode> gone = Json.stream(value).toList();
            result.set(
                    key,
                    Json.array()
                            .addAll(Json.stream(result.path(key))
                                    .filter(item -> !gone.contains(item))
                                    .toList()));
        } else if (directive.startsWith(ORDER) && result.has(directive.substring(ORDER.length()))) {
            String key = directive.substring(ORDER.length());
            String inner = path.isEmpty() ? key : path + "." + key;
            String mergeKey = keys.isSet(inner) ? "" : keys.mergeKey(inner);
            List<JsonNode> order = Json.stream(value)
                    .map(item -> mergeKey.isEmpty() ? item : item.path(mergeKey))
                    .toList();
            result.set(
                    key,
                    Json.array()
                            .addAll(Json.stream(result.path(key))
                                    .sorted(Comparator.comparingInt(item -> {
                                        int at = order.indexOf(mergeKey.isEmpty() ? item : item.path(mergeKey));
                                        return at < 0 ? Integer.MAX_VALUE : at;
                                    }))
                                    .toList()));
        }
    }
}
