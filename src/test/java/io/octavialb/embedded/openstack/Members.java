package io.octavialb.embedded.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /v2/lbaas/pools/{pool}/members}: single ones, and the batch PUT of all. */
final class Members extends OctaviaKind {
    private static final String RESERVED = "169.254.169.254";

    Members(OctaviaContext octavia) {
        super(octavia, octavia.state.members, OctaviaAttributes.MEMBER, "Member", "member");
    }

    @Override
    ObjectNode view(ObjectNode row) {
        return known(row).without("pool_id");
    }

    /** The members of a pool, or one of them. */
    CloudAnswer answer(String poolId, @Nullable String id, CloudRequest request, Caller caller) {
        ObjectNode pool = state.pools.find(poolId);
        if (pool == null) {
            throw Refusal.octaviaRouting(404, "Bad Request", "Pool " + poolId + " not found.");
        }
        OctaviaContext.authorize(caller, pool.path("project_id").asText(), request.changes());
        if (id != null) {
            ObjectNode row = table.find(id);
            if (row != null && !row.path("pool_id").asText().equals(poolId)) {
                throw Refusal.notFound("Member", id);
            }
            return single(id, request, caller);
        }
        return switch (request.method()) {
            case "GET" -> answer(request, "/v2/lbaas/pools/" + poolId + "/members", table.where("pool_id", poolId));
            case "POST" -> create(inPool(request, poolId), caller);
            case "PUT" -> replace(pool, request);
            default -> throw notAllowed();
        };
    }

    private static JsonNode inPool(CloudRequest request, String poolId) {
        JsonNode body = request.body();
        if (body == null || !body.path("member").isObject()) {
            throw Refusal.octavia(400, "Request is not in valid JSON format");
        }
        return ((ObjectNode) body.path("member").deepCopy()).put("pool of the path", poolId);
    }

    @Override
    CloudAnswer create(JsonNode body, Caller caller) {
        ObjectNode pool =
                state.pools.get(((ObjectNode) body).remove("pool of the path").asText());
        ObjectNode values = attributes.created(body, octavia.settings().minor());
        checkNew(values);
        octavia.quotas.check(table, "Member", pool.path("project_id").asText(), 1);
        checkMutable(pool);
        checkFree(values, pool, Set.of());
        begin(pool);
        boolean monitored = !state.healthMonitors.where("pool_id", id(pool)).isEmpty();
        return single(201, view(add(values, pool, monitored ? "OFFLINE" : "NO_MONITOR")));
    }

    /** Creates one below a load balancer that is being created. */
    void graphCreate(JsonNode body, ObjectNode pool) {
        ObjectNode values = attributes.created(body, octavia.settings().minor());
        checkNew(values);
        checkFree(values, pool, Set.of());
        add(values, pool, "NO_MONITOR");
    }

    private void checkNew(JsonNode values) {
        if (values.path("address").asText().equals(RESERVED)) {
            throw Refusal.octavia(400, RESERVED + " is not a valid option for member address");
        }
        JsonNode subnet = values.path("subnet_id");
        if (subnet.isTextual() && state.subnets.find(subnet.textValue()) == null) {
            throw Refusal.octavia(400, "Subnet " + subnet.textValue() + " not found.");
        }
    }

    private void checkFree(JsonNode values, ObjectNode pool, Set<String> others) {
        Set<String> taken = new HashSet<>(others);
        table.where("pool_id", id(pool)).forEach(member -> taken.add(endpoint(member)));
        if (taken.contains(endpoint(values))) {
            throw Refusal.octavia(
                    409,
                    "Another member on this pool is already using ip "
                            + values.path("address").asText() + " on protocol_port "
                            + values.path("protocol_port").asText());
        }
    }

    private void checkMutable(ObjectNode pool) {
        ObjectNode loadBalancer =
                state.loadBalancers.get(pool.path("loadbalancer_id").asText());
        if (!pool.path("provisioning_status").asText().equals("ACTIVE")) {
            throw Refusal.octavia(409, "Pool " + id(pool) + " is immutable and cannot be updated.");
        }
        if (!loadBalancer.path("provisioning_status").asText().equals("ACTIVE")) {
            octavia.beginBelow(loadBalancer, List.of());
        }
    }

