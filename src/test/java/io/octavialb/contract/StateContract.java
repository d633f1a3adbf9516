package io.octavialb.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.octavialb.contract.CloudUnderTest.Hold;
import org.junit.jupiter.api.Test;

/** What provisioning_status allows. */
abstract class StateContract extends Contract {
    StateContract(Sessions sessions) {
        super(sessions);
    }

    private static String immutable(String loadBalancer) {
        return "Load Balancer " + loadBalancer + " is immutable and cannot be updated.";
    }

    @Test
    void aPendingLoadBalancerRefusesEveryChangeWith409() {
        String pool = Json.id(made().freePool(shared(), "TCP"));
        String listener = Json.id(made().listener(shared(), "protocol: 'TCP', protocol_port: 80"));
        String immutable = immutable(shared());
        try (Hold _ = cloud().hold()) {
            octavia()
                    .put("/loadbalancers/" + shared(), "{loadbalancer: {description: 'one'}}")
                    .expect(200);
            octavia()
                    .put("/loadbalancers/" + shared(), "{loadbalancer: {description: 'two'}}")
                    .refused(409, "Invalid state PENDING_UPDATE of loadbalancer resource " + shared());
            octavia()
                    .delete("/loadbalancers/" + shared() + "?cascade=true")
                    .refused(409, "Invalid state PENDING_UPDATE of loadbalancer resource " + shared());
            octavia()
                    .post(
                            "/listeners",
                            "{listener: {loadbalancer_id: '%s', protocol: 'TCP', protocol_port: 81}}"
                                    .formatted(shared()))
                    .refused(409, immutable);
            octavia().put("/listeners/" + listener, "{listener: {name: 'x'}}").refused(409, immutable);
            octavia().delete("/listeners/" + listener).refused(409, immutable);
            octavia()
                    .post(
                            "/pools",
                            "{pool: {loadbalancer_id: '%s', protocol: 'TCP', lb_algorithm: 'ROUND_ROBIN'}}"
                                    .formatted(shared()))
                    .refused(409, immutable);
            octavia().put("/pools/" + pool, "{pool: {name: 'x'}}").refused(409, immutable);
            octavia().delete("/pools/" + pool).refused(409, immutable);
        }
        settled(shared());
    }

    @Test
    void membersAndMonitorsOfAPendingLoadBalancerAreRefusedWith409() {
        String pool = Json.id(made().freePool(shared(), "TCP"));
        try (Hold _ = cloud().hold()) {
            octavia()
                    .put("/loadbalancers/" + shared(), "{loadbalancer: {description: 'held'}}")
                    .expect(200);
            membersAndMonitorsAreRefused(pool, immutable(shared()));
        }
        settled(shared());
    }

    @Test
    void membersAndMonitorsOfAPendingPoolAreRefusedInThePoolsName() {
        String pool = Json.id(made().freePool(shared(), "TCP"));
        try (Hold _ = cloud().hold()) {
            octavia().put("/pools/" + pool, "{pool: {description: 'held'}}").expect(200);
            membersAndMonitorsAreRefused(pool, "Pool " + pool + " is immutable and cannot be updated.");
        }
        settled(shared());
    }

    private void membersAndMonitorsAreRefused(String pool, String text) {
        octavia().put("/pools/" + pool + "/members", "{members: []}").refused(409, text);
        octavia()
                .post("/pools/" + pool + "/members", "{member: {address: '10.6.0.11', protocol_port: 80}}")
                .refused(409, text);
        octavia()
                .post(
                        "/healthmonitors",
                        "{healthmonitor: {pool_id: '%s', type: 'TCP', delay: 5, timeout: 3, max_retries: 2}}"
                                .formatted(pool))
                .refused(409, text);
    }

