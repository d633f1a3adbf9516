package io.octavialb.embedded.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/** {@code /v2.0/security-groups}: a new one has two rules, which let everything out. */
final class SecurityGroups extends NeutronKind {
    private final SecurityGroupRules rules;
    private final NeutronQuotas quotas;

    SecurityGroups(CloudState state, SecurityGroupRules rules, NeutronQuotas quotas) {
        super(
                state,
                state.securityGroups,
                new NeutronNames("security_group", "SecurityGroupNotFound", "Security group %s does not exist"),
                Set.of(
                        "id",
                        "name",
                        "tenant_id",
                        "project_id",
                        "description",
                        "stateful",
                        "revision_number",
                        "shared"));
        this.rules = rules;
        this.quotas = quotas;
    }

    @Override
    ObjectNode view(ObjectNode row) {
        ObjectNode view = row.deepCopy();
        ArrayNode shown = view.putArray("security_group_rules");
        state.securityGroupRules.where("security_group_id", text(row, "id")).forEach(shown::add);
        return view;
    }

    @Override
    CloudAnswer create(JsonNode body, Caller caller) {
        if (text(body, "name").equals("default")) {
            throw Refusal.neutron(409, "SecurityGroupDefaultAlreadyExists", "Default security group already exists.");
        }
        quotas.check(table, "security_group", caller.projectId());
        return wrapped(201, view(add(text(body, "name"), text(body, "description"), caller.projectId())));
    }

    ObjectNode add(String name, String description, String projectId) {
        return add(state.newId(), name, description, projectId);
    }

    ObjectNode add(String id, String name, String description, String projectId) {
        ObjectNode row = CloudState.object()
                .put("id", id)
                .put("name", name)
                .put("stateful", true)
                .put("tenant_id", projectId)
                .put("description", description)
                .put("shared", false);
        row.putArray("tags");
        table.add(Revisions.first(state, row, 1).put("project_id", projectId));
        for (String ethertype : List.of("IPv6", "IPv4")) {
            ObjectNode egress = CloudState.object()
                    .put("security_group_id", id)
                    .put("direction", "egress")
                    .put("ethertype", ethertype);
            rules.add(egress, projectId).putNull("description");
        }
        return row;
    }

    @Override
    CloudAnswer update(ObjectNode row, JsonNode body, Caller caller) {
        for (String field : List.of("name", "description")) {
            if (body.path(field).isTextual()) {
                row.set(field, body.path(field));
            }
        }
        Revisions.bump(state, row);
        return wrapped(200, view(row));
    }

    @Override
    void delete(ObjectNode row, Caller caller) {
        String id = text(row, "id");
        boolean used = state.ports.all().stream()
                .anyMatch(port -> port.path("security_groups")
                        .valueStream()
                        .anyMatch(group -> group.asText().equals(id)));
        if (used) {
            throw Refusal.neutron(409, "SecurityGroupInUse", "Security Group " + id + " in use.");
        }
        if (text(row, "name").equals("default") && !caller.admin()) {
            throw Refusal.neutron(
                    409,
                    "SecurityGroupCannotRemoveDefault",
                    "Insufficient rights for removing default security group.");
        }
        remove(row);
    }

    void remove(ObjectNode row) {
        String id = text(row, "id");
        table.remove(id);
        state.securityGroupRules
                .where("security_group_id", id)
                .forEach(rule -> state.securityGroupRules.remove(text(rule, "id")));
    }
}
