package io.octavialb.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Quotas, on a project of their own; its load balancers are on the network that every project sees. */
abstract class QuotaContract extends Contract {
    private String project = "";
    private Account account = Account.CONTROLLER;

    QuotaContract(Sessions sessions) {
        super(sessions);
    }

    @BeforeEach
    void createProject() {
        String name = name();
        project = cloud().createProject(name);
        account = Account.CONTROLLER.in(name);
    }

    /** Also the VIP ports that Octavia leaves behind when it refuses a tree. */
    @AfterEach
    void deleteProject() {
        Api administrator = as(Account.ADMINISTRATOR).octavia();
        administrator.delete("/quotas/" + project);
        for (String id : Json.each(own().get("/loadbalancers").expect(200).path("loadbalancers"), "id")) {
            awaitNotPending(id);
            own().delete("/loadbalancers/" + id + "?cascade=true").expect(204);
            patient().until(() -> own().get("/loadbalancers/" + id).status() == 404);
        }
        Api neutron = as(Account.ADMINISTRATOR).neutron();
        neutron.delete("/quotas/" + project);
        for (String id : Json.each(
                neutron.get("/ports?project_id=" + project).expect(200).path("ports"), "id")) {
            neutron.delete("/ports/" + id).expect(204);
        }
        for (String id : Json.each(
                neutron.get("/floatingips?project_id=" + project).expect(200).path("floatingips"), "id")) {
            neutron.delete("/floatingips/" + id).expect(204);
        }
        cloud().deleteProject(project);
    }

    private Api own() {
        return as(account).octavia();
    }

    private Answer creation(String more) {
        return own().post(
                        "/loadbalancers",
                        "{loadbalancer: {name: '%s', vip_network_id: '%s'%s}}"
                                .formatted(name(), cloud().network("public"), more));
    }

    private void octaviaQuota(String limits) {
        as(Account.ADMINISTRATOR)
                .octavia()
                .put("/quotas/" + project, "{quota: {" + limits + "}}")
                .expect(202);
    }

    private void neutronQuota(String limits) {
        as(Account.ADMINISTRATOR)
                .neutron()
                .put("/quotas/" + project, "{quota: {" + limits + "}}")
                .expect(200);
    }

    private static String met(String resource) {
        return "Quota has been met for resources: " + resource;
    }

    @Test
    void aProjectSeesItsQuotaAndMayNotChangeIt() {
        own().get("/quotas/" + project)
                .expect(
                        200,
                        "{quota: {load_balancer: -1, listener: -1, member: -1, pool: -1, health_monitor: -1, l7policy: -1, l7rule: -1}}");
        own().put("/quotas/" + project, "{quota: {load_balancer: 1}}").refused(403, FORBIDDEN);
    }

    @Test
    void aLoadBalancerOverQuotaIsRefusedWith403() {
        octaviaQuota("load_balancer: 0");
        creation("").refused(403, met("Load Balancer"));
    }

    @Test
    void childrenOverQuotaAreRefusedWith403() {
        octaviaQuota("listener: 0, pool: 1, member: 0, health_monitor: 0");
        String id = Json.text(creation("").expect(201), "/loadbalancer/id");
        patient()
                .until(() -> own().get("/loadbalancers/" + id).body().toString().contains("\"ACTIVE\""));
        own().post(
                        "/listeners",
                        "{listener: {loadbalancer_id: '%s', protocol: 'TCP', protocol_port: 80}}".formatted(id))
                .refused(403, met("Listener"));
        String poolBody = "{pool: {loadbalancer_id: '%s', protocol: 'TCP', lb_algorithm: 'ROUND_ROBIN'}}".formatted(id);
        String pool = Json.text(own().post("/pools", poolBody).expect(201), "/pool/id");
        patient()
                .until(() -> own().get("/loadbalancers/" + id).body().toString().contains("\"ACTIVE\""));
        own().post("/pools", poolBody).refused(403, met("Pool"));
        own().put("/pools/" + pool + "/members", "{members: [{address: '203.0.113.250', protocol_port: 80}]}")
                .refused(403, met("Member"));
        own().post(
                        "/healthmonitors",
                        "{healthmonitor: {pool_id: '%s', type: 'TCP', delay: 5, timeout: 3, max_retries: 2}}"
                                .formatted(pool))
                .refused(403, met("Health Monitor"));
    }

    @Test
    void aTreeOverQuotaIsRefusedAsAWhole() {
        octaviaQuota("listener: 0");
        creation(", listeners: [{protocol: 'TCP', protocol_port: 80}]").refused(403, met("Listener"));
        JsonNode left = own().get("/loadbalancers").expect(200).path("loadbalancers");
        assertThat(left).isEmpty();
    }

    @Test
    void neutronsQuotasAreRefusedWith409() {
        neutronQuota("floatingip: 0, security_group: 0");
        as(account)
                .neutron()
                .post("/floatingips", "{floatingip: {floating_network_id: '%s'}}".formatted(cloud().network("public")))
                .refused(409, "OverQuota", "Quota exceeded for resources: ['floatingip'].");
        as(account)
                .neutron()
                .post("/security-groups", "{security_group: {name: '%s'}}".formatted(name()))
                .refused(409, "OverQuota", "Quota exceeded for resources: ['security_group'].");
    }

    @Test
    void aVipPortOverNeutronsQuotaIsRefusedWith500OfTheProvider() {
        neutronQuota("port: 0");
        creation("").refused(500, "Provider 'amphora' reports error: ConflictException: 409");
    }
}
