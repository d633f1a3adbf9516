package io.octavialb.openstack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Our resources as JSON: the one mapper for all requests and answers of Octavia and Neutron. */
final class Json {
    static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /** {@code {"key": value}}, as the APIs wrap every resource. */
    static JsonBody wrapped(String key, JsonNode value) {
        ObjectNode body = MAPPER.createObjectNode();
        body.set(key, value);
        return () -> body;
    }

    static ObjectNode object(Object resource) {
        return MAPPER.valueToTree(resource);
    }

    /** Reads the resource that the answer wraps as {@code key}. */
    static <T> T resource(Answer answer, String key, Class<T> type) {
        return resource(answer, key, node -> read(node, type));
    }

    static <T> T resource(Answer answer, String key, Function<JsonNode, T> reader) {
        JsonNode node = tree(answer).path(key);
        if (!node.isObject()) {
            throw ExchangeException.malformed(answer, "it has no object '" + key + "'");
        }
        return whole(answer, () -> reader.apply(node));
    }

    /** Reads the resources in the array {@code key}. */
    static <T> List<T> resources(Answer answer, JsonNode tree, String key, Class<T> type) {
        JsonNode array = tree.path(key);
        if (!array.isArray()) {
            throw ExchangeException.malformed(answer, "it has no list '" + key + "'");
        }
        return whole(answer, () -> {
            List<T> resources = new ArrayList<>(array.size());
            array.forEach(node -> resources.add(read(node, type)));
            return resources;
        });
    }

    static JsonNode tree(Answer answer) {
        try {
            JsonNode tree = MAPPER.readTree(answer.body());
            if (tree.isObject()) {
                return tree;
            }
        } catch (IOException e) {
            throw ExchangeException.malformed(answer, reason(e));
        }
        throw ExchangeException.malformed(answer, answer.body().length == 0 ? "it is empty" : "it is no JSON object");
    }

    /** What a parser has to say, without the source that it quotes by default. */
    static String reason(IOException e) {
        return e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.toString();
    }

    private static <T> T read(JsonNode node, Class<T> type) {
        return Required.checked(MAPPER.convertValue(node, type));
    }

    private static <T> T whole(Answer answer, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            String reason = e.getCause() instanceof IOException io ? reason(io) : String.valueOf(e.getMessage());
            throw ExchangeException.malformed(answer, reason);
        }
    }
}
