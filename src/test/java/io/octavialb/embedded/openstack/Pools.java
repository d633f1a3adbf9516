package io.octavialb.embedded.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** {@code /v2/lbaas/pools}; without members and monitor, which Octavia's own create refuses with 500. */
final class Pools extends OctaviaKind {
    private final Members members;
    private final HealthMonitors healthMonitors;

    Pools(OctaviaContext octavia, Members members, HealthMonitors healthMonitors) {
        super(octavia, octavia.state.pools, OctaviaAttributes.POOL, "Pool", "pool");
        this.members = members;
        this.healthMonitors = healthMonitors;
    }

    @Override
    ObjectNode view(ObjectNode row) {
        ObjectNode view = common(row);
        view.putArray("loadbalancers")
                .addObject()
                .put("id", row.path("loadbalancer_id").asText());
        ids(view, "members", membersOf(row));
        monitorsOf(row).forEach(monitor -> view.set("healthmonitor_id", monitor.path("id")));
        return view;
    }

    /** As the answer to a populated create nests it, with whole members and the whole monitor. */
    ObjectNode nestedView(ObjectNode row) {
        ObjectNode view = common(row);
        ArrayNode nested = view.putArray("members");
        membersOf(row).forEach(member -> nested.add(members.view(member)));
        view.putNull("healthmonitor");
        monitorsOf(row).forEach(monitor -> view.set("healthmonitor", healthMonitors.nestedView(monitor)));
        return view;
    }

    private ObjectNode common(ObjectNode row) {
        ObjectNode view = known(row);
        view.remove("loadbalancer_id");
        ids(view, "listeners", octavia.listenersOf(row));
        return view;
    }

    private List<ObjectNode> membersOf(ObjectNode pool) {
        return state.members.where("pool_id", pool.path("id").asText());
    }

    private List<ObjectNode> monitorsOf(ObjectNode pool) {
        return state.healthMonitors.where("pool_id", pool.path("id").asText());
    }

    @Override
    CloudAnswer create(JsonNode body, Caller caller) {
        ObjectNode values = attributes.created(body, octavia.settings().minor());
        List<ObjectNode> listeners = new ArrayList<>();
        ObjectNode loadBalancer = parent(values, listeners, caller);
        String protocol = values.path("protocol").asText();
        for (ObjectNode listener : listeners) {
            OctaviaRules.compatible(listener.path("protocol").asText(), protocol);
        }
        OctaviaRules.sessionPersistence(values.path("session_persistence"), protocol, "UDP and SCTP");
        octavia.quotas.check(table, "Pool", loadBalancer.path("project_id").asText(), 1);
        if (listeners.stream()
                .anyMatch(listener -> listener.path("default_pool_id").isTextual())) {
            throw Refusal.octavia(409, "This listener already has a default pool");
        }
        if (!loadBalancer.path("provisioning_status").asText().equals("ACTIVE")) {
            octavia.beginBelow(loadBalancer, List.of());
        }
        if (!values.path("members").isEmpty() || values.path("healthmonitor").isObject()) {
            throw Refusal.octavia(500, "'dict' object has no attribute '_sa_instance_state'");
        }
        OctaviaRules.supported(
                values,
                loadBalancer.path("provider").asText(),
                octavia.settings().minor());
        octavia.beginBelow(loadBalancer, listeners);
        ObjectNode row = add(values, loadBalancer);
        listeners.forEach(listener -> listener.set("default_pool_id", row.path("id")));
        return single(201, view(row));
    }

    private ObjectNode parent(JsonNode values, List<ObjectNode> listeners, Caller caller) {
        if (values.path("loadbalancer_id").isTextual()) {
            ObjectNode loadBalancer =
                    octavia.loadBalancer(values.path("loadbalancer_id").asText(), caller);
            if (values.path("listener_id").isTextual()) {
                listeners.add(listener(values));
            }
            return loadBalancer;
        }
        if (!values.path("listener_id").isTextual()) {
            throw Refusal.invalid("Must provide at least one of: loadbalancer_id, listener_id");
        }
        ObjectNode listener = listener(values);
        listeners.add(listener);
        return octavia.loadBalancer(listener.path("loadbalancer_id").asText(), caller);
    }

