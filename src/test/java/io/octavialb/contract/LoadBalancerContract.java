package io.octavialb.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Load balancers: creation with a tree, VIPs, deletion. */
abstract class LoadBalancerContract extends Contract {
    LoadBalancerContract(Sessions sessions) {
        super(sessions);
    }

    private String populated() {
        return """
            name: '%s', description: 'd', vip_subnet_id: '%2$s', tags: ['a', 'b'], listeners: [
              {name: 'tcp', protocol: 'TCP', protocol_port: 80, allowed_cidrs: ['10.0.0.0/8'], tags: ['l'], default_pool:
                {name: 'tcp', protocol: 'TCP', lb_algorithm: 'ROUND_ROBIN',
                 members: [{address: '10.6.0.11', protocol_port: 30080, subnet_id: '%2$s', name: 'one'},
                           {address: '10.6.0.12', protocol_port: 30080, subnet_id: '%2$s', weight: 5}],
                 healthmonitor: {name: 'hm', type: 'TCP', delay: 60, timeout: 30, max_retries: 3}}},
              {name: 'udp', protocol: 'UDP', protocol_port: 53, default_pool:
                {name: 'udp', protocol: 'UDP', lb_algorithm: 'LEAST_CONNECTIONS',
                 members: [{address: '10.6.0.11', protocol_port: 30053}]}}]""".formatted(name(), privateSubnet());
    }

    private String privateSubnet() {
        return cloud().subnet("private-subnet");
    }

    private Answer creation(String fields) {
        return octavia().post("/loadbalancers", "{loadbalancer: {name: '%s', %s}}".formatted(name(), fields));
    }

    @Test
    void onePostCreatesAWholeTreeWhichBecomesActive() {
        String id = Json.id(made().loadBalancer(populated()));
        settled(id);
        JsonNode listeners =
                octavia().get("/listeners?loadbalancer_id=" + id).expect(200).path("listeners");
        assertThat(Json.each(listeners, "name")).containsExactlyInAnyOrder("tcp", "udp");
        assertThat(Json.each(listeners, "provisioning_status")).containsOnly("ACTIVE");
        String pool = Json.text(Json.where(listeners, "name", "tcp"), "/default_pool_id");
        JsonNode members =
                octavia().get("/pools/" + pool + "/members").expect(200).path("members");
        assertThat(Json.each(members, "provisioning_status")).containsExactly("ACTIVE", "ACTIVE");
        assertThat(Json.where(members, "address", "10.6.0.12").path("weight").asInt())
                .isEqualTo(5);
    }

    @Test
    void theAnswerToAPopulatedCreationNestsTheTreeWithIds() {
        JsonNode created = made().loadBalancer(populated());
        assertThat(Json.text(created, "/provisioning_status")).isEqualTo("PENDING_CREATE");
        assertThat(Json.text(created, "/operating_status")).isEqualTo("OFFLINE");
        assertThat(created.path("updated_at").isNull()).isTrue();
        JsonNode listener = Json.where(created.path("listeners"), "name", "tcp");
        JsonNode pool = Json.where(created.path("pools"), "name", "tcp");
        assertThat(listener.path("default_pool_id").textValue()).isEqualTo(Json.id(pool));
        assertThat(listener.has("default_pool")).isFalse();
        assertThat(listener.has("loadbalancers")).isFalse();
        assertThat(listener.path("connection_limit").intValue()).isEqualTo(-1);
        assertThat(Json.text(listener, "/provisioning_status")).isEqualTo("PENDING_CREATE");
        assertThat(Json.each(pool.path("listeners"), "id")).containsExactly(Json.id(listener));
        assertThat(pool.has("healthmonitor_id")).isFalse();
        assertThat(Json.text(pool, "/healthmonitor/name")).isEqualTo("hm");
        assertThat(pool.at("/healthmonitor/max_retries_down").intValue()).isEqualTo(3);
        assertThat(Json.each(pool.path("members"), "address")).containsExactlyInAnyOrder("10.6.0.11", "10.6.0.12");
        assertThat(Json.where(created.path("pools"), "name", "udp")
                        .path("healthmonitor")
                        .isNull())
                .isTrue();
    }

