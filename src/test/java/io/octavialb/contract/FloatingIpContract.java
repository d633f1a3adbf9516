package io.octavialb.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.octavialb.contract.CloudUnderTest.Hold;
import org.junit.jupiter.api.Test;

/** Floating IPs: allocation, binding, addresses of choice. */
abstract class FloatingIpContract extends Contract {
    FloatingIpContract(Sessions sessions) {
        super(sessions);
    }

    private String onPublic() {
        return "floating_network_id: '%s'".formatted(cloud().network("public"));
    }

    private Answer creation(String fields) {
        return neutron().post("/floatingips", "{floatingip: {" + fields + "}}");
    }

    private JsonNode update(String id, String fields) {
        return neutron()
                .put("/floatingips/" + id, "{floatingip: {" + fields + "}}")
                .expect(200)
                .path("floatingip");
    }

    @Test
    void aFloatingIpStartsUnboundAndDown() {
        JsonNode created = made().floatingIp(onPublic() + ", description: 'contract'");
        assertThat(created.path("port_id").isNull()).isTrue();
        assertThat(created.path("fixed_ip_address").isNull()).isTrue();
        assertThat(created.path("router_id").isNull()).isTrue();
        assertThat(created.path("port_details").isNull()).isTrue();
        assertThat(Json.text(created, "/status")).isEqualTo("DOWN");
        assertThat(Json.text(created, "/description")).isEqualTo("contract");
        assertThat(Json.text(created, "/project_id")).isEqualTo(cloud().project("occm"));
        assertThat(created.path("tags")).isEmpty();
    }

    @Test
    void aFloatingIpIsBoundToAVipWhileTheLoadBalancerIsPending() {
        try (Hold _ = cloud().hold()) {
            JsonNode pending = made().loadBalancer(
                            "name: '%s', vip_subnet_id: '%s'".formatted(name(), cloud().subnet("private-subnet")));
            String port = Json.text(pending, "/vip_port_id");
            JsonNode bound = made().floatingIp(onPublic() + ", port_id: '" + port + "'");
            assertThat(provisioningStatus(Json.id(pending))).isEqualTo("PENDING_CREATE");
            assertThat(Json.text(bound, "/port_id")).isEqualTo(port);
            assertThat(Json.text(bound, "/fixed_ip_address")).isEqualTo(Json.text(pending, "/vip_address"));
            assertThat(Json.text(bound, "/port_details/device_owner")).isEqualTo("Octavia");
            assertThat(Json.text(bound, "/port_details/device_id")).isEqualTo("lb-" + Json.id(pending));
            assertThat(bound.path("router_id").isTextual()).isTrue();
        }
    }

    @Test
    void aBoundFloatingIpIsMovedToAnotherPortWithoutAWord() {
        String first = Json.id(made().port());
        JsonNode second = made().port();
        String id = Json.id(made().floatingIp(onPublic() + ", port_id: '" + first + "'"));
        JsonNode moved = update(id, "port_id: '" + Json.id(second) + "'");
        assertThat(Json.text(moved, "/port_id")).isEqualTo(Json.id(second));
        assertThat(Json.text(moved, "/fixed_ip_address")).isEqualTo(Json.text(second, "/fixed_ips/0/ip_address"));
        JsonNode onFirst =
                neutron().get("/floatingips?port_id=" + first).expect(200).path("floatingips");
        assertThat(onFirst).isEmpty();
    }

    @Test
    void anUpdateWithoutPortIdDetachesTheFloatingIpUnlessItSetsTheDescription() {
        String port = Json.id(made().port());
        String id = Json.id(made().floatingIp(onPublic() + ", port_id: '" + port + "'"));
        assertThat(Json.text(update(id, "description: 'x'"), "/port_id")).isEqualTo(port);
        assertThat(update(id, "").path("port_id").isNull()).isTrue();
    }

    @Test
    void aFloatingIpIsDetachedByNull() {
        String port = Json.id(made().port());
        String id = Json.id(made().floatingIp(onPublic() + ", port_id: '" + port + "'"));
        JsonNode detached = update(id, "port_id: null");
        assertThat(detached.path("port_id").isNull()).isTrue();
        assertThat(detached.path("router_id").isNull()).isTrue();
    }

    @Test
    void aPortTakesOneFloatingIpOfANetwork() {
        JsonNode port = made().port();
        made().floatingIp(onPublic() + ", port_id: '" + Json.id(port) + "'");
        Answer answer = creation(onPublic() + ", port_id: '" + Json.id(port) + "'");
        answer.expect(409);
        assertThat(Json.text(answer.body(), "/NeutronError/type")).isEqualTo("FloatingIPPortAlreadyAssociated");
        assertThat(Json.text(answer.body(), "/NeutronError/message"))
                .matches("Cannot associate floating IP \\S+ \\(\\S+\\) with port " + Json.id(port)
                        + " using fixed IP " + Json.text(port, "/fixed_ips/0/ip_address")
                        + ", as that fixed IP already has a floating IP on external network "
                        + cloud().network("public") + "\\.");
    }

    @Test
    void aFloatingIpComesFromTheSubnetAsked() {
        JsonNode created = made().floatingIp(onPublic() + ", subnet_id: '" + cloud().subnet("public-subnet-2") + "'");
        assertThat(Json.text(created, "/floating_ip_address")).startsWith("198.51.100.");
    }

