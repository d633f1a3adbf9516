package io.octavialb.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What {@code kubectl apply} would make of a Service, without asking the API server to.
 *
 * <p>A three-way merge: what the manifest says wins; what the last applied manifest said and this one does not goes;
 * all else stays as it is, and with it the uid, the status, what the controller recorded in annotations, and what the API
 * server allocated. Ports are the same by port and protocol, so one that stays keeps its node port.
 */
public final class AppliedService {
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
    private static final ObjectMapper JSON = new ObjectMapper();

    private AppliedService() {}

    /**
     * The Service as it would be.
     *
     * @param manifest as in the file
     * @param live as the API server answers it
     */
    public static JsonNode of(JsonNode manifest, JsonNode live) {
        ObjectNode merged = object(merge(live, lastApplied(live), manifest));
        // Neither is the manifest's to set.
        keep(merged, live, "status");
        keep(object(merged.path("metadata")), live.path("metadata"), "uid");
        keep(object(merged.path("metadata")), live.path("metadata"), "deletionTimestamp");
        return merged;
    }

    private static void keep(ObjectNode merged, JsonNode live, String field) {
        if (live.has(field)) {
            merged.set(field, live.get(field));
        } else {
            merged.remove(field);
        }
    }

    private static JsonNode lastApplied(JsonNode live) {
        String text =
                live.path("metadata").path("annotations").path(LAST_APPLIED).asText("{}");
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return JsonNodeFactory.instance.objectNode();
        }
    }

    private static JsonNode merge(JsonNode live, JsonNode last, JsonNode manifest) {
        ObjectNode merged = object(live).deepCopy();
        var names = new TreeSet<String>();
        last.fieldNames().forEachRemaining(names::add);
        manifest.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            JsonNode value = manifest.path(name);
            if (value.isMissingNode() || value.isNull()) {
                merged.remove(name);
            } else {
                merged.set(name, value(name, live.path(name), last.path(name), value));
            }
        }
        return merged;
    }

    private static JsonNode value(String name, JsonNode live, JsonNode last, JsonNode manifest) {
        if (manifest.isObject()) {
            return merge(live, last, manifest);
        }
        return name.equals("ports") && manifest.isArray() ? ports(live, last, manifest) : manifest;
    }

    private static JsonNode ports(JsonNode live, JsonNode last, JsonNode manifest) {
        ArrayNode merged = JsonNodeFactory.instance.arrayNode();
        for (JsonNode port : manifest) {
            merged.add(merge(same(port, live), same(port, last), port));
        }
        return merged;
    }

    private static JsonNode same(JsonNode port, JsonNode ports) {
        for (JsonNode other : ports) {
            if (key(other).equals(key(port))) {
                return other;
            }
        }
        return JsonNodeFactory.instance.objectNode();
    }

    private static String key(JsonNode port) {
        return port.path("protocol").asText("TCP") + "/" + port.path("port").asText();
    }

    private static ObjectNode object(@Nullable JsonNode node) {
        return node instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
    }
}