    @Test
    void aReadLoadBalancerNamesItsListenersAndPoolsById() {
        JsonNode created = made().loadBalancer(populated());
        settled(Json.id(created));
        JsonNode read = loadBalancer(Json.id(created));
        assertThat(Json.each(read.path("listeners"), "id"))
                .containsExactlyInAnyOrderElementsOf(Json.each(created.path("listeners"), "id"));
        assertThat(Json.names(read.at("/pools/0"))).containsExactly("id");
        assertThat(Json.names(read))
                .containsExactlyInAnyOrder(
                        "id",
                        "name",
                        "description",
                        "provisioning_status",
                        "operating_status",
                        "admin_state_up",
                        "project_id",
                        "created_at",
                        "updated_at",
                        "vip_address",
                        "vip_port_id",
                        "vip_subnet_id",
                        "vip_network_id",
                        "vip_sg_ids",
                        "additional_vips",
                        "listeners",
                        "pools",
                        "provider",
                        "flavor_id",
                        "vip_qos_policy_id",
                        "tags",
                        "availability_zone",
                        "vip_vnic_type",
                        "tenant_id");
        assertThat(Json.text(read, "/project_id")).isEqualTo(cloud().project("occm"));
        assertThat(Json.text(read, "/vip_network_id")).isEqualTo(cloud().network("private"));
        assertThat(Json.text(read, "/provider")).isEqualTo("amphora");
        assertThat(Json.text(read, "/created_at")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d");
    }

    @Test
    void aTreeWithTwoListenersOnOnePortIsRefusedWith409AndLeavesItsVipPortBehind() {
        creation(
                        "vip_subnet_id: '%s', vip_address: '10.6.0.242', listeners: [{protocol: 'TCP', protocol_port: 80}, {protocol: 'HTTP', protocol_port: 80}]"
                                .formatted(privateSubnet()))
                .refused(
                        409,
                        "Another Listener on this Load Balancer is already using protocol TCP and protocol_port 80");
        JsonNode ports = neutron()
                .get("/ports?fixed_ips=ip_address%3D10.6.0.242")
                .expect(200)
                .path("ports");
        assertThat(ports).hasSize(1);
        made().onEnd(() -> neutron().delete("/ports/" + Json.text(ports, "/0/id")));
        String name = Json.text(ports, "/0/name");
        assertThat(name).startsWith("octavia-lb-");
        octavia()
                .get("/loadbalancers/" + name.substring("octavia-lb-".length()))
                .expect(404);
    }

    @Test
    void aNestedPoolWithoutNameIsRefusedWith400() {
        creation(
                        "vip_subnet_id: '%s', vip_address: '10.6.0.245', listeners: [{protocol: 'TCP', protocol_port: 80, default_pool: {protocol: 'TCP', lb_algorithm: 'ROUND_ROBIN'}}]"
                                .formatted(privateSubnet()))
                .refused(400, "Validation failure: Pools must be named when creating a fully populated loadbalancer.");
        JsonNode ports = neutron()
                .get("/ports?fixed_ips=ip_address%3D10.6.0.245")
                .expect(200)
                .path("ports");
        Json.each(ports, "id").forEach(id -> made().onEnd(() -> neutron().delete("/ports/" + id)));
        assertThat(ports).as("the VIP port stays behind").hasSize(1);
    }

    @Test
    void theVipPortIsARealPortOfTheUsersProject() {
        JsonNode created = made().loadBalancer("name: '%s', vip_subnet_id: '%s'".formatted(name(), privateSubnet()));
        JsonNode port = neutron()
                .get("/ports/" + Json.text(created, "/vip_port_id"))
                .expect(200)
                .path("port");
        assertThat(Json.text(port, "/name")).isEqualTo("octavia-lb-" + Json.id(created));
        assertThat(Json.text(port, "/device_owner")).isEqualTo("Octavia");
        assertThat(Json.text(port, "/device_id")).isEqualTo("lb-" + Json.id(created));
        assertThat(Json.text(port, "/project_id")).isEqualTo(cloud().project("occm"));
        assertThat(Json.each(port.path("fixed_ips"), "ip_address")).containsExactly(Json.text(created, "/vip_address"));
    }

    @Test
    void aVipAddressMayBeChosen() {
        JsonNode created = made().loadBalancer("name: '%s', vip_subnet_id: '%s', vip_address: '10.6.0.241'"
                .formatted(name(), privateSubnet()));
        assertThat(Json.text(created, "/vip_address")).isEqualTo("10.6.0.241");
    }

    @Test
    void aVipAddressInUseIsRefusedWith500OfTheProvider() {
        creation("vip_subnet_id: '%s', vip_address: '%s'"
                        .formatted(privateSubnet(), Json.text(loadBalancer(shared()), "/vip_address")))
                .refused(500, "Provider 'amphora' reports error: ConflictException: 409");
    }

    @Test
    void aVipAddressOutsideItsSubnetIsRefusedWith500OfTheProvider() {
        creation("vip_subnet_id: '%s', vip_address: '10.9.0.1'".formatted(privateSubnet()))
                .refused(500, "Provider 'amphora' reports error: BadRequestException: 400");
    }

    @Test
    void aVipPortGivenIsUsedAndStaysAfterTheDeletion() {
        String port = Json.id(made().port());
        JsonNode created = made().loadBalancer("name: '%s', vip_port_id: '%s'".formatted(name(), port));
        String id = Json.id(created);
        assertThat(Json.text(created, "/vip_port_id")).isEqualTo(port);
        assertThat(Json.text(created, "/vip_subnet_id")).isEqualTo(privateSubnet());
        settled(id);
        octavia().delete("/loadbalancers/" + id).expect(204);
        awaitGone(id);
        JsonNode left = neutron().get("/ports/" + port).expect(200).path("port");
        assertThat(Json.text(left, "/device_owner")).isEmpty();
    }

    @Test
    void aVipPortInUseIsRefusedWith400() {
        creation("vip_port_id: '%s'".formatted(Json.text(loadBalancer(shared()), "/vip_port_id")))
                .refused(
                        400,
                        "Validation failure: Port %s is already used by device lb-%s "
                                .formatted(Json.text(loadBalancer(shared()), "/vip_port_id"), shared()));
    }

    @Test
    void anUnknownVipSubnetNetworkOrPortIsRefusedWith400() {
        creation("vip_subnet_id: '" + UNKNOWN + "'").refused(400, "Subnet " + UNKNOWN + " not found.");
        creation("vip_network_id: '" + UNKNOWN + "'").refused(400, "Network " + UNKNOWN + " not found.");
        creation("vip_port_id: '" + UNKNOWN + "'").refused(400, "Port " + UNKNOWN + " not found.");
    }

    @Test
    void aLoadBalancerWithoutVipIsRefusedWith400() {
        creation("description: ''")
                .refused(
                        400,
                        "Validation failure: VIP must contain one of: vip_port_id, vip_network_id, vip_subnet_id.");
    }

    @Test
    void aVipNetworkAloneTakesOneOfItsSubnets() {
        JsonNode created =
                made().loadBalancer("name: '%s', vip_network_id: '%s'".formatted(name(), cloud().network("members")));
        assertThat(Json.text(created, "/vip_subnet_id")).isEqualTo(cloud().subnet("members-subnet"));
        assertThat(Json.text(created, "/vip_address")).startsWith("10.7.0.");
    }

    @Test
    void aNetworkWithoutPortSecurityIsRefusedWith500OfTheProvider() {
        creation("vip_network_id: '%s'".formatted(cloud().network("no-port-security")))
                .refused(500, "Provider 'amphora' reports error: Port security must be enabled on the VIP network.");
    }

    @Test
    void additionalVipsTakeAddressesOnTheSamePort() {
        JsonNode created = made().loadBalancer("name: '%s', vip_subnet_id: '%s', additional_vips: [{subnet_id: '%s'}]"
                .formatted(name(), privateSubnet(), cloud().subnet("private-subnet-v6")));
        assertThat(Json.text(created, "/additional_vips/0/subnet_id")).isEqualTo(cloud().subnet("private-subnet-v6"));
        assertThat(Json.text(created, "/additional_vips/0/ip_address")).startsWith("fd00:6::");
        JsonNode port = neutron()
                .get("/ports/" + Json.text(created, "/vip_port_id"))
                .expect(200)
                .path("port");
        assertThat(Json.each(port.path("fixed_ips"), "ip_address"))
                .containsExactlyInAnyOrder(
                        Json.text(created, "/vip_address"), Json.text(created, "/additional_vips/0/ip_address"));
    }

    @Test
    void additionalVipsOfAnotherNetworkAreRefusedWith400() {
        creation("vip_subnet_id: '%s', additional_vips: [{subnet_id: '%s'}]"
                        .formatted(privateSubnet(), cloud().subnet("members-subnet")))
                .refused(400, "Validation failure: All VIP subnets must belong to the same network.");
    }

    @Test
    void aVipMayBeOfIpv6() {
        JsonNode created = made().loadBalancer(
                        "name: '%s', vip_subnet_id: '%s'".formatted(name(), cloud().subnet("private-subnet-v6")));
        assertThat(Json.text(created, "/vip_address")).startsWith("fd00:6::");
    }

    @Test
    void flavorZoneAndAdminStateAreTakenAtCreation() {
        JsonNode created = made().loadBalancer(
                        "name: '%s', vip_subnet_id: '%s', flavor_id: '%s', availability_zone: 'az1', admin_state_up: false"
                                .formatted(name(), privateSubnet(), cloud().flavor("small")));
        assertThat(Json.text(created, "/flavor_id")).isEqualTo(cloud().flavor("small"));
        assertThat(Json.text(created, "/availability_zone")).isEqualTo("az1");
        assertThat(created.path("admin_state_up").booleanValue()).isFalse();
    }

    @Test
    void aProviderMayBeNamedAndItsFlavorsMustFit() {
        String fields = "vip_subnet_id: '%s', provider: 'octavia'".formatted(privateSubnet());
        JsonNode created = made().loadBalancer("name: '%s', %s".formatted(name(), fields));
        assertThat(Json.text(created, "/provider")).isEqualTo("octavia");
        creation(fields + ", flavor_id: '%s'".formatted(cloud().flavor("small")))
                .refused(
                        400,
                        "Flavor '%s' is not compatible with provider 'octavia'".formatted(cloud().flavor("small")));
    }

    @Test
    void unknownFlavorZoneProviderAndAttributeAreRefusedWith400() {
        String subnet = "vip_subnet_id: '%s', ".formatted(privateSubnet());
        creation(subnet + "flavor_id: '" + UNKNOWN + "'").refused(400, "Validation failure: Invalid flavor_id.");
        creation(subnet + "availability_zone: 'nope'").refused(400, "Validation failure: Invalid availability zone.");
        creation(subnet + "provider: 'nope'").refused(400, "Provider 'nope' is not enabled.");
        creation(subnet + "colour: 'red'")
                .refused(400, "Unknown attribute for argument load_balancer.loadbalancer: colour");
    }

    @Test
    void aNameOf256CharactersIsRefusedWith400() {
        String tooLong = "x".repeat(256);
        octavia()
                .post(
                        "/loadbalancers",
                        "{loadbalancer: {name: '%s', vip_subnet_id: '%s'}}".formatted(tooLong, privateSubnet()))
                .refused(
                        400,
                        "Invalid input for field/attribute name. Value: '%s'. Value should have a maximum character requirement of 255"
                                .formatted(tooLong));
    }

    @Test
    void anUpdateAnswersPendingUpdateAndReplacesTags() {
        Answer answer =
                octavia().put("/loadbalancers/" + shared(), "{loadbalancer: {description: 'changed', tags: ['c']}}");
        assertThat(Json.text(answer.expect(200), "/loadbalancer/provisioning_status"))
                .isEqualTo("PENDING_UPDATE");
        settled(shared());
        JsonNode read = loadBalancer(shared());
        assertThat(Json.text(read, "/description")).isEqualTo("changed");
        assertThat(read.path("tags")).isEqualTo(Json.read("['c']"));
    }

    @Test
    void theVipCannotBeUpdated() {
        octavia()
                .put("/loadbalancers/" + shared(), "{loadbalancer: {vip_subnet_id: '%s'}}".formatted(privateSubnet()))
                .refused(400, "Unknown attribute for argument load_balancer.loadbalancer: vip_subnet_id");
    }

    @Test
    void deletionWithoutCascadeIsRefusedWith400WhileThereAreChildren() {
        made().freePool(shared(), "TCP");
        octavia()
                .delete("/loadbalancers/" + shared())
                .refused(400, "Validation failure: Cannot delete Load Balancer " + shared() + " - it has children");
    }

    @Test
    void cascadeDeletesTheTreeAndItsVipPort() {
        JsonNode created = made().loadBalancer(populated());
        String id = Json.id(created);
        settled(id);
        octavia().delete("/loadbalancers/" + id + "?cascade=true").expect(204);
        awaitGone(id);
        for (String path : List.of(
                "/listeners/" + Json.text(created, "/listeners/0/id"), "/pools/" + Json.text(created, "/pools/0/id"))) {
            octavia().get(path).expect(404);
        }
        neutron().get("/ports/" + Json.text(created, "/vip_port_id")).expect(404);
    }

    @Test
    void anUnknownLoadBalancerIsAnsweredWith404() {
        String text = "Load Balancer " + UNKNOWN + " not found.";
        octavia().get("/loadbalancers/" + UNKNOWN).refused(404, text);
        octavia().get("/loadbalancers/" + UNKNOWN + "/status").refused(404, text);
        octavia()
                .put("/loadbalancers/" + UNKNOWN, "{loadbalancer: {name: 'x'}}")
                .refused(404, text);
        octavia().delete("/loadbalancers/" + UNKNOWN + "?cascade=true").refused(404, text);
    }
}
