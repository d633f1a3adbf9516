package io.octavialb.embedded.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.octavialb.embedded.kubernetes.ApiException.Cause;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Gives a Service its cluster addresses (10.96.0.0/12, fd00:10:96::/112) and ports of the nodes (30000-32767). */
final class ServiceAllocation {
    private static final int FIRST_NODE_PORT = 30000;
    private static final int LAST_NODE_PORT = 32767;

    private final Set<String> takenAddresses = new HashSet<>();
    private final Set<Integer> takenPorts = new HashSet<>();
    /** Those of the Service itself; its ports can share one if their protocols differ. */
    private final Set<Integer> ownPorts = new HashSet<>();

    private final List<Cause> causes = new ArrayList<>();

    /** @param others the specs of all other Services */
    ServiceAllocation(Collection<JsonNode> others) {
        for (JsonNode other : others) {
            takenAddresses.addAll(Json.texts(other.path("clusterIPs")));
            other.path("ports")
                    .forEach(port -> takenPorts.add(port.path("nodePort").asInt()));
            takenPorts.add(other.path("healthCheckNodePort").asInt());
        }
    }

    /** What could not be given, since it is not there to give. */
    List<Cause> complete(ObjectNode spec) {
        if (ServiceDefaults.hasClusterIp(spec)) {
            addresses(spec);
        } else if (Json.text(spec, "clusterIP").equals("None")) {
            spec.putArray("clusterIPs").add("None");
        }
        spec.path("ports").forEach(port -> ownPorts.add(port.path("nodePort").asInt()));
        ownPorts.add(spec.path("healthCheckNodePort").asInt());
        if (ServiceDefaults.hasHealthCheckNodePort(spec)) {
            port(spec, "healthCheckNodePort", "spec.healthCheckNodePort");
        }
        nodePorts(spec);
        return causes;
    }

    private void addresses(ObjectNode spec) {
        ArrayNode addresses = spec.get("clusterIPs") instanceof ArrayNode present ? present : Json.array();
        if (addresses.isEmpty() && !Json.text(spec, "clusterIP").isEmpty()) {
            addresses.add(Json.text(spec, "clusterIP"));
        }
        List<String> families = Json.texts(spec.path("ipFamilies"));
        for (int i = 0; i < families.size(); i++) {
            if (i >= addresses.size()) {
                addresses.add(free(families.get(i).equals("IPv6")));
            } else if (takenAddresses.contains(addresses.path(i).asText())) {
                causes.add(Cause.invalid(
                        "spec.clusterIPs",
                        addresses,
                        "failed to allocate IP " + addresses.path(i).asText() + ": provided IP is already allocated"));
            }
        }
        spec.put("clusterIP", addresses.path(0).asText());
        spec.set("clusterIPs", addresses);
    }

    private String free(boolean ipv6) {
        for (int i = 10; i < 0xffff; i++) {
            String address = ipv6 ? "fd00:10:96::" + Integer.toHexString(i) : "10.96." + (i >> 8) + "." + (i & 0xff);
            if (!takenAddresses.contains(address)) {
                return address;
            }
        }
        throw ApiException.of(500, "InternalError", "range is full");
    }

    private void nodePorts(ObjectNode spec) {
        Set<String> within = new HashSet<>();
        int index = 0;
        for (JsonNode port : spec.path("ports")) {
            String field = "spec.ports[" + index++ + "].nodePort";
            int wanted = port.path("nodePort").asInt();
            boolean exposed = List.of("NodePort", "LoadBalancer").contains(Json.text(spec, "type"));
            if (wanted != 0 && !exposed) {
                causes.add(Cause.forbidden(field, "may not be used when `type` is 'ClusterIP'"));
            } else if (wanted != 0 && !within.add(Json.text(port, "protocol") + wanted)) {
                causes.add(Cause.duplicate(field, wanted));
            } else if (wanted != 0 || ServiceDefaults.allocatesNodePorts(spec)) {
                port((ObjectNode) port, "nodePort", field);
                within.add(Json.text(port, "protocol") + port.path("nodePort").asInt());
            }
        }
    }

    private void port(ObjectNode holder, String key, String field) {
        int wanted = holder.path(key).asInt();
        if (wanted == 0) {
            int free = freePort();
            holder.put(key, free);
            ownPorts.add(free);
        } else if (wanted < FIRST_NODE_PORT || wanted > LAST_NODE_PORT) {
            causes.add(Cause.invalid(
                    field, wanted, "provided port is not in the valid range. The range of valid ports is 30000-32767"));
        } else if (takenPorts.contains(wanted)) {
            causes.add(Cause.invalid(field, wanted, "provided port is already allocated"));
        }
    }

    private int freePort() {
        for (int port = FIRST_NODE_PORT; port <= LAST_NODE_PORT; port++) {
            if (!takenPorts.contains(port) && !ownPorts.contains(port)) {
                return port;
            }
        }
        throw ApiException.of(500, "InternalError", "range is full");
    }
}
