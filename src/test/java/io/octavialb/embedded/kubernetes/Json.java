package io.octavialb.embedded.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Objects of the API as JSON trees. */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    /** An object that the API server itself has written. */
    static ObjectNode stored(String text) {
        try {
            return (ObjectNode) MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws ApiException 400 if the text is no JSON */
    static JsonNode received(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw ApiException.badRequest("the body is no JSON: " + e.getOriginalMessage());
        }
    }

    /** @throws ApiException 400 if the text is no JSON object */
    static ObjectNode receivedObject(String text) {
        if (received(text) instanceof ObjectNode object) {
            return object;
        }
        throw ApiException.badRequest("the body is no JSON object");
    }

    static String quoted(String text) {
        return MAPPER.getNodeFactory().textNode(text).toString();
    }

    /** The text at this dotted path; empty when there is none. */
    static String text(JsonNode object, String path) {
        return at(object, path).asText("");
    }

    static JsonNode at(JsonNode object, String path) {
        JsonNode at = object;
        for (String step : path.split("\\.", -1)) {
            at = at.path(step);
        }
        return at;
    }

    static ObjectNode metadata(ObjectNode object) {
        return child(object, "metadata");
    }

    /** The object under this key, which is created when there is none. */
    static ObjectNode child(ObjectNode parent, String key) {
        return parent.get(key) instanceof ObjectNode present ? present : parent.putObject(key);
    }

    static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    static List<String> texts(JsonNode array) {
        return stream(array).map(JsonNode::asText).toList();
    }
}
