package io.octavialb.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Who may read and write what. */
abstract class AccessContract extends Contract {
    AccessContract(Sessions sessions) {
        super(sessions);
    }

    private String creation() {
        return "{loadbalancer: {name: '%s', vip_subnet_id: '%s'}}".formatted(name(), cloud().subnet("private-subnet"));
    }

    @Test
    void anotherProjectsLoadBalancerIsRefusedWith403() {
        Api stranger = as(Account.STRANGER).octavia();
        String path = "/loadbalancers/" + shared();
        stranger.get(path).refused(403, FORBIDDEN);
        stranger.get(path + "/status").refused(403, FORBIDDEN);
        stranger.put(path, "{loadbalancer: {name: 'x'}}").refused(403, FORBIDDEN);
        stranger.delete(path + "?cascade=true").refused(403, FORBIDDEN);
    }

    @Test
    void anotherProjectsChildrenAreRefusedWith403() {
        String listener = Json.id(made().listener(shared(), "protocol: 'TCP', protocol_port: 80"));
        String pool = Json.id(made().freePool(shared(), "TCP"));
        Api stranger = as(Account.STRANGER).octavia();
        stranger.get("/listeners/" + listener).refused(403, FORBIDDEN);
        stranger.get("/pools/" + pool).refused(403, FORBIDDEN);
        stranger.get("/pools/" + pool + "/members").refused(403, FORBIDDEN);
        stranger.put("/pools/" + pool + "/members", "{members: []}").refused(403, FORBIDDEN);
        stranger.post(
                        "/listeners",
                        "{listener: {loadbalancer_id: '%s', protocol: 'TCP', protocol_port: 81}}".formatted(shared()))
                .refused(403, FORBIDDEN);
    }

    @Test
    void aListShowsTheOwnProjectOnly() {
        assertThat(as(Account.STRANGER)
                        .octavia()
                        .get("/loadbalancers?id=" + shared())
                        .expect(200)
                        .path("loadbalancers"))
                .isEmpty();
    }

    @Test
    void anotherProjectsSubnetIsNotFound() {
        as(Account.STRANGER)
                .octavia()
                .post("/loadbalancers", creation())
                .refused(400, "Subnet " + cloud().subnet("private-subnet") + " not found.");
    }

    @Test
    void aReaderListsAndReadsTheLoadBalancersOfItsProject() {
        Api reader = as(Account.READER).octavia();
        assertThat(Json.each(
                        reader.get("/loadbalancers?id=" + shared()).expect(200).path("loadbalancers"), "id"))
                .containsExactly(shared());
        reader.get("/loadbalancers/" + shared()).expect(200);
        reader.get("/loadbalancers/" + shared() + "/status").expect(200);
    }

    @Test
    void aReaderChangesNothing() {
        Api reader = as(Account.READER).octavia();
        reader.post("/loadbalancers", creation()).refused(403, FORBIDDEN);
        reader.put("/loadbalancers/" + shared(), "{loadbalancer: {name: 'x'}}").refused(403, FORBIDDEN);
        reader.delete("/loadbalancers/" + shared() + "?cascade=true").refused(403, FORBIDDEN);
        as(Account.READER)
                .neutron()
                .post("/floatingips", "{floatingip: {floating_network_id: '%s'}}".formatted(cloud().network("public")))
                .refused(403, "PolicyNotAuthorized", "rule:create_floatingip is disallowed by policy");
        as(Account.READER)
                .neutron()
                .post("/security-groups", "{security_group: {name: '%s'}}".formatted(name()))
                .refused(403, "PolicyNotAuthorized", "rule:create_security_group is disallowed by policy");
    }
}
