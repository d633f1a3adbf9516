package io.octavialb.cloud;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.octavialb.model.Changes;

/** Records changed the way a PUT changes a resource. */
final class Json {
    static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    static <T> T changed(T resource, Changes changes, Class<T> type) {
        ObjectNode node = MAPPER.valueToTree(resource);
        changes.fields().forEach(change -> node.set(change.field(), MAPPER.valueToTree(change.to())));
        return MAPPER.convertValue(node, type);
    }
}
