package io.octavialb.embedded.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The Neutron side of load balancers: VIP ports {@code octavia-lb-<id>} and their groups {@code lb-<id>}. */
final class VipPorts {
    private final CloudState state;
    private final Ports ports;
    private final SecurityGroups securityGroups;
    private final Set<String> ownPorts = new HashSet<>();

    VipPorts(CloudState state, Ports ports, SecurityGroups securityGroups) {
        this.state = state;
        this.ports = ports;
        this.securityGroups = securityGroups;
    }

    /** Fills in network and subnet from what a create gives: a port, a network, or a subnet. */
    void choose(ObjectNode values, Caller caller) {
        if (values.path("vip_port_id").isTextual()) {
            fromPort(values);
        } else if (values.path("vip_network_id").isTextual()) {
            fromNetwork(values, caller);
        } else if (values.path("vip_subnet_id").isTextual()) {
            values.set(
                    "vip_network_id",
                    subnet(values.path("vip_subnet_id"), caller).path("network_id"));
        } else {
            throw Refusal.invalid("VIP must contain one of: vip_port_id, vip_network_id, vip_subnet_id.");
        }
        checkAdditional(values, caller);
        checkGroups(values.path("vip_sg_ids"));
    }

    void checkGroups(JsonNode groups) {
        for (JsonNode group : groups) {
            if (state.securityGroups.find(group.asText()) == null) {
                throw Refusal.octavia(400, "Security Group " + group.asText() + " not found.");
            }
        }
    }

    private void fromPort(ObjectNode values) {
        String id = values.path("vip_port_id").asText();
        ObjectNode port = state.ports.find(id);
        if (port == null) {
            throw Refusal.octavia(400, "Port " + id + " not found.");
        }
        String device = port.path("device_id").asText();
        if (!device.isEmpty()) {
            throw Refusal.invalid("Port " + id + " is already used by device " + device + " ");
        }
        values.set("vip_network_id", port.path("network_id"));
        JsonNode subnet = values.path("vip_subnet_id");
        JsonNode address = values.path("vip_address");
        List<JsonNode> matching = port.path("fixed_ips")
                .valueStream()
                .filter(ip -> !subnet.isTextual() || ip.path("subnet_id").equals(subnet))
                .filter(ip -> !address.isTextual() || ip.path("ip_address").equals(address))
                .toList();
        if (matching.isEmpty()) {
            throw Refusal.invalid(
                    subnet.isTextual()
                            ? "No VIP address found on the specified VIP port within the specified subnet."
                            : "Specified VIP address not found on the specified VIP port.");
        }
        if (matching.size() > 1) {
            throw Refusal.invalid(
                    "VIP port's subnet could not be determined. Please specify either a VIP subnet or address.");
        }
        values.set("vip_subnet_id", matching.getFirst().path("subnet_id"));
        values.set("vip_address", matching.getFirst().path("ip_address"));
    }

    private void fromNetwork(ObjectNode values, Caller caller) {
        String id = values.path("vip_network_id").asText();
        if (state.networks.find(id) == null) {
            throw Refusal.octavia(400, "Network " + id + " not found.");
        }
        if (values.path("vip_subnet_id").isTextual()) {
            ObjectNode subnet = subnet(values.path("vip_subnet_id"), caller);
            if (!subnet.path("network_id").asText().equals(id)) {
                throw Refusal.octavia(400, "Subnet " + subnet.path("id").asText() + " not found.");
            }
            return;
        }
        String address = values.path("vip_address").asText("null");
        List<ObjectNode> subnets = state.subnets.where("network_id", id);
        ObjectNode chosen = subnets.stream()
                .filter(subnet -> values.path("vip_address").isTextual()
                        ? Addresses.contains(subnet.path("cidr").asText(), address)
                        : subnet.path("ip_version").asInt() == 4)
                .findFirst()
                .orElse(null);
        if (chosen == null && values.path("vip_address").isTextual()) {
            throw Refusal.invalid("Supplied network does not contain a subnet for VIP address specified.");
        }
        if (chosen == null && subnets.isEmpty()) {
            throw Refusal.invalid("Supplied network does not contain a subnet.");
        }
        values.set(
                "vip_subnet_id",
                Objects.requireNonNullElseGet(chosen, subnets::getFirst).path("id"));
    }

    private ObjectNode subnet(JsonNode id, Caller caller) {
        ObjectNode subnet = state.subnets.find(id.asText());
        if (subnet == null || !NeutronKind.sees(caller, subnet)) {
            throw Refusal.octavia(400, "Subnet " + id.asText() + " not found.");
        }
        return subnet;
    }