    @Test
    void aChangeBelowMakesTheLoadBalancerAndThePathToItPending() {
        JsonNode listener = made().listener(shared(), "protocol: 'TCP', protocol_port: 80");
        String pool = Json.id(made().pool(
                        shared(),
                        "listener_id: '%s', protocol: 'TCP', lb_algorithm: 'ROUND_ROBIN'"
                                .formatted(Json.id(listener))));
        try (Hold _ = cloud().hold()) {
            octavia()
                    .put("/pools/" + pool + "/members", "{members: [{address: '10.6.0.11', protocol_port: 80}]}")
                    .expect(202);
            assertThat(provisioningStatus(shared())).isEqualTo("PENDING_UPDATE");
            assertThat(Json.text(octavia().get("/pools/" + pool).expect(200), "/pool/provisioning_status"))
                    .isEqualTo("PENDING_UPDATE");
            assertThat(Json.text(
                            octavia().get("/listeners/" + Json.id(listener)).expect(200),
                            "/listener/provisioning_status"))
                    .isEqualTo("PENDING_UPDATE");
            assertThat(Json.text(
                            octavia().get("/pools/" + pool + "/members").expect(200), "/members/0/provisioning_status"))
                    .isEqualTo("PENDING_CREATE");
        }
        settled(shared());
    }

    @Test
    void deletionWithoutCascadeLooksForChildrenBeforeTheState() {
        made().freePool(shared(), "TCP");
        try (Hold _ = cloud().hold()) {
            octavia()
                    .put("/loadbalancers/" + shared(), "{loadbalancer: {description: 'held'}}")
                    .expect(200);
            octavia()
                    .delete("/loadbalancers/" + shared())
                    .refused(400, "Validation failure: Cannot delete Load Balancer " + shared() + " - it has children");
        }
        settled(shared());
    }

    @Test
    void aLoadBalancerBeingDeletedStaysReadableAndRefusesEverythingElse() {
        String id = made().loadBalancer();
        try (Hold _ = cloud().hold()) {
            octavia().delete("/loadbalancers/" + id + "?cascade=true").expect(204);
            assertThat(provisioningStatus(id)).isEqualTo("PENDING_DELETE");
            octavia()
                    .delete("/loadbalancers/" + id + "?cascade=true")
                    .refused(409, "Invalid state PENDING_DELETE of loadbalancer resource " + id);
            octavia()
                    .put("/loadbalancers/" + id, "{loadbalancer: {name: 'x'}}")
                    .refused(409, "Invalid state PENDING_DELETE of loadbalancer resource " + id);
        }
        awaitGone(id);
    }

    @Test
    void aLoadBalancerInErrorRefusesChangesWith409() {
        String pool = "{name: 'p', protocol: 'TCP', lb_algorithm: 'ROUND_ROBIN'}";
        String id = Json.id(made().loadBalancer(
                        "name: '%s', vip_subnet_id: '%s', listeners: [{protocol: 'TCP', protocol_port: 80, default_pool: %s}]"
                                .formatted(name(), cloud().subnet("private-subnet"), pool)));
        settled(id);
        String poolPath = "/pools/" + Json.text(loadBalancer(id), "/pools/0/id");
        cloud().putInError(id);
        octavia()
                .put("/loadbalancers/" + id, "{loadbalancer: {name: 'x'}}")
                .refused(409, "Invalid state ERROR of loadbalancer resource " + id);
        octavia()
                .post(
                        "/listeners",
                        "{listener: {loadbalancer_id: '%s', protocol: 'TCP', protocol_port: 81}}".formatted(id))
                .refused(409, immutable(id));
        octavia().put(poolPath, "{pool: {name: 'x'}}").refused(409, immutable(id));
        octavia().put(poolPath + "/members", "{members: []}").refused(409, immutable(id));
        octavia().delete(poolPath).refused(409, immutable(id));
        assertThat(provisioningStatus(id)).isEqualTo("ERROR");
    }

    @Test
    void aLoadBalancerInErrorIsDeletedWithCascade() {
        String id = made().loadBalancer();
        cloud().putInError(id);
        octavia().delete("/loadbalancers/" + id + "?cascade=true").expect(204);
        awaitGone(id);
    }

    @Test
    void failoverIsForAdministratorsAndAllowedInError() {
        String id = made().loadBalancer();
        cloud().putInError(id);
        octavia().put("/loadbalancers/" + id + "/failover", "").refused(403, FORBIDDEN);
        try (Hold _ = cloud().hold()) {
            as(Account.ADMINISTRATOR)
                    .octavia()
                    .put("/loadbalancers/" + id + "/failover", "")
                    .expect(202);
            assertThat(provisioningStatus(id)).isEqualTo("PENDING_UPDATE");
        }
        settled(id);
    }
}
