package io.octavialb.embedded.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code /v2.0/ports}. */
final class Ports extends NeutronKind {
    private static final List<String> CHANGEABLE = List.of(
            "name",
            "description",
            "admin_state_up",
            "device_id",
            "device_owner",
            "security_groups",
            "port_security_enabled",
            "allowed_address_pairs");

    private final Allocation allocation;
    private final NeutronQuotas quotas;

    Ports(CloudState state, Allocation allocation, NeutronQuotas quotas) {
        super(
                state,
                state.ports,
                new NeutronNames("port", "PortNotFound", "Port %s could not be found."),
                Set.of(
                        "id",
                        "name",
                        "network_id",
                        "tenant_id",
                        "project_id",
                        "mac_address",
                        "admin_state_up",
                        "status",
                        "device_id",
                        "device_owner",
                        "fixed_ips",
                        "security_groups",
                        "description",
                        "port_security_enabled",
                        "revision_number"));
        this.allocation = allocation;
        this.quotas = quotas;
    }

    @Override
    CloudAnswer create(JsonNode body, Caller caller) {
        ObjectNode network = state.networks.find(text(body, "network_id"));
        if (network == null || !sees(caller, network)) {
            throw Refusal.neutron(
                    404, "NetworkNotFound", "Network " + text(body, "network_id") + " could not be found.");
        }
        checkGroups(body.path("security_groups"));
        ObjectNode row = addWithinQuota(network, caller.projectId(), body.path("fixed_ips"));
        CHANGEABLE.stream().filter(body::has).forEach(field -> row.set(field, body.path(field)));
        if (!body.has("security_groups") && row.path("port_security_enabled").asBoolean()) {
            state.securityGroups.stream("project_id", caller.projectId())
                    .filter(group -> group.path("name").asText().equals("default"))
                    .forEach(group -> ((ArrayNode) row.path("security_groups")).add(group.path("id")));
        }
        return wrapped(201, view(row));
    }

    ObjectNode addWithinQuota(ObjectNode network, String projectId, JsonNode fixedIps) {
        quotas.check(table, "port", projectId);
        return add(network, projectId, fixedIps);
    }

    /** A new port without a name, a device or groups. */
    ObjectNode add(ObjectNode network, String projectId, JsonNode fixedIps) {
        ArrayNode allocated = allocation.fixedIps(network, fixedIps);
        String id = state.newId();
        ObjectNode row = CloudState.object()
                .put("id", id)
                .put("name", "")
                .put("network_id", network.path("id").asText())
                .put("tenant_id", projectId)
                .put("mac_address", macAddress(id))
                .put("admin_state_up", true)
                .put("status", "DOWN")
                .put("device_id", "")
                .put("device_owner", "");
        row.set("fixed_ips", allocated);
        row.putArray("allowed_address_pairs");
        row.putArray("extra_dhcp_opts");
        row.putArray("security_groups");
        row.put("description", "")
                .put("binding:vnic_type", "normal")
                .put(
                        "port_security_enabled",
                        network.path("port_security_enabled").asBoolean())
                .putNull("qos_policy_id")
                .putNull("qos_network_policy_id");
        row.putArray("tags");
        return table.add(Revisions.first(state, row, 1).put("project_id", projectId));
    }

    private static String macAddress(String id) {
        int hash = id.hashCode();
        return String.format(Locale.ROOT, "fa:16:3e:%02x:%02x:%02x", (hash >> 16) & 255, (hash >> 8) & 255, hash & 255);
    }

    private void checkGroups(JsonNode groups) {
        for (JsonNode group : groups) {
            checkUuid("security_groups", group.asText());
            if (state.securityGroups.find(group.asText()) == null) {
                throw Refusal.neutron(
                        404, "SecurityGroupNotFound", "Security group " + group.asText() + " does not exist");
            }
        }
    }

    @Override
    CloudAnswer update(ObjectNode row, JsonNode body, Caller caller) {
        checkChangeable(row, body, Set.copyOf(CHANGEABLE));
        checkGroups(body.path("security_groups"));
        if (!body.path("security_groups").isEmpty()
                && !body.path("port_security_enabled")
                        .asBoolean(row.path("port_security_enabled").asBoolean())) {
            throw Refusal.neutron(
                    409,
                    "PortSecurityAndIPRequiredForSecurityGroups",
                    "Port security must be enabled and port must have an IP address in order to use security groups.");
        }
        ObjectNode before = row.deepCopy();
        CHANGEABLE.stream().filter(body::has).forEach(field -> row.set(field, body.path(field)));
        if (!row.equals(before)) {
            Revisions.bump(state, row);
        }
        return wrapped(200, view(row));
    }

    @Override
    void delete(ObjectNode row, Caller caller) {
        String owner = text(row, "device_owner");
        if (owner.startsWith("network:router")) {
            throw Refusal.neutron(
                    409,
                    "ServicePortInUse",
                    "Port " + text(row, "id") + " cannot be deleted directly via the port API: has device owner "
                            + owner + ".");
        }
        remove(text(row, "id"));
    }

    /** Deletes a port; a floating IP on it is detached. */
    void remove(String id) {
        table.remove(id);
        for (ObjectNode floatingIp : state.floatingIps.where("port_id", id)) {
            FloatingIps.detach(floatingIp);
            Revisions.bump(state, floatingIp);
        }
    }
}
