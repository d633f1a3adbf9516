package io.octavialb.embedded.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** {@code /v2/lbaas/listeners}. */
final class Listeners extends OctaviaKind {
    Listeners(OctaviaContext octavia) {
        super(octavia, octavia.state.listeners, OctaviaAttributes.LISTENER, "Listener", "listener");
    }

    @Override
    ObjectNode view(ObjectNode row) {
        ObjectNode view = known(row);
        ids(
                view,
                "l7policies",
                state.l7Policies.where("listener_id", row.path("id").asText()));
        view.putArray("loadbalancers")
                .addObject()
                .put("id", view.remove("loadbalancer_id").asText());
        return view;
    }

    /** As the answer to a populated create nests it. */
    ObjectNode nestedView(ObjectNode row) {
        return known(row).without("loadbalancer_id");
    }

    @Override
    CloudAnswer create(JsonNode body, Caller caller) {
        ObjectNode values = attributes.created(body, octavia.settings().minor());
        String loadBalancerId = values.path("loadbalancer_id").asText();
        if (!values.path("loadbalancer_id").isTextual()) {
            throw Refusal.octavia(
                    400, "Invalid input for field/attribute loadbalancer_id. Value: 'None'. Mandatory field missing.");
        }
        ObjectNode loadBalancer = octavia.loadBalancer(loadBalancerId, caller);
        String projectId = loadBalancer.path("project_id").asText();
        octavia.quotas.check(table, "Listener", projectId, 1);
        checkDefaultPool(values, loadBalancerId, values.path("protocol").asText());
        if (!loadBalancer.path("provisioning_status").asText().equals("ACTIVE")) {
            octavia.beginBelow(loadBalancer, List.of());
        }
        check(values, loadBalancer);
        if (values.path("default_pool").isObject()) {
            throw Refusal.octavia(500, "'dict' object has no attribute '_sa_instance_state'");
        }
        octavia.beginBelow(loadBalancer, List.of());
        return single(201, view(add(values, loadBalancer)));
    }

    /** Creates one below a load balancer that is being created. */
    ObjectNode graphCreate(JsonNode body, ObjectNode loadBalancer) {
        ObjectNode values = attributes.created(body, octavia.settings().minor());
        checkDefaultPool(
                values,
                loadBalancer.path("id").asText(),
                values.path("protocol").asText());
        check(values, loadBalancer);
        return add(values, loadBalancer);
    }

    private ObjectNode add(ObjectNode values, ObjectNode loadBalancer) {
        values.remove("default_pool");
        values.put("id", state.newId())
                .put("operating_status", "OFFLINE")
                .put("project_id", loadBalancer.path("project_id").asText())
                .put("loadbalancer_id", loadBalancer.path("id").asText());
        return table.add(octavia.provisioning.created(values));
    }

    private void checkDefaultPool(JsonNode values, String loadBalancerId, String protocol) {
        JsonNode poolId = values.path("default_pool_id");
        if (!poolId.isTextual()) {
            return;
        }
        if (protocol.equals("PROMETHEUS")) {
            throw Refusal.octavia(400, "Protocol PROMETHEUS listeners cannot have child objects.");
        }
        ObjectNode pool = state.pools.find(poolId.textValue());
        if (pool == null || !pool.path("loadbalancer_id").asText().equals(loadBalancerId)) {
            throw Refusal.notFound("Pool", poolId.textValue());
        }
        OctaviaRules.compatible(protocol, pool.path("protocol").asText());
    }

    private void check(ObjectNode values, ObjectNode loadBalancer) {
        String protocol = values.path("protocol").asText();
        int port = values.path("protocol_port").asInt();
        OctaviaRules.supported(
                values,
                loadBalancer.path("provider").asText(),
                octavia.settings().minor());
        OctaviaRules.certificateGiven(values, protocol);
        OctaviaRules.listener(values, protocol);
        for (ObjectNode other :
                table.where("loadbalancer_id", loadBalancer.path("id").asText())) {
            String used = other.path("protocol").asText();
            if (other.path("protocol_port").asInt() == port
                    && OctaviaRules.layer4(used).equals(OctaviaRules.layer4(protocol))) {
                throw Refusal.octavia(
                        409,
                        "Another Listener on this Load Balancer is already using protocol " + used
                                + " and protocol_port " + port);
            }
        }
        OctaviaRules.allowedCidrs(values.path("allowed_cidrs"), vips(loadBalancer));
    }

    private static List<String> vips(JsonNode loadBalancer) {
        List<String> vips =
                new ArrayList<>(List.of(loadBalancer.path("vip_address").asText()));
        loadBalancer
                .path("additional_vips")
                .forEach(vip -> vips.add(vip.path("ip_address").asText()));
        return vips;
    }

    @Override
    CloudAnswer update(ObjectNode row, JsonNode body, Caller caller) {
        ObjectNode changes = attributes.updated(body, octavia.settings().minor());
        ObjectNode loadBalancer =
                state.loadBalancers.get(row.path("loadbalancer_id").asText());
        String protocol = row.path("protocol").asText();
        OctaviaRules.listener(changes, protocol);
        OctaviaRules.allowedCidrs(changes.path("allowed_cidrs"), vips(loadBalancer));
        checkDefaultPool(changes, row.path("loadbalancer_id").asText(), protocol);
        octavia.beginBelow(loadBalancer, List.of(row));
        row.setAll(changes);
        return single(200, view(row));
    }

    @Override
    CloudAnswer delete(ObjectNode row, CloudRequest request, Caller caller) {
        octavia.beginBelow(state.loadBalancers.get(row.path("loadbalancer_id").asText()), List.of());
        octavia.provisioning.mark(row, "PENDING_DELETE");
        return CloudAnswer.empty(204);
    }
}
