package io.octavialb.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** JSON as the cases write it, with single quotes and bare names, and look at it. */
final class Json {
    private static final JsonMapper LENIENT = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES, JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
            .build();

    private Json() {}

    /** Empty text becomes a missing node. */
    static JsonNode read(String text) {
        if (text.isEmpty()) {
            return MissingNode.getInstance();
        }
        try {
            return LENIENT.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON: " + text, e);
        }
    }

    /** The text at a JSON pointer; fails when there is none. */
    static String text(JsonNode node, String pointer) {
        JsonNode found = node.at(pointer);
        if (!found.isTextual()) {
            throw new AssertionError("no text at " + pointer + " of " + node);
        }
        return found.textValue();
    }

    static String id(JsonNode node) {
        return text(node, "/id");
    }

    /** One field of every element, as text. */
    static List<String> each(JsonNode array, String field) {
        return elements(array).stream()
                .map(element -> element.path(field).asText())
                .toList();
    }

    static List<JsonNode> elements(JsonNode array) {
        if (!array.isArray()) {
            throw new AssertionError("no list: " + array);
        }
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    /** The element whose field has this value. */
    static JsonNode where(JsonNode array, String field, String value) {
        return elements(array).stream()
                .filter(element -> element.path(field).asText().equals(value))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no element with " + field + " " + value + " in " + array));
    }

    static List<String> names(JsonNode object) {
        return object.propertyStream().map(Map.Entry::getKey).toList();
    }
}
