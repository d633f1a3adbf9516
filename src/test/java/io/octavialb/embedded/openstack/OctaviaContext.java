package io.octavialb.embedded.openstack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/** What all kinds of Octavia's resources work with. */
final class OctaviaContext {
    final CloudState state;
    final Provisioning provisioning;
    final OctaviaQuotas quotas = new OctaviaQuotas();
    private OctaviaSettings settings = OctaviaSettings.DEFAULT;
    private String url = "http://embedded/load-balancer";

    OctaviaContext(CloudState state, Provisioning provisioning) {
        this.state = state;
        this.provisioning = provisioning;
    }

    OctaviaSettings settings() {
        return settings;
    }

    void settings(OctaviaSettings others) {
        settings = others;
    }

    String url() {
        return url;
    }

    void url(String other) {
        url = other;
    }

    /** A load balancer for a change below it: 404 when there is none, 403 when it is another project's. */
    ObjectNode loadBalancer(String id, Caller caller) {
        ObjectNode loadBalancer = state.loadBalancers.find(id);
        if (loadBalancer == null) {
            throw Refusal.notFound("Load Balancer", id);
        }
        authorize(caller, loadBalancer.path("project_id").asText(), true);
        return loadBalancer;
    }

    static void authorize(Caller caller, String projectId, boolean change) {
        if (!caller.sees(projectId) || (change && !caller.mayChange())) {
            throw Refusal.forbidden();
        }
    }

    /** Begins a change of what is below a load balancer; 409 while it is immutable. */
    void beginBelow(ObjectNode loadBalancer, List<ObjectNode> touched) {
        if (!loadBalancer.path("provisioning_status").asText().equals("ACTIVE")) {
            throw Refusal.octavia(
                    409, "Load Balancer " + loadBalancer.path("id").asText() + " is immutable and cannot be updated.");
        }
        for (ObjectNode row : touched) {
            String status = row.path("provisioning_status").asText();
            if (!Set.of("ACTIVE", "PENDING_CREATE").contains(status)
                    && state.pools.find(row.path("id").asText()) != null) {
                throw Refusal.octavia(409, "Pool " + row.path("id").asText() + " is immutable and cannot be updated.");
            }
        }
        provisioning.begin(loadBalancer, "PENDING_UPDATE", touched);
    }

    /** The listeners whose default pool it is. */
    List<ObjectNode> listenersOf(ObjectNode pool) {
        return state.listeners.where("default_pool_id", pool.path("id").asText());
    }
}
