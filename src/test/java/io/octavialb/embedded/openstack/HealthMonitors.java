package io.octavialb.embedded.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** {@code /v2/lbaas/healthmonitors}: at most one a pool. */
final class HealthMonitors extends OctaviaKind {
    HealthMonitors(OctaviaContext octavia) {
        super(
                octavia,
                octavia.state.healthMonitors,
                OctaviaAttributes.HEALTH_MONITOR,
                "Health Monitor",
                "healthmonitor");
    }

    @Override
    ObjectNode view(ObjectNode row) {
        ObjectNode view = known(row);
        view.putArray("pools").addObject().put("id", view.remove("pool_id").asText());
        return view;
    }

    /** As the answer to a populated create nests it. */
    ObjectNode nestedView(ObjectNode row) {
        return known(row).without("pool_id");
    }

    @Override
    CloudAnswer create(JsonNode body, Caller caller) {
        ObjectNode values = attributes.created(body, octavia.settings().minor());
        String poolId = values.path("pool_id").asText();
        ObjectNode pool = state.pools.find(poolId);
        if (pool == null) {
            throw Refusal.notFound("Pool", poolId);
        }
        ObjectNode loadBalancer =
                octavia.loadBalancer(pool.path("loadbalancer_id").asText(), caller);
        OctaviaRules.monitorForPool(
                values, values.path("type").asText(), pool.path("protocol").asText());
        octavia.quotas.check(
                table, "Health Monitor", loadBalancer.path("project_id").asText(), 1);
        checkMutable(pool, loadBalancer);
        check(values);
        if (!table.where("pool_id", poolId).isEmpty()) {
            throw Refusal.octavia(409, "This pool already has a health monitor");
        }
        begin(pool, loadBalancer);
        return single(201, view(add(values, pool)));
    }

    /** Creates one below a load balancer that is being created. */
    void graphCreate(JsonNode body, ObjectNode pool) {
        ObjectNode values = attributes.created(body, octavia.settings().minor());
        check(values);
        OctaviaRules.monitorForPool(
                values, values.path("type").asText(), pool.path("protocol").asText());
        add(values, pool);
    }

    private static void check(ObjectNode values) {
        OctaviaRules.monitorHttp(values, values.path("type").asText());
        OctaviaRules.domainName(values);
    }

    private ObjectNode add(ObjectNode values, ObjectNode pool) {
        values.put("id", state.newId())
                .put("operating_status", "OFFLINE")
                .put("project_id", pool.path("project_id").asText())
                .put("pool_id", pool.path("id").asText());
        return table.add(octavia.provisioning.created(values));
    }

    private void checkMutable(ObjectNode pool, ObjectNode loadBalancer) {
        if (!pool.path("provisioning_status").asText().equals("ACTIVE")) {
            throw Refusal.octavia(409, "Pool " + pool.path("id").asText() + " is immutable and cannot be updated.");
        }
        if (!loadBalancer.path("provisioning_status").asText().equals("ACTIVE")) {
            octavia.beginBelow(loadBalancer, List.of());
        }
    }

    private void begin(ObjectNode pool, ObjectNode loadBalancer) {
        List<ObjectNode> touched = new ArrayList<>(octavia.listenersOf(pool));
        touched.add(pool);
        octavia.beginBelow(loadBalancer, touched);
    }

    @Override
    CloudAnswer update(ObjectNode row, JsonNode body, Caller caller) {
        for (String field : List.of("delay", "max_retries", "timeout")) {
            if (body.has(field) && body.path(field).isNull()) {
                throw Refusal.octavia(400, "None is not a valid option for " + field);
            }
        }
        ObjectNode changes = attributes.updated(body, octavia.settings().minor());
        ObjectNode pool = state.pools.get(row.path("pool_id").asText());
        ObjectNode loadBalancer =
                state.loadBalancers.get(pool.path("loadbalancer_id").asText());
        String type = row.path("type").asText();
        OctaviaRules.monitorHttp(changes, type);
        OctaviaRules.domainName(row.deepCopy().<ObjectNode>setAll(changes));
        OctaviaRules.monitorForPool(changes, type, pool.path("protocol").asText());
        checkMutable(pool, loadBalancer);
        begin(pool, loadBalancer);
        octavia.provisioning.mark(row, "PENDING_UPDATE");
        row.setAll(changes);
        return single(200, view(row));
    }

    @Override
    CloudAnswer delete(ObjectNode row, CloudRequest request, Caller caller) {
        ObjectNode pool = state.pools.get(row.path("pool_id").asText());
        ObjectNode loadBalancer =
                state.loadBalancers.get(pool.path("loadbalancer_id").asText());
        checkMutable(pool, loadBalancer);
        begin(pool, loadBalancer);
        octavia.provisioning.mark(row, "PENDING_DELETE");
        return CloudAnswer.empty(204);
    }
}
