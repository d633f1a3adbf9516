package io.octavialb.embedded.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/** {@code /v2/lbaas/loadbalancers}, populated creates and cascading deletes included. */
final class LoadBalancers extends OctaviaKind {
    private final VipPorts vipPorts;
    private final Listeners listeners;
    private final Pools pools;
    private final OctaviaCatalog catalog;

    LoadBalancers(OctaviaContext octavia, VipPorts vipPorts, Listeners listeners, Pools pools, OctaviaCatalog catalog) {
        super(octavia, octavia.state.loadBalancers, OctaviaAttributes.LOAD_BALANCER, "Load Balancer", "loadbalancer");
        this.vipPorts = vipPorts;
        this.listeners = listeners;
        this.pools = pools;
        this.catalog = catalog;
    }

    @Override
    ObjectNode view(ObjectNode row) {
        ObjectNode view = known(row);
        String id = row.path("id").asText();
        ids(view, "listeners", state.listeners.where("loadbalancer_id", id));
        ids(view, "pools", state.pools.where("loadbalancer_id", id));
        return view;
    }

    /** The answer to a create: whole listeners and pools. */
    private ObjectNode wholeView(ObjectNode row) {
        ObjectNode view = known(row);
        String id = row.path("id").asText();
        ArrayNode nestedListeners = view.putArray("listeners");
        state.listeners.where("loadbalancer_id", id).forEach(it -> nestedListeners.add(listeners.nestedView(it)));
        ArrayNode nestedPools = view.putArray("pools");
        state.pools.where("loadbalancer_id", id).forEach(it -> nestedPools.add(pools.nestedView(it)));
        return view;
    }

    @Override
    CloudAnswer create(JsonNode body, Caller caller) {
        ObjectNode values = attributes.created(body, octavia.settings().minor());
        JsonNode nestedListeners = values.remove("listeners");
        JsonNode nestedPools = values.remove("pools");
        if (!values.path("project_id").isTextual()) {
            values.put("project_id", caller.projectId());
        }
        String projectId = values.path("project_id").asText();
        OctaviaContext.authorize(caller, projectId, true);
        vipPorts.choose(values, caller);
        catalog.checkFlavor(values.path("flavor_id"));
        catalog.checkAvailabilityZone(values.path("availability_zone"));
        values.put("provider", catalog.provider(values.path("provider"), values.path("flavor_id")));
        octavia.quotas.check(table, "Load Balancer", projectId, 1);
        values.put("id", state.newId()).put("operating_status", "OFFLINE").put("vip_vnic_type", "normal");
        vipPorts.allocate(values);
        ObjectNode row = table.add(octavia.provisioning.created(values));
        try {
            new PopulatedCreate(octavia, listeners, pools).create(row, nestedListeners, nestedPools);
        } catch (Refusal e) {
            octavia.provisioning.abandon(row.path("id").asText());
            throw e;
        }
        octavia.provisioning.begin(row, "PENDING_CREATE", List.of());
        return single(201, wholeView(row));
    }

    @Override
    CloudAnswer update(ObjectNode row, JsonNode body, Caller caller) {
        ObjectNode changes = attributes.updated(body, octavia.settings().minor());
        vipPorts.checkGroups(changes.path("vip_sg_ids"));
        checkState(row, Set.of("ACTIVE"));
        octavia.provisioning.begin(row, "PENDING_UPDATE", List.of());
        row.setAll(changes);
        return single(200, view(row));
    }

    @Override
    CloudAnswer delete(ObjectNode row, CloudRequest request, Caller caller) {
        String id = row.path("id").asText();
        boolean cascade = "true".equalsIgnoreCase(request.first("cascade"));
        if (!cascade && !octavia.provisioning.below(id).isEmpty()) {
            throw Refusal.invalid("Cannot delete Load Balancer " + id + " - it has children");
        }
        checkState(row, Set.of("ACTIVE", "ERROR"));
        octavia.provisioning.begin(row, "PENDING_DELETE", List.of());
        return CloudAnswer.empty(204);
    }

    private static void checkState(ObjectNode row, Set<String> good) {
        String status = row.path("provisioning_status").asText();
        if (!good.contains(status)) {
            throw Refusal.octavia(
                    409,
                    "Invalid state " + status + " of loadbalancer resource "
                            + row.path("id").asText());
        }
    }

    /** {@code status}, {@code statuses}, {@code stats} and {@code failover} of one. */
    CloudAnswer part(String id, String part, CloudRequest request, Caller caller) {
        ObjectNode row = table.find(id);
        if (row == null) {
            throw Refusal.notFound("Load Balancer", id);
        }
        OctaviaContext.authorize(caller, row.path("project_id").asText(), request.changes());
        return switch (part) {
            case "status", "statuses" -> CloudAnswer.of(200, new StatusTree(state).of(row));
            case "stats" -> CloudAnswer.of(200, noTraffic());
            case "failover" -> failover(row, caller);
            default -> throw Refusal.octaviaRouting(404, "Not Found", "");
        };
    }

    private static ObjectNode noTraffic() {
        ObjectNode body = CloudState.object();
        ObjectNode stats = body.putObject("stats");
        List.of("bytes_in", "bytes_out", "active_connections", "total_connections", "request_errors")
                .forEach(name -> stats.put(name, 0));
        return body;
    }

    private CloudAnswer failover(ObjectNode row, Caller caller) {
        if (!caller.admin()) {
            throw Refusal.forbidden();
        }
        checkState(row, Set.of("ACTIVE", "ERROR"));
        octavia.provisioning.begin(row, "PENDING_UPDATE", List.of());
        return CloudAnswer.empty(202);
    }
}