    private void begin(ObjectNode pool) {
        List<ObjectNode> touched = new ArrayList<>(octavia.listenersOf(pool));
        touched.add(pool);
        octavia.beginBelow(state.loadBalancers.get(pool.path("loadbalancer_id").asText()), touched);
    }

    private ObjectNode add(ObjectNode values, ObjectNode pool, String operatingStatus) {
        values.remove("request_sriov");
        values.put("id", state.newId())
                .put("operating_status", operatingStatus)
                .put("vnic_type", "normal")
                .put("project_id", pool.path("project_id").asText())
                .put("pool_id", id(pool));
        return table.add(octavia.provisioning.created(values));
    }

    private static String id(JsonNode row) {
        return row.path("id").asText();
    }

    private static String endpoint(JsonNode member) {
        return member.path("address").asText() + " "
                + member.path("protocol_port").asInt();
    }

    /** The batch: what is not in it goes, unless {@code additive_only}; what is there already is set back. */
    private CloudAnswer replace(ObjectNode pool, CloudRequest request) {
        int minor = octavia.settings().minor();
        boolean additive = minor >= 11 && "true".equalsIgnoreCase(request.first("additive_only"));
        JsonNode wanted =
                request.body() == null ? CloudState.object() : request.body().path("members");
        List<ObjectNode> created = new ArrayList<>();
        for (JsonNode member : wanted) {
            created.add(attributes.created(member, minor));
        }
        checkMutable(pool);
        List<ObjectNode> gone = new ArrayList<>(table.where("pool_id", id(pool)));
        Set<String> updated = new HashSet<>();
        Set<String> added = new HashSet<>();
        List<Runnable> changes = new ArrayList<>();
        for (int i = 0; i < created.size(); i++) {
            ObjectNode values = created.get(i);
            String endpoint = endpoint(values);
            ObjectNode old = table.where("pool_id", id(pool)).stream()
                    .filter(member -> endpoint(member).equals(endpoint))
                    .findFirst()
                    .orElse(null);
            if (old == null) {
                checkNew(values);
                checkFree(values, pool, added);
                added.add(endpoint);
                changes.add(() -> add(values, pool, initialStatus(pool)));
            } else if (!updated.add(endpoint)) {
                throw Refusal.invalid("Member must be updated only once in the same request.");
            } else {
                gone.remove(old);
                ObjectNode replaced = attributes.replaced(wanted.path(i), minor);
                changes.add(() -> {
                    octavia.provisioning.mark(old, "PENDING_UPDATE");
                    replaced.remove("request_sriov");
                    old.setAll(replaced);
                });
            }
        }
        gone.removeIf(_ -> additive);
        if (changes.isEmpty() && gone.isEmpty()) {
            return CloudAnswer.empty(202);
        }
        int more = added.size() - gone.size();
        if (more > 0) {
            octavia.quotas.check(table, "Member", pool.path("project_id").asText(), more);
        }
        begin(pool);
        changes.forEach(Runnable::run);
        gone.forEach(member -> octavia.provisioning.mark(member, "PENDING_DELETE"));
        return CloudAnswer.empty(202);
    }

    private String initialStatus(ObjectNode pool) {
        return state.healthMonitors.where("pool_id", id(pool)).isEmpty() ? "NO_MONITOR" : "OFFLINE";
    }

    @Override
    CloudAnswer update(ObjectNode row, JsonNode body, Caller caller) {
        ObjectNode changes = attributes.updated(body, octavia.settings().minor());
        ObjectNode pool = state.pools.get(row.path("pool_id").asText());
        checkMutable(pool);
        begin(pool);
        octavia.provisioning.mark(row, "PENDING_UPDATE");
        row.setAll(changes);
        return single(200, view(row));
    }

    @Override
    CloudAnswer delete(ObjectNode row, CloudRequest request, Caller caller) {
        ObjectNode pool = state.pools.get(row.path("pool_id").asText());
        checkMutable(pool);
        begin(pool);
        octavia.provisioning.mark(row, "PENDING_DELETE");
        return CloudAnswer.empty(204);
    }
}