    private ObjectNode listener(JsonNode values) {
        ObjectNode listener = state.listeners.find(values.path("listener_id").asText());
        if (listener == null) {
            throw Refusal.octavia(500, "'NoneType' object has no attribute 'load_balancer_id'");
        }
        return listener;
    }

    /** Creates one, with members and monitor, below a load balancer that is being created. */
    ObjectNode graphCreate(JsonNode body, ObjectNode loadBalancer) {
        ObjectNode values = attributes.created(body, octavia.settings().minor());
        JsonNode nested = values.path("members").deepCopy();
        JsonNode monitor = values.path("healthmonitor").deepCopy();
        OctaviaRules.sessionPersistence(
                values.path("session_persistence"), values.path("protocol").asText(), "UDP and SCTP");
        OctaviaRules.supported(
                values,
                loadBalancer.path("provider").asText(),
                octavia.settings().minor());
        ObjectNode row = add(values, loadBalancer);
        String projectId = loadBalancer.path("project_id").asText();
        if (monitor.isObject()) {
            octavia.quotas.check(state.healthMonitors, "Health Monitor", projectId, 1);
            healthMonitors.graphCreate(monitor, row);
        }
        octavia.quotas.check(state.members, "Member", projectId, nested.size());
        nested.forEach(member -> members.graphCreate(member, row));
        return row;
    }

    private ObjectNode add(ObjectNode values, ObjectNode loadBalancer) {
        values.remove(List.of("listener_id", "members", "healthmonitor"));
        values.put("id", state.newId())
                .put("operating_status", "OFFLINE")
                .put("project_id", loadBalancer.path("project_id").asText())
                .put("loadbalancer_id", loadBalancer.path("id").asText());
        values.set("session_persistence", persistence(values.path("session_persistence")));
        return table.add(octavia.provisioning.created(values));
    }

    private static JsonNode persistence(JsonNode given) {
        if (!given.isObject()) {
            return NullNode.instance;
        }
        ObjectNode whole = CloudState.object();
        for (String field : List.of("type", "cookie_name", "persistence_timeout", "persistence_granularity")) {
            whole.set(field, given.hasNonNull(field) ? given.path(field) : NullNode.instance);
        }
        return whole;
    }

    @Override
    CloudAnswer update(ObjectNode row, JsonNode body, Caller caller) {
        ObjectNode changes = attributes.updated(body, octavia.settings().minor());
        ObjectNode loadBalancer =
                state.loadBalancers.get(row.path("loadbalancer_id").asText());
        OctaviaRules.sessionPersistence(
                changes.path("session_persistence"), row.path("protocol").asText(), "UDP");
        OctaviaRules.supported(
                changes,
                loadBalancer.path("provider").asText(),
                octavia.settings().minor());
        List<ObjectNode> touched = new ArrayList<>(octavia.listenersOf(row));
        touched.add(row);
        octavia.beginBelow(loadBalancer, touched);
        if (changes.has("session_persistence")) {
            changes.set("session_persistence", persistence(changes.path("session_persistence")));
        }
        row.setAll(changes);
        return single(200, view(row));
    }

    @Override
    CloudAnswer delete(ObjectNode row, CloudRequest request, Caller caller) {
        ObjectNode loadBalancer =
                state.loadBalancers.get(row.path("loadbalancer_id").asText());
        state.l7Policies.where("redirect_pool_id", row.path("id").asText()).forEach(policy -> {
            throw Refusal.octavia(
                    409,
                    "Pool " + row.path("id").asText() + " is in use by L7 policy "
                            + policy.path("id").asText());
        });
        octavia.beginBelow(loadBalancer, octavia.listenersOf(row));
        octavia.provisioning.mark(row, "PENDING_DELETE");
        return CloudAnswer.empty(204);
    }
}
