package io.octavialb.embedded.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code /v2/lbaas/quotas}: limits by project, unlimited until one is set; exceeding one answers 403. */
final class OctaviaQuotas {
    private static final List<String> KINDS =
            List.of("load_balancer", "listener", "member", "pool", "health_monitor", "l7policy", "l7rule");

    private final Map<String, ObjectNode> limits = new HashMap<>();

    /** Refuses {@code more} resources of a kind, such as {@code Load Balancer}, when they are too many. */
    void check(Table table, String name, String projectId, int more) {
        String kind = name.toLowerCase(Locale.ROOT).replace(' ', '_');
        JsonNode limit = of(projectId).path(kind);
        long used = table.stream("project_id", projectId).count();
        if (limit.asInt() >= 0 && used + more > limit.asInt()) {
            throw Refusal.octavia(403, "Quota has been met for resources: " + name);
        }
    }

    void set(String projectId, String kind, int limit) {
        limits.computeIfAbsent(projectId, _ -> unlimited()).put(kind, limit);
    }

    CloudAnswer answer(CloudRequest request, Caller caller, List<String> rest) {
        if (rest.isEmpty()) {
            return list(caller);
        }
        String projectId = rest.getFirst();
        if (request.changes() ? !caller.admin() : !caller.sees(projectId)) {
            throw Refusal.forbidden();
        }
        if (request.is("DELETE")) {
            limits.remove(projectId);
            return CloudAnswer.empty(202);
        }
        if (request.is("PUT") && request.body() instanceof ObjectNode body) {
            body.path("quota")
                    .propertyStream()
                    .forEach(limit -> set(
                            projectId,
                            limit.getKey(),
                            limit.getValue().isNull() ? -1 : limit.getValue().asInt()));
        }
        ObjectNode body = CloudState.object();
        body.set("quota", rest.size() > 1 ? unlimited() : of(projectId).deepCopy());
        return CloudAnswer.of(request.is("PUT") ? 202 : 200, body);
    }

    private CloudAnswer list(Caller caller) {
        ObjectNode body = CloudState.object();
        ArrayNode quotas = body.putArray("quotas");
        limits.forEach((projectId, limit) -> {
            if (caller.sees(projectId)) {
                quotas.addObject().put("project_id", projectId).setAll(limit);
            }
        });
        body.putArray("quotas_links");
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
