package io.octavialb.embedded.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code /v2.0/security-group-rules}, one or several in a request; the same rule twice is refused. */
final class SecurityGroupRules extends NeutronKind {
    private static final List<String> MATCH = List.of(
            "ethertype",
            "direction",
            "protocol",
            "port_range_min",
            "port_range_max",
            "remote_ip_prefix",
            "remote_address_group_id",
            "remote_group_id");

    private static final Map<String, String> PROTOCOLS = Map.of("1", "icmp", "6", "tcp", "17", "udp", "132", "sctp");
    private static final Set<String> DIRECTIONS = Set.of("ingress", "egress");

    private final NeutronQuotas quotas;

    SecurityGroupRules(CloudState state, NeutronQuotas quotas) {
        super(
                state,
                state.securityGroupRules,
                new NeutronNames(
                        "security_group_rule", "SecurityGroupRuleNotFound", "Security group rule %s does not exist"),
                Set.of(
                        "id",
                        "tenant_id",
                        "project_id",
                        "security_group_id",
                        "ethertype",
                        "direction",
                        "protocol",
                        "port_range_min",
                        "port_range_max",
                        "remote_ip_prefix",
                        "remote_group_id",
                        "description",
                        "revision_number"));
        this.quotas = quotas;
    }

    @Override
    CloudAnswer create(JsonNode body, Caller caller) {
        if (!body.isArray()) {
            return wrapped(201, created(body, caller));
        }
        for (JsonNode rule : body) {
            check(rule, caller);
        }
        ObjectNode answer = CloudState.object();
        ArrayNode rules = answer.putArray("security_group_rules");
        body.forEach(rule -> rules.add(created(rule, caller)));
        return CloudAnswer.of(201, answer);
    }

    private ObjectNode created(JsonNode body, Caller caller) {
        check(body, caller);
        quotas.check(table, "security_group_rule", caller.projectId());
        ObjectNode group = state.securityGroups.get(text(body, "security_group_id"));
        Revisions.bump(state, group);
        return view(add(body, caller.projectId())).without("tags");
    }

    private void check(JsonNode body, Caller caller) {
        String groupId = text(body, "security_group_id");
        ObjectNode group = state.securityGroups.find(groupId);
        if (group == null || !sees(caller, group)) {
            throw Refusal.neutron(404, "SecurityGroupNotFound", "Security group " + groupId + " does not exist");
        }
        if (!DIRECTIONS.contains(text(body, "direction"))) {
            throw Refusal.neutron(
                    400,
                    "HTTPBadRequest",
                    "Invalid input for direction. Reason: " + text(body, "direction") + " is not in valid_values.");
        }
        checkPorts(body);
        checkRemote(body);
        ObjectNode wanted = matching(body);
        for (ObjectNode rule : table.where("security_group_id", groupId)) {
            if (same(matching(rule), wanted)) {
                throw Refusal.neutron(
                        409,
                        "SecurityGroupRuleExists",
                        "Security group rule already exists. Rule id is " + text(rule, "id") + ".");
            }
        }
    }

    private static void checkRemote(JsonNode body) {
        if (body.hasNonNull("remote_ip_prefix") && body.hasNonNull("remote_group_id")) {
            throw Refusal.neutron(
                    400,
                    "SecurityGroupMultipleRemoteEntites",
                    "Only one of remote_ip_prefix or remote_group_id or remote_address_group_id may be provided.");
        }
        String ethertype = body.path("ethertype").asText("IPv4");
        String prefix = body.path("remote_ip_prefix").asText("");
        if (!prefix.isEmpty() && Addresses.v6(prefix) != ethertype.equals("IPv6")) {
            throw Refusal.neutron(
                    400,
                    "SecurityGroupRuleParameterConflict",
                    "Conflicting value ethertype " + ethertype + " for CIDR " + prefix);
        }
    }

    private static void checkPorts(JsonNode body) {
        JsonNode from = body.path("port_range_min");
        JsonNode to = body.path("port_range_max");
        if (from.isNumber() && !body.hasNonNull("protocol")) {
            throw Refusal.neutron(
                    400,
                    "SecurityGroupProtocolRequiredWithPorts",
                    "Must also specify protocol if port range is given.");
        }
        if (from.isNumber() && to.isNumber() && from.asInt() > to.asInt()) {
            throw Refusal.neutron(
                    400,
                    "SecurityGroupInvalidPortRange",
                    "For TCP/UDP protocols, port_range_min must be <= port_range_max");
        }
    }

    private static boolean same(ObjectNode one, ObjectNode other) {
        return MATCH.stream().allMatch(field -> canonical(one.path(field)).equals(canonical(other.path(field))));
    }

    /** A protocol may be given by its number. */
    private static String canonical(JsonNode value) {
        String text = value.asText();
        return value.isTextual() ? PROTOCOLS.getOrDefault(text, text) : text;
    }

    private static ObjectNode matching(JsonNode body) {
        ObjectNode match = CloudState.object();
        MATCH.forEach(field -> match.set(field, body.hasNonNull(field) ? body.path(field) : NullNode.instance));
        if (!body.hasNonNull("ethertype")) {
            match.put("ethertype", "IPv4");
        }
        return match;
    }

    ObjectNode add(JsonNode body, String projectId) {
        ObjectNode row = CloudState.object()
                .put("id", state.newId())
                .put("project_id", projectId)
                .put("tenant_id", projectId)
                .put("security_group_id", text(body, "security_group_id"));
        row.setAll(matching(body));
        String prefix = body.path("remote_ip_prefix").asText("");
        row.put("normalized_cidr", prefix.isEmpty() ? null : Addresses.network(prefix))
                .put("belongs_to_default_sg", false)
                .put("description", text(body, "description"));
        row.putArray("tags");
        return table.add(Revisions.first(state, row, 0));
    }

    @Override
    void delete(ObjectNode row, Caller caller) {
        table.remove(text(row, "id"));
        Revisions.bump(state, state.securityGroups.get(text(row, "security_group_id")));
    }
}