    private void checkAdditional(ObjectNode values, Caller caller) {
        Set<String> used = new HashSet<>(Set.of(values.path("vip_subnet_id").asText()));
        for (JsonNode vip : values.path("additional_vips")) {
            if (!used.add(vip.path("subnet_id").asText())) {
                throw Refusal.invalid("Duplicate VIP subnet(s) specified. Only one IP can be bound per subnet.");
            }
            if (!subnet(vip.path("subnet_id"), caller).path("network_id").equals(values.path("vip_network_id"))) {
                throw Refusal.invalid("All VIP subnets must belong to the same network.");
            }
        }
    }

    /** Makes the VIP port, unless one was given, and sets its id and addresses. */
    void allocate(ObjectNode values) {
        String id = values.path("id").asText();
        String provider = values.path("provider").asText();
        boolean ovn = provider.equals("ovn");
        ObjectNode network = state.networks.get(values.path("vip_network_id").asText());
        if (!ovn && !network.path("port_security_enabled").asBoolean()) {
            throw refused(provider, "Port security must be enabled on the VIP network.");
        }
        ObjectNode port;
        if (values.path("vip_port_id").isTextual()) {
            port = state.ports.get(values.path("vip_port_id").asText());
        } else {
            port = newPort(values, network, provider);
            ownPorts.add(port.path("id").asText());
            port.put("name", (ovn ? "ovn-lb-vip-" : "octavia-lb-") + id).put("admin_state_up", false);
        }
        port.put("device_owner", ovn ? "ovn-lb-vip" : "Octavia").put("device_id", "lb-" + id);
        values.set("vip_port_id", port.path("id"));
        values.set("vip_address", address(port, values.path("vip_subnet_id").asText()));
        for (JsonNode vip : values.path("additional_vips")) {
            ((ObjectNode) vip)
                    .set("ip_address", address(port, vip.path("subnet_id").asText()));
        }
    }

    private ObjectNode newPort(ObjectNode values, ObjectNode network, String provider) {
        ArrayNode wanted = CloudState.JSON.createArrayNode();
        ObjectNode first = wanted.addObject();
        first.set("subnet_id", values.path("vip_subnet_id"));
        if (values.path("vip_address").isTextual()) {
            first.set("ip_address", values.path("vip_address"));
        }
        values.path("additional_vips").forEach(vip -> wanted.add(vip.deepCopy()));
        try {
            return ports.addWithinQuota(network, values.path("project_id").asText(), wanted);
        } catch (Refusal e) {
            throw refused(provider, e.answer().status() == 409 ? "ConflictException: 409" : "BadRequestException: 400");
        }
    }

    private static Refusal refused(String provider, String reason) {
        return Refusal.octavia(500, "Provider '" + provider + "' reports error: " + reason);
    }

    private static JsonNode address(ObjectNode port, String subnetId) {
        return port.path("fixed_ips")
                .valueStream()
                .filter(ip -> ip.path("subnet_id").asText().equals(subnetId))
                .findFirst()
                .orElseThrow()
                .path("ip_address");
    }

    /** What the worker does at the end of a create or update: the groups of the VIP port. */
    void settled(ObjectNode loadBalancer) {
        ObjectNode port = state.ports.find(loadBalancer.path("vip_port_id").asText());
        if (port == null || loadBalancer.path("provider").asText().equals("ovn")) {
            return;
        }
        ArrayNode groups = CloudState.JSON.createArrayNode();
        JsonNode wanted = loadBalancer.path("vip_sg_ids");
        if (wanted.isEmpty()) {
            groups.add(group(loadBalancer).path("id"));
        } else {
            groups.addAll((ArrayNode) wanted);
        }
        if (!port.path("security_groups").equals(groups)) {
            port.set("security_groups", groups);
            Revisions.bump(state, port);
        }
    }

    private ObjectNode group(ObjectNode loadBalancer) {
        String name = "lb-" + loadBalancer.path("id").asText();
        return state.securityGroups.stream("name", name)
                .findFirst()
                .orElseGet(() -> securityGroups.add(name, "", Seeds.project("service")));
    }

    /** Takes away the port of a load balancer that is gone; a port of the user only becomes free. */
    void release(ObjectNode loadBalancer) {
        String portId = loadBalancer.path("vip_port_id").asText();
        ObjectNode port = state.ports.find(portId);
        if (ownPorts.remove(portId)) {
            ports.remove(portId);
        } else if (port != null) {
            port.put("device_owner", "").put("device_id", "");
        }
        state.securityGroups
                .where("name", "lb-" + loadBalancer.path("id").asText())
                .forEach(securityGroups::remove);
    }
}
