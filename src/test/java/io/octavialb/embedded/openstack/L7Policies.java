package io.octavialb.embedded.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** {@code /v2/lbaas/l7policies}, as far as other people's policies get in the controller's way: no rules, no updates. */
final class L7Policies extends OctaviaKind {
    L7Policies(OctaviaContext octavia) {
        super(octavia, octavia.state.l7Policies, OctaviaAttributes.L7_POLICY, "L7 Policy", "l7policy");
    }

    @Override
    ObjectNode view(ObjectNode row) {
        ObjectNode view = known(row);
        view.putArray("rules");
        return view;
    }

    @Override
    CloudAnswer create(JsonNode body, Caller caller) {
        ObjectNode values = attributes.created(body, octavia.settings().minor());
        ObjectNode listener = state.listeners.find(values.path("listener_id").asText());
        if (listener == null) {
            throw Refusal.notFound("Listener", values.path("listener_id").asText());
        }
        String poolId = values.path("redirect_pool_id").asText("");
        if (!poolId.isEmpty() && state.pools.find(poolId) == null) {
            throw Refusal.notFound("Pool", poolId);
        }
        ObjectNode loadBalancer =
                octavia.loadBalancer(listener.path("loadbalancer_id").asText(), caller);
        octavia.beginBelow(loadBalancer, List.of(listener));
        values.put("id", state.newId())
                .put("operating_status", "OFFLINE")
                .put("project_id", loadBalancer.path("project_id").asText());
        return single(201, view(table.add(octavia.provisioning.created(values))));
    }

    @Override
    CloudAnswer update(ObjectNode row, JsonNode body, Caller caller) {
        throw notAllowed();
    }

    @Override
    CloudAnswer delete(ObjectNode row, CloudRequest request, Caller caller) {
        ObjectNode listener = state.listeners.get(row.path("listener_id").asText());
        octavia.beginBelow(
                state.loadBalancers.get(listener.path("loadbalancer_id").asText()), List.of(listener));
        octavia.provisioning.mark(row, "PENDING_DELETE");
        return CloudAnswer.empty(204);
    }
}
