package io.octavialb.crash;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Service;
import io.octavialb.embedded.openstack.EmbeddedOpenStack;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What there is in the cloud and of Services, field by field, comparable between runs: each id and each address that was
 * given out stands as what it is of, and whether it was there before the operation. Times are left out.
 *
 * @param rows the fields of each resource, by what the resource is; several may be the same
 */
record FinalState(Map<String, List<Map<String, String>>> rows) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> UNSTEADY =
            Set.of("id", "created_at", "updated_at", "revision_number", "mac_address", "lastTransitionTime");

    /** The ids of everything in the cloud. */
    static Set<String> ids(EmbeddedOpenStack cloud) {
        Set<String> ids = new HashSet<>();
        cloud.resources().values().forEach(rows -> rows.forEach(row -> ids.add(text(row, "id"))));
        return ids;
    }

    /** @param before ids that were there before the operation */
    static FinalState of(EmbeddedOpenStack cloud, List<Service> services, Set<String> before) {
        Map<String, List<ObjectNode>> resources = cloud.resources();
        Names names = new Names(resources, services, before);
        Map<String, List<Map<String, String>>> rows = new TreeMap<>();
        resources.forEach((kind, all) -> all.forEach(row -> rows.computeIfAbsent(
                        kind + " " + names.replaced(names.bare(text(row, "id"))), _ -> new ArrayList<>())
                .add(fields(row, names))));
        services.forEach(service -> rows.computeIfAbsent(
                        "service " + service.getMetadata().getName(), _ -> new ArrayList<>())
                .add(fields(ours(service), names)));
        return new FinalState(rows);
    }

    private static ObjectNode ours(Service service) {
        JsonNode whole = JSON.valueToTree(service);
        ObjectNode ours = JSON.createObjectNode();
        ours.set("finalizers", whole.path("metadata").path("finalizers"));
        ours.set("annotations", whole.path("metadata").path("annotations"));
        ours.set("loadBalancer", whole.path("status").path("loadBalancer"));
        ours.set("conditions", whole.path("status").path("conditions"));
        ours.set(
                "deletionTimestamp",
                JSON.getNodeFactory().booleanNode(whole.path("metadata").has("deletionTimestamp")));
        return ours;
    }

    private static Map<String, String> fields(ObjectNode row, Names names) {
        Map<String, String> fields = new TreeMap<>();
        fields.put("which", names.of(text(row, "id")));
        flatten("", row, names, fields);
        return fields;
    }

    private static void flatten(String path, JsonNode node, Names names, Map<String, String> into) {
        if (node.isObject()) {
            node.properties().forEach(field -> {
                if (!UNSTEADY.contains(field.getKey())) {
                    flatten(
                            path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                            field.getValue(),
                            names,
                            into);
                }
            });
        } else if (node.isArray()) {
            List<String> elements = node.valueStream()
                    .map(element -> {
                        Map<String, String> inner = new TreeMap<>();
                        flatten("", element, names, inner);
                        return inner.toString();
                    })
                    .sorted()
                    .toList();
            into.put(path, elements.toString());
        } else if (!node.isNull() && !node.isMissingNode()) {
            into.put(path, names.replaced(node.asText()));
        }
    }

    private static String text(JsonNode row, String field) {
        return row.path(field).asText("");
    }

    /** {@code loadbalancers/listeners/pools/members/healthmonitors/floatingips}. */
    String counts() {
        return String.join(
                "/",
                List.of("loadbalancers", "listeners", "pools", "members", "healthmonitors", "floatingips").stream()
                        .map(kind -> String.valueOf(rows.entrySet().stream()
                                .filter(it -> it.getKey().startsWith(kind + " "))
                                .mapToInt(it -> it.getValue().size())
                                .sum()))
                        .toList());
    }

    /** What is different here from what ought to be. */
    Difference from(FinalState expected) {
        Difference difference = new Difference();
        Set<String> keys = new HashSet<>(rows.keySet());
        keys.addAll(expected.rows.keySet());
        keys.stream().sorted().forEach(key -> {
            List<Map<String, String>> is = rows.getOrDefault(key, List.of());
            List<Map<String, String>> ought = expected.rows.getOrDefault(key, List.of());
            if (is.size() > ought.size()) {
                difference.tooMany(key, is.size() - ought.size(), !ought.isEmpty());
            } else if (is.size() < ought.size()) {
                difference.missing(key);
            }
            List<Map<String, String>> unmatched = new ArrayList<>(ought);
            List<Map<String, String>> others =
                    is.stream().filter(it -> !unmatched.remove(it)).toList();
            for (int i = 0; i < Math.min(others.size(), unmatched.size()); i++) {
                difference.fields(key, others.get(i), unmatched.get(i));
            }
        });
        return difference;
    }

    /** Words for ids and addresses. */
    private static final class Names {
        private final Map<String, String> bare = new LinkedHashMap<>();
        private final Map<String, String> named = new LinkedHashMap<>();

        Names(Map<String, List<ObjectNode>> resources, List<Service> services, Set<String> before) {
            services.forEach(service -> named.put(
                    service.getMetadata().getUid(),
                    "<uid of " + service.getMetadata().getName() + ">"));
            List<ObjectNode> none = List.of();
            for (ObjectNode row : resources.getOrDefault("loadbalancers", none)) {
                put(row, before, text(row, "name"));
                address(row, before, "vip_address", "VIP of " + text(row, "name"));
            }
            for (ObjectNode row : resources.getOrDefault("floatingips", none)) {
                put(row, before, text(row, "description"));
                address(row, before, "floating_ip_address", "floating IP");
            }
            for (ObjectNode row : resources.getOrDefault("listeners", none)) {
                put(
                        row,
                        before,
                        parent(row, "loadbalancer_id", "loadbalancers") + " " + text(row, "protocol") + "/"
                                + text(row, "protocol_port"));
                bare.putIfAbsent("pool of " + text(row, "default_pool_id"), bare(text(row, "id")));
            }
            for (ObjectNode row : resources.getOrDefault("pools", none)) {
                put(row, before, bare.getOrDefault("pool of " + text(row, "id"), "no listener's " + text(row, "name")));
            }
            for (ObjectNode row : resources.getOrDefault("members", none)) {
                put(
                        row,
                        before,
                        bare(text(row, "pool_id")) + " " + text(row, "address") + ":" + text(row, "protocol_port"));
            }
            for (ObjectNode row : resources.getOrDefault("healthmonitors", none)) {
                put(row, before, bare(text(row, "pool_id")));
            }
            for (String kind : List.of("ports", "security_groups")) {
                resources.getOrDefault(kind, none).forEach(row -> put(row, before, replaced(text(row, "name"))));
            }
            for (ObjectNode row : resources.getOrDefault("security_group_rules", none)) {
                put(
                        row,
                        before,
                        String.join(
                                " ",
                                bare(text(row, "security_group_id")),
                                text(row, "direction"),
                                text(row, "ethertype"),
                                text(row, "protocol"),
                                text(row, "port_range_min"),
                                text(row, "remote_ip_prefix")));
            }
        }

        private String parent(ObjectNode row, String field, String array) {
            String id = text(row, field);
            return bare(id.isEmpty() ? text(row.path(array).path(0), "id") : id);
        }

        private void put(ObjectNode row, Set<String> before, String name) {
            String id = text(row, "id");
            bare.put(id, name);
            named.put(id, "<" + (before.contains(id) ? "" : "new ") + name + ">");
        }

        private void address(ObjectNode row, Set<String> before, String field, String what) {
            String address = text(row, field);
            if (!address.isEmpty()) {
                named.put(address, "<" + (before.contains(text(row, "id")) ? "" : "new ") + what + ">");
            }
        }

        String bare(String id) {
            return bare.getOrDefault(id, id);
        }

        String of(String id) {
            return named.getOrDefault(id, "");
        }

        String replaced(String text) {
            String replaced = text;
            for (Map.Entry<String, String> name : named.entrySet()) {
                if (replaced.contains(name.getKey())) {
                    replaced = replaced.replace(name.getKey(), name.getValue());
                }
            }
            return replaced;
        }
    }

    /** For people. */
    @Override
    public String toString() {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(rows);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