    @Test
    void anAddressOfChoiceIsForAdministrators() {
        creation(onPublic() + ", floating_ip_address: '203.0.113.240'")
                .refused(
                        403,
                        "PolicyNotAuthorized",
                        "(rule:create_floatingip and rule:create_floatingip:floating_ip_address) is disallowed by policy");
        Api administrator = as(Account.ADMINISTRATOR).neutron();
        String body = "{floatingip: {%s, floating_ip_address: '203.0.113.240'}}".formatted(onPublic());
        JsonNode created = administrator.post("/floatingips", body).expect(201).path("floatingip");
        made().onEnd(() -> administrator.delete("/floatingips/" + Json.id(created)));
        assertThat(Json.text(created, "/floating_ip_address")).isEqualTo("203.0.113.240");
        administrator
                .post("/floatingips", body)
                .refused(
                        409,
                        "IpAddressAlreadyAllocated",
                        "IP address 203.0.113.240 already allocated in subnet " + cloud().subnet("public-subnet"));
    }

    @Test
    void anAddressOutsideTheNetworkIsRefusedWith400() {
        Answer answer = as(Account.ADMINISTRATOR)
                .neutron()
                .post("/floatingips", "{floatingip: {%s, floating_ip_address: '10.1.1.1'}}".formatted(onPublic()));
        answer.refused(
                400,
                "InvalidIpForNetwork",
                "IP address 10.1.1.1 is not a valid IP for any of the subnets on the specified network.");
    }

    @Test
    void tagsAreNotTakenAtCreation() {
        creation(onPublic() + ", tags: ['t']").refused(400, "HTTPBadRequest", "Attribute 'tags' not allowed in POST");
    }

    @Test
    void badNetworksSubnetsAndPortsAreRefused() {
        creation("floating_network_id: '" + cloud().network("private") + "'")
                .refused(
                        400,
                        "BadRequest",
                        "Bad floatingip request: Network " + cloud().network("private")
                                + " is not a valid external network.");
        creation("floating_network_id: '" + UNKNOWN + "'")
                .refused(404, "NetworkNotFound", "Network " + UNKNOWN + " could not be found.");
        creation(onPublic() + ", port_id: '" + UNKNOWN + "'")
                .refused(404, "PortNotFound", "Port " + UNKNOWN + " could not be found.");
        creation(onPublic() + ", subnet_id: '" + UNKNOWN + "'")
                .refused(404, "SubnetNotFound", "Subnet " + UNKNOWN + " could not be found.");
        creation(onPublic() + ", subnet_id: '" + cloud().subnet("private-subnet") + "'")
                .refused(
                        400,
                        "InvalidInput",
                        "Invalid input for operation: Failed to create port on network " + cloud().network("public")
                                + ", because fixed_ips included invalid subnet " + cloud().subnet("private-subnet")
                                + ".");
    }

    @Test
    void aPortWithoutRouterToTheNetworkIsRefusedWith404() {
        JsonNode port = made().port("network_id: '%s'".formatted(cloud().network("no-port-security")));
        creation(onPublic() + ", port_id: '" + Json.id(port) + "'")
                .refused(
                        404,
                        "ExternalGatewayForFloatingIPNotFound",
                        "External network %s is not reachable from subnet %s.  Therefore, cannot associate Port %s with a Floating IP."
                                .formatted(
                                        cloud().network("public"),
                                        cloud().subnet("no-port-security-subnet"),
                                        Json.id(port)));
    }

    @Test
    void deletingThePortDetachesTheFloatingIp() {
        String port = Json.id(made().port());
        String id = Json.id(made().floatingIp(onPublic() + ", port_id: '" + port + "'"));
        neutron().delete("/ports/" + port).expect(204);
        JsonNode left = neutron().get("/floatingips/" + id).expect(200).path("floatingip");
        assertThat(left.path("port_id").isNull()).isTrue();
    }

    @Test
    void deletingTheLoadBalancerLeavesItsFloatingIp() {
        String loadBalancer = made().loadBalancer();
        String port = Json.text(loadBalancer(loadBalancer), "/vip_port_id");
        String id = Json.id(made().floatingIp(onPublic() + ", port_id: '" + port + "'"));
        octavia().delete("/loadbalancers/" + loadBalancer).expect(204);
        awaitGone(loadBalancer);
        JsonNode left = neutron().get("/floatingips/" + id).expect(200).path("floatingip");
        assertThat(left.path("port_id").isNull()).isTrue();
    }

    @Test
    void floatingIpsAreFoundByPortAddressNetworkAndDescription() {
        String port = Json.id(made().port());
        String description = name();
        JsonNode created =
                made().floatingIp(onPublic() + ", port_id: '%s', description: '%s'".formatted(port, description));
        for (String query : new String[] {
            "port_id=" + port,
            "floating_ip_address=" + Json.text(created, "/floating_ip_address"),
            "description=" + description,
            "floating_network_id=" + cloud().network("public") + "&status=DOWN&description=" + description
        }) {
            JsonNode found = neutron().get("/floatingips?" + query).expect(200).path("floatingips");
            assertThat(Json.each(found, "id")).as(query).containsExactly(Json.id(created));
        }
    }

    @Test
    void anUnknownFloatingIpOrThatOfAnotherProjectIsAnsweredWith404() {
        String text = "Floating IP %s could not be found";
        neutron().get("/floatingips/" + UNKNOWN).refused(404, "FloatingIPNotFound", text.formatted(UNKNOWN));
        neutron().delete("/floatingips/" + UNKNOWN).refused(404, "FloatingIPNotFound", text.formatted(UNKNOWN));
        String id = Json.id(made().floatingIp(onPublic()));
        as(Account.STRANGER).neutron().get("/floatingips/" + id).refused(404, "FloatingIPNotFound", text.formatted(id));
    }

    @Test
    void theAddressCannotBeUpdated() {
        String id = Json.id(made().floatingIp(onPublic()));
        neutron()
                .put("/floatingips/" + id, "{floatingip: {floating_ip_address: '203.0.113.9'}}")
                .refused(400, "HTTPBadRequest", "Cannot update read-only attribute floating_ip_address");
    }
}
