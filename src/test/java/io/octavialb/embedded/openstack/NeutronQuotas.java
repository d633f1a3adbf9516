package io.octavialb.embedded.openstack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code /v2.0/quotas}: limits by project, unlimited until one is set; exceeding one answers 409. */
final class NeutronQuotas {
    private static final List<String> KINDS = List.of(
            "network",
            "subnet",
            "subnetpool",
            "port",
            "router",
            "floatingip",
            "rbac_policy",
            "security_group",
            "security_group_rule");

    private final Map<String, ObjectNode> limits = new HashMap<>();

    void check(Table table, String kind, String projectId) {
        int limit = of(projectId).path(kind).asInt(-1);
        if (limit >= 0 && table.stream("project_id", projectId).count() >= limit) {
            throw Refusal.neutron(409, "OverQuota", "Quota exceeded for resources: ['" + kind + "'].");
        }
    }

    void set(String projectId, String kind, int limit) {
        limits.computeIfAbsent(projectId, _ -> unlimited()).put(kind, limit);
    }

    CloudAnswer answer(String projectId, CloudRequest request, Caller caller) {
        if (request.changes() ? !caller.admin() : !caller.sees(projectId)) {
            throw Refusal.neutron(403, "PolicyNotAuthorized", "rule:update_quota is disallowed by policy");
        }
        if (request.is("DELETE")) {
            limits.remove(projectId);
            return CloudAnswer.empty(204);
        }
        if (request.is("PUT") && request.body() instanceof ObjectNode body) {
            body.path("quota")
                    .propertyStream()
                    .forEach(it -> set(projectId, it.getKey(), it.getValue().asInt()));
        }
        ObjectNode body = CloudState.object();
        body.set("quota", of(projectId).deepCopy());
        return CloudAnswer.of(200, body);
    }

    private ObjectNode of(String projectId) {
        ObjectNode limit = limits.get(projectId);
        return limit == null ? unlimited() : limit;
    }

    private static ObjectNode unlimited() {
        ObjectNode quota = CloudState.object();
        KINDS.forEach(kind -> quota.put(kind, -1));
        return quota;
    }
}
