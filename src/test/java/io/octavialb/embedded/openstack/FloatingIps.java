package io.octavialb.embedded.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /v2.0/floatingips}: a port has at most one of an external network; binding a bound one moves it. */
final class FloatingIps extends NeutronKind {
    private static final Set<String> CHANGEABLE = Set.of("port_id", "fixed_ip_address", "description");

    private final Allocation allocation;
    private final NeutronQuotas quotas;

    FloatingIps(CloudState state, Allocation allocation, NeutronQuotas quotas) {
        super(
                state,
                state.floatingIps,
                new NeutronNames("floatingip", "FloatingIPNotFound", "Floating IP %s could not be found"),
                Set.of(
                        "id",
                        "tenant_id",
                        "project_id",
                        "floating_ip_address",
                        "floating_network_id",
                        "router_id",
                        "port_id",
                        "fixed_ip_address",
                        "status",
                        "description",
                        "revision_number"));
        this.allocation = allocation;
        this.quotas = quotas;
    }

    @Override
    ObjectNode view(ObjectNode row) {
        ObjectNode view = row.deepCopy();
        ObjectNode port = state.ports.find(text(row, "port_id"));
        if (port == null) {
            return view.putNull("port_details");
        }
        view.set(
                "port_details",
                port.deepCopy()
                        .retain(
                                "name",
                                "network_id",
                                "mac_address",
                                "admin_state_up",
                                "status",
                                "device_id",
                                "device_owner"));
        return view;
    }

    @Override
    CloudAnswer create(JsonNode body, Caller caller) {
        if (body.has("tags")) {
            throw Refusal.neutron(400, "HTTPBadRequest", "Attribute 'tags' not allowed in POST");
        }
        if (body.path("floating_ip_address").isTextual() && !caller.admin()) {
            throw Refusal.neutron(
                    403,
                    "PolicyNotAuthorized",
                    "(rule:create_floatingip and rule:create_floatingip:floating_ip_address) is disallowed by policy");
        }
        String networkId = text(body, "floating_network_id");
        ObjectNode network = state.networks.find(networkId);
        if (network == null) {
            throw Refusal.neutron(404, "NetworkNotFound", "Network " + networkId + " could not be found.");
        }
        if (!network.path("router:external").asBoolean()) {
            throw bad("Network " + networkId + " is not a valid external network.");
        }
        quotas.check(table, "floatingip", caller.projectId());
        ObjectNode port = body.path("port_id").isTextual() ? port(body, caller) : null;
        String address =
                allocation.floating(network, optional(body, "subnet_id"), optional(body, "floating_ip_address"));
        ObjectNode row = CloudState.object()
                .put("id", state.newId())
                .put("tenant_id", caller.projectId())
                .put("floating_ip_address", address)
                .put("floating_network_id", networkId);
        detach(row);
        row.put("status", "DOWN")
                .put("project_id", caller.projectId())
                .put("description", text(body, "description"))
                .putNull("qos_policy_id");
        row.putArray("tags");
        if (port != null) {
            bind(row, port);
        }
        return wrapped(201, view(table.add(Revisions.first(state, row, 0))));
    }

    private static @Nullable String optional(JsonNode body, String field) {
        return body.path(field).isTextual() ? body.path(field).textValue() : null;
    }

    private static Refusal bad(String reason) {
        return Refusal.neutron(400, "BadRequest", "Bad floatingip request: " + reason);
    }

    private ObjectNode port(JsonNode body, Caller caller) {
        String id = text(body, "port_id");
        ObjectNode port = state.ports.find(id);
        if (port == null || !sees(caller, port)) {
            throw Refusal.neutron(404, "PortNotFound", "Port " + id + " could not be found.");
        }
        return port;
    }

    private void bind(ObjectNode row, ObjectNode port) {
        String portId = text(port, "id");
        String networkId = text(row, "floating_network_id");
        JsonNode fixedIp = port.path("fixed_ips")
                .valueStream()
                .filter(ip -> !Addresses.v6(text(ip, "ip_address")))
                .findFirst()
                .orElseThrow(
                        () -> bad("Cannot add floating IP to port " + portId + " that has no fixed IPv4 addresses."));
        ObjectNode router = router(networkId, fixedIp, portId);
        for (ObjectNode other : table.where("port_id", portId)) {
            if (!other.path("id").equals(row.path("id"))
                    && text(other, "floating_network_id").equals(networkId)) {
                throw Refusal.neutron(
                        409,
                        "FloatingIPPortAlreadyAssociated",
                        "Cannot associate floating IP " + text(row, "floating_ip_address") + " (" + text(row, "id")
                                + ") with port " + portId + " using fixed IP " + text(fixedIp, "ip_address")
                                + ", as that fixed IP already has a floating IP on external network " + networkId
                                + ".");
            }
        }
        row.put("router_id", text(router, "id"))
                .put("port_id", portId)
                .put("fixed_ip_address", text(fixedIp, "ip_address"));
    }

    private ObjectNode router(String networkId, JsonNode fixedIp, String portId) {
        String subnetId = text(fixedIp, "subnet_id");
        List<ObjectNode> interfaces = state.ports.all().stream()
                .filter(port -> text(port, "device_owner").equals("network:router_interface"))
                .filter(port -> port.path("fixed_ips")
                        .valueStream()
                        .anyMatch(ip -> text(ip, "subnet_id").equals(subnetId)))
                .toList();
        for (ObjectNode routerPort : interfaces) {
            ObjectNode router = state.routers.get(text(routerPort, "device_id"));
            if (text(router.path("external_gateway_info"), "network_id").equals(networkId)) {
                return router;
            }
        }
        throw Refusal.neutron(
                404,
                "ExternalGatewayForFloatingIPNotFound",
                "External network " + networkId + " is not reachable from subnet " + subnetId
                        + ".  Therefore, cannot associate Port " + portId + " with a Floating IP.");
    }

    static void detach(ObjectNode row) {
        row.putNull("router_id").putNull("port_id").putNull("fixed_ip_address");
    }

    /** An update that names neither port nor description detaches. */
    @Override
    CloudAnswer update(ObjectNode row, JsonNode body, Caller caller) {
        checkChangeable(row, body, CHANGEABLE);
        if (body.path("port_id").isTextual()) {
            bind(row, port(body, caller));
        } else if (body.path("port_id").isNull() || !body.has("description")) {
            detach(row);
        }
        if (body.path("description").isTextual()) {
            row.set("description", body.path("description"));
        }
        Revisions.bump(state, row);
        return wrapped(200, view(row));
    }

    @Override
    void delete(ObjectNode row, Caller caller) {
        table.remove(text(row, "id"));
    }
}
