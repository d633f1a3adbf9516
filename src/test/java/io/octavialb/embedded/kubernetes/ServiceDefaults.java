package io.octavialb.embedded.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/** What a Service's spec is completed with, apart from addresses and ports of nodes (see {@link ServiceAllocation}). */
final class ServiceDefaults {
    private static final Set<String> WITH_NODE_PORTS = Set.of("NodePort", "LoadBalancer");

    private ServiceDefaults() {}

    static boolean isLoadBalancer(JsonNode spec) {
        return Json.text(spec, "type").equals("LoadBalancer");
    }

    static boolean hasClusterIp(JsonNode spec) {
        return !Json.text(spec, "type").equals("ExternalName")
                && !Json.text(spec, "clusterIP").equals("None");
    }

    /** Whether ports of the nodes lead to the Service: always for NodePort, for LoadBalancer unless it says no. */
    static boolean allocatesNodePorts(JsonNode spec) {
        return Json.text(spec, "type").equals("NodePort")
                || (isLoadBalancer(spec)
                        && spec.path("allocateLoadBalancerNodePorts").asBoolean(true));
    }

    static boolean hasHealthCheckNodePort(JsonNode spec) {
        return isLoadBalancer(spec) && Json.text(spec, "externalTrafficPolicy").equals("Local");
    }

    static void complete(ObjectNode spec) {
        absent(spec, "type", "ClusterIP");
        absent(spec, "sessionAffinity", "None");
        for (JsonNode port : spec.path("ports")) {
            if (port instanceof ObjectNode entry) {
                absent(entry, "protocol", "TCP");
                if (!entry.has("targetPort") && entry.has("port")) {
                    entry.set("targetPort", entry.get("port"));
                }
            }
        }
        String type = Json.text(spec, "type");
        if (WITH_NODE_PORTS.contains(type)) {
            absent(spec, "externalTrafficPolicy", "Cluster");
        }
        if (isLoadBalancer(spec) && !spec.has("allocateLoadBalancerNodePorts")) {
            spec.put("allocateLoadBalancerNodePorts", true);
        }
        if (!type.equals("ExternalName")) {
            absent(spec, "internalTrafficPolicy", "Cluster");
            families(spec);
        }
    }

    private static void families(ObjectNode spec) {
        boolean both = spec.path("ipFamilies").size() == 2
                || Set.of("PreferDualStack", "RequireDualStack").contains(Json.text(spec, "ipFamilyPolicy"));
        if (spec.path("ipFamilies").isEmpty()) {
            spec.putArray("ipFamilies").add(Json.text(spec, "clusterIP").contains(":") ? "IPv6" : "IPv4");
        }
        if (both && spec.path("ipFamilies").size() == 1) {
            ((ArrayNode) spec.path("ipFamilies"))
                    .add(spec.path("ipFamilies").path(0).asText().equals("IPv4") ? "IPv6" : "IPv4");
        }
        absent(spec, "ipFamilyPolicy", both ? "RequireDualStack" : "SingleStack");
    }

    private static void absent(ObjectNode object, String key, String value) {
        if (Json.text(object, key).isEmpty()) {
            object.put(key, value);
        }
    }

    /** What an update does not name and what was allocated before stays. */
    static void keepAllocated(JsonNode before, ObjectNode spec) {
        if (hasClusterIp(before)
                && hasClusterIp(spec)
                && Json.text(spec, "clusterIP").isEmpty()) {
            copy(before, spec, "clusterIP", "clusterIPs");
        }
        if (hasHealthCheckNodePort(before) && hasHealthCheckNodePort(spec) && !spec.has("healthCheckNodePort")) {
            copy(before, spec, "healthCheckNodePort");
        }
        if (!allocatesNodePorts(spec)) {
            return;
        }
        for (JsonNode port : spec.path("ports")) {
            for (JsonNode old : before.path("ports")) {
                if (port.path("nodePort").asInt() == 0
                        && port.path("port").equals(old.path("port"))
                        && port.path("protocol").equals(old.path("protocol"))
                        && old.has("nodePort")) {
                    ((ObjectNode) port).set("nodePort", old.get("nodePort"));
                }
            }
        }
    }

    private static void copy(JsonNode from, ObjectNode to, String... keys) {
        for (String key : keys) {
            if (from.has(key)) {
                to.set(key, from.get(key));
            }
        }
    }

    /** What only the type before could have, and what the update did not change, goes with that type. */
    static void dropForeignToType(JsonNode before, ObjectNode spec) {
        if (isLoadBalancer(before) && !isLoadBalancer(spec)) {
            dropUnchanged(before, spec, List.of("allocateLoadBalancerNodePorts", "loadBalancerClass"));
        }
        if (hasHealthCheckNodePort(before) && !hasHealthCheckNodePort(spec)) {
            dropUnchanged(before, spec, List.of("healthCheckNodePort"));
        }
        boolean external = WITH_NODE_PORTS.contains(Json.text(spec, "type"));
        if (WITH_NODE_PORTS.contains(Json.text(before, "type")) && !external) {
            dropUnchanged(before, spec, List.of("externalTrafficPolicy"));
            List<JsonNode> old = Json.stream(before.path("ports"))
                    .map(port -> port.path("nodePort"))
                    .toList();
            if (Json.stream(spec.path("ports"))
                    .map(port -> port.path("nodePort"))
                    .toList()
                    .equals(old)) {
                spec.path("ports").forEach(port -> ((ObjectNode) port).remove("nodePort"));
            }
        }
        if (hasClusterIp(before) && Json.text(spec, "type").equals("ExternalName")) {
            dropUnchanged(
                    before,
                    spec,
                    List.of("clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy", "internalTrafficPolicy"));
        }
    }

    private static void dropUnchanged(JsonNode before, ObjectNode spec, List<String> keys) {
        keys.stream()
                .filter(key -> before.has(key) && before.get(key).equals(spec.get(key)))
                .forEach(spec::remove);
    }
}
