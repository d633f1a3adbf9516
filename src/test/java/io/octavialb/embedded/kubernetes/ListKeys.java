package io.octavialb.embedded.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which lists are merged by item, and by which fields their items are told apart; all others are replaced as a whole.
 *
 * <p>As the types' {@code patchStrategy}, {@code patchMergeKey} and {@code listMapKey} markers have them.
 */
final class ListKeys {
    /** What an item of a set is told apart by: itself. */
    private static final List<String> ITSELF = List.of();

    /** By kind and path; without a kind: for all. The first field is the merge key of a strategic merge patch. */
    private static final Map<String, List<String>> MERGED = Map.of(
            "metadata.finalizers", ITSELF,
            "metadata.ownerReferences", List.of("uid"),
            "status.conditions", List.of("type"),
            "Service spec.ports", List.of("port", "protocol"),
            "Node status.addresses", List.of("type"),
            "Node spec.podCIDRs", ITSELF,
            "Pod spec.containers", List.of("name"),
            "Pod spec.volumes", List.of("name"),
            "ServiceAccount secrets", List.of("name"));

    private final String kind;

    ListKeys(String kind) {
        this.kind = kind;
    }

    private List<String> fields(String path) {
        return MERGED.getOrDefault(kind + " " + path, MERGED.getOrDefault(path, List.of("")));
    }

    boolean isAtomic(String path) {
        return fields(path).equals(List.of(""));
    }

    boolean isSet(String path) {
        return fields(path).isEmpty();
    }

    /** The field by which a strategic merge patch finds the item it changes. */
    String mergeKey(String path) {
        return fields(path).getFirst();
    }

    /** The item as {@code FieldsV1} names it. */
    String fieldName(String path, JsonNode item) {
        if (isSet(path)) {
            return "v:" + item;
        }
        return "k:"
                + fields(path).stream()
                        .filter(item::has)
                        .map(field -> Json.quoted(field) + ":" + item.get(field))
                        .collect(Collectors.joining(",", "{", "}"));
    }

    /** The items by their names in {@code FieldsV1}. */
    ObjectNode named(String path, JsonNode list) {
        ObjectNode items = Json.object();
        list.forEach(item -> items.set(fieldName(path, item), item));
        return items;
    }
}
