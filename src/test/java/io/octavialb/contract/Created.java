package io.octavialb.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Makes things in the controller's project and deletes them again, the last one first.
 *
 * <p>Load balancers may be left to another, later deletion: by then they are ACTIVE, and nobody waits for them.
 */
final class Created {
    private final Contract contract;
    private final Deque<Runnable> deletions = new ArrayDeque<>();
    private final Deque<Runnable> loadBalancerDeletions;

    Created(Contract contract) {
        this.contract = contract;
        this.loadBalancerDeletions = deletions;
    }

    /** Leaves the deletion of load balancers to another. */
    Created(Contract contract, Created later) {
        this.contract = contract;
        this.loadBalancerDeletions = later.deletions;
    }

    /** A load balancer on subnet private-subnet with nothing below it, ACTIVE. */
    String loadBalancer() {
        String id = Json.id(loadBalancer("name: '%s', vip_subnet_id: '%s'"
                .formatted(Contract.name(), contract.cloud().subnet("private-subnet"))));
        contract.settled(id);
        return id;
    }

    /** A load balancer of these fields, as the creation answers it. */
    JsonNode loadBalancer(String fields) {
        JsonNode created = contract.octavia()
                .post("/loadbalancers", "{loadbalancer: {" + fields + "}}")
                .expect(201)
                .path("loadbalancer");
        String path = "/loadbalancers/" + Json.id(created);
        loadBalancerDeletions.push(() -> {
            contract.awaitNotPending(Json.id(created));
            contract.octavia().delete(path + "?cascade=true");
        });
        return created;
    }

    /** A listener, as the creation answers it; the load balancer is ACTIVE again. */
    JsonNode listener(String loadBalancerId, String fields) {
        return child("listener", "listeners", loadBalancerId, "loadbalancer_id: '" + loadBalancerId + "', " + fields);
    }

    /** A pool, as the creation answers it; the load balancer is ACTIVE again. */
    JsonNode pool(String loadBalancerId, String fields) {
        return child("pool", "pools", loadBalancerId, fields);
    }

    /** A pool of no listener, with round robin. */
    JsonNode freePool(String loadBalancerId, String protocol) {
        return pool(
                loadBalancerId,
                "loadbalancer_id: '%s', protocol: '%s', lb_algorithm: 'ROUND_ROBIN'"
                        .formatted(loadBalancerId, protocol));
    }

    /** A health monitor, as the creation answers it; it goes with its pool. */
    JsonNode healthMonitor(String loadBalancerId, String fields) {
        JsonNode created = posted("healthmonitor", "healthmonitors", fields);
        contract.settled(loadBalancerId);
        return created;
    }

    private JsonNode posted(String kind, String list, String fields) {
        return contract.octavia()
                .post("/" + list, "{" + kind + ": {" + fields + "}}")
                .expect(201)
                .path(kind);
    }

    private JsonNode child(String kind, String list, String loadBalancerId, String fields) {
        JsonNode created = posted(kind, list, fields);
        deletions.push(() -> {
            contract.awaitNotPending(loadBalancerId);
            Answer deletion = contract.octavia().delete("/" + list + "/" + Json.id(created));
            assertThat(deletion.status()).as(deletion::toString).isIn(204, 404);
            contract.awaitNotPending(loadBalancerId);
        });
        contract.settled(loadBalancerId);
        return created;
    }

    JsonNode floatingIp(String fields) {
        return network("floatingip", "floatingips", fields);
    }

    JsonNode port(String fields) {
        return network("port", "ports", "name: '" + Contract.name() + "', " + fields);
    }

    /** A port with one address of subnet private-subnet. */
    JsonNode port() {
        return port("network_id: '%s', fixed_ips: [{subnet_id: '%s'}]"
                .formatted(contract.cloud().network("private"), contract.cloud().subnet("private-subnet")));
    }

    JsonNode securityGroup() {
        return network("security_group", "security-groups", "name: '" + Contract.name() + "'");
    }

    private JsonNode network(String kind, String list, String fields) {
        JsonNode created = contract.neutron()
                .post("/" + list, "{" + kind + ": {" + fields + "}}")
                .expect(201)
                .path(kind);
        onEnd(() -> contract.neutron().delete("/" + list + "/" + Json.id(created)));
        return created;
    }

    /** Deletes by the means given, for what is made otherwise. */
    void onEnd(Runnable deletion) {
        deletions.push(deletion);
    }

    /** A deletion that fails does not keep the others from being tried. */
    void deleteAll() {
        List<Throwable> failures = new ArrayList<>();
        while (!deletions.isEmpty()) {
            try {
                deletions.pop().run();
            } catch (RuntimeException | AssertionError e) {
                failures.add(e);
            }
        }
        assertThat(failures).isEmpty();
    }
}
