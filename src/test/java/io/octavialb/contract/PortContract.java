package io.octavialb.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** Ports: addresses, revisions, tags. */
abstract class PortContract extends Contract {
    PortContract(Sessions sessions) {
        super(sessions);
    }

    private Answer creation(String fields) {
        return neutron().post("/ports", "{port: {name: '%s', %s}}".formatted(name(), fields));
    }

    private String onPrivate(String address) {
        return "network_id: '%s', fixed_ips: [{subnet_id: '%s', ip_address: '%s'}]"
                .formatted(cloud().network("private"), cloud().subnet("private-subnet"), address);
    }

    private JsonNode list(String query) {
        return neutron().get("/ports?" + query).expect(200).path("ports");
    }

    @Test
    void aPortTakesAnAddressOfEverySubnetFamilyOfItsNetwork() {
        JsonNode port = made().port("network_id: '%s'".formatted(cloud().network("private")));
        assertThat(Json.each(port.path("fixed_ips"), "subnet_id"))
                .containsExactlyInAnyOrder(cloud().subnet("private-subnet"), cloud().subnet("private-subnet-v6"));
        assertThat(Json.text(port, "/device_owner")).isEmpty();
        assertThat(Json.text(port, "/status")).isEqualTo("DOWN");
        assertThat(Json.text(port, "/mac_address")).startsWith("fa:16:3e:");
        assertThat(port.path("security_groups")).hasSize(1);
        assertThat(port.path("revision_number").intValue()).isEqualTo(1);
    }

    @Test
    void anAddressOfChoiceIsTakenOnce() {
        JsonNode port = made().port(onPrivate("10.6.0.243"));
        assertThat(Json.text(port, "/fixed_ips/0/ip_address")).isEqualTo("10.6.0.243");
        creation(onPrivate("10.6.0.243"))
                .refused(
                        409,
                        "IpAddressAlreadyAllocated",
                        "IP address 10.6.0.243 already allocated in subnet " + cloud().subnet("private-subnet"));
    }

    @Test
    void anAddressOutsideTheSubnetIsRefusedWith400() {
        creation(onPrivate("10.9.0.1"))
                .refused(400, "InvalidIpForSubnet", "IP address 10.9.0.1 is not a valid IP for the specified subnet.");
    }

    @Test
    void portsAreFoundByFixedIps() {
        JsonNode port = made().port(onPrivate("10.6.0.244"));
        assertThat(Json.each(list("fixed_ips=ip_address%3D10.6.0.244"), "id")).containsExactly(Json.id(port));
        String subnet = "fixed_ips=subnet_id%3D" + cloud().subnet("private-subnet");
        assertThat(Json.each(list(subnet + "&name=" + Json.text(port, "/name")), "id"))
                .containsExactly(Json.id(port));
        assertThat(list("fixed_ips=subnet_id%3D" + cloud().subnet("members-subnet") + "&name="
                        + Json.text(port, "/name")))
                .isEmpty();
    }

    @Test
    void twoValuesOfOneFilterMeanEither() {
        JsonNode first = made().port();
        JsonNode second = made().port();
        assertThat(Json.each(
                        list("name=%s&name=%s".formatted(Json.text(first, "/name"), Json.text(second, "/name"))), "id"))
                .containsExactlyInAnyOrder(Json.id(first), Json.id(second));
    }

    @Test
    void anUnknownFilterIsRefusedWith400() {
        neutron().get("/ports?foo=bar").refused(400, "HTTPBadRequest", "['foo'] is invalid attribute for filtering");
    }

    @Test
    void nodesAreFoundByDeviceOwner() {
        assertThat(Json.each(list("device_owner=compute:nova&network_id=" + cloud().network("private")), "id"))
                .contains(cloud().port("node-1"), cloud().port("node-2"), cloud().port("node-3"));
        JsonNode node = list("device_id=00000000-0000-4000-8000-000000000001");
        assertThat(Json.each(node, "id")).containsExactly(cloud().port("node-1"));
        assertThat(Json.text(node, "/0/fixed_ips/0/ip_address")).isEqualTo("10.6.0.11");
    }

    @Test
    void anUpdateRaisesTheRevisionAndIfMatchGuardsIt() {
        String path = "/ports/" + Json.id(made().port());
        neutron()
                .put(path, "{port: {description: 'x'}}", "If-Match: revision_number=77")
                .refused(412, "RevisionNumberConstraintFailed", "Constrained to 77, but current revision is 1");
        JsonNode changed = neutron()
                .put(path, "{port: {description: 'x'}}", "If-Match: revision_number=1")
                .expect(200)
                .path("port");
        assertThat(Json.text(changed, "/description")).isEqualTo("x");
        assertThat(changed.path("revision_number").intValue()).isEqualTo(2);
    }

    @Test
    void anUpdateThatChangesNothingKeepsTheRevision() {
        String path = "/ports/" + Json.id(made().port());
        neutron().put(path, "{port: {description: 'x'}}").expect(200);
        JsonNode same = neutron().put(path, "{port: {description: 'x'}}").expect(200);
        assertThat(same.at("/port/revision_number").intValue()).isEqualTo(2);
    }

    @Test
    void readOnlyAndUnknownAttributesAreRefusedWith400() {
        String path = "/ports/" + Json.id(made().port());
        neutron()
                .put(path, "{port: {network_id: '%s'}}".formatted(cloud().network("private")))
                .refused(400, "HTTPBadRequest", "Cannot update read-only attribute network_id");
        neutron().put(path, "{port: {foo: 1}}").refused(400, "HTTPBadRequest", "Unrecognized attribute(s) 'foo'");
    }

    @Test
    void theUserMayUpdateAndEvenDeleteAVipPort() {
        String loadBalancer = made().loadBalancer();
        String path = "/ports/" + Json.text(loadBalancer(loadBalancer), "/vip_port_id");
        JsonNode changed = neutron().put(path, "{port: {description: 'mine'}}").expect(200);
        assertThat(Json.text(changed, "/port/description")).isEqualTo("mine");
        neutron().delete(path).expect(204);
        neutron().get(path).expect(404);
        assertThat(provisioningStatus(loadBalancer)).isEqualTo("ACTIVE");
    }

    @Test
    void aRouterInterfaceIsNotDeletedWith409() {
        JsonNode router = as(Account.CONTROLLER)
                .neutron()
                .get("/ports?device_owner=network:router_interface&network_id=" + cloud().network("members"))
                .expect(200)
                .path("ports");
        String id = Json.text(router, "/0/id");
        Answer answer = neutron().delete("/ports/" + id);
        answer.expect(409);
        assertThat(Json.text(answer.body(), "/NeutronError/type")).isEqualTo("ServicePortInUse");
    }

    @Test
    void tagsArePartOfAPortWithAPathOfTheirOwn() {
        String path = "/ports/" + Json.id(made().port());
        assertThat(neutron().put(path + "/tags", "{tags: ['a', 'b']}").expect(200))
                .isEqualTo(Json.read("{tags: ['a', 'b']}"));
        neutron().put(path + "/tags/c", "").expect(201);
        assertThat(neutron().get(path + "/tags").expect(200)).isEqualTo(Json.read("{tags: ['a', 'b', 'c']}"));
        neutron().get(path + "/tags/c").expect(204);
        neutron().delete(path + "/tags/c").expect(204);
        neutron().get(path + "/tags/c").refused(404, "TagNotFound", "Tag c could not be found.");
        neutron().delete(path + "/tags/c").refused(404, "TagNotFound", "Tag c could not be found.");
        assertThat(neutron().get(path).expect(200).at("/port/tags")).isEqualTo(Json.read("['a', 'b']"));
        neutron().delete(path + "/tags").expect(204);
        assertThat(neutron().get(path).expect(200).at("/port/tags")).isEmpty();
    }

    @Test
    void aTagRaisesTheRevision() {
        String path = "/ports/" + Json.id(made().port());
        neutron().put(path + "/tags/c", "").expect(201);
        assertThat(neutron().get(path).expect(200).at("/port/revision_number").intValue())
                .isEqualTo(2);
    }

    @Test
    void tagsOfACreationAreTakenSilentlyAndDropped() {
        JsonNode port = made().port("network_id: '%s', tags: ['x']".formatted(cloud().network("private")));
        assertThat(neutron().get("/ports/" + Json.id(port)).expect(200).at("/port/tags"))
                .isEmpty();
    }

    @Test
    void portsAreFoundByTags() {
        String tag = name();
        JsonNode port = made().port();
        neutron()
                .put("/ports/" + Json.id(port) + "/tags", "{tags: ['%s', '%s-2']}".formatted(tag, tag))
                .expect(200);
        assertThat(Json.each(list("tags=%s,%s-2".formatted(tag, tag)), "id")).containsExactly(Json.id(port));
        assertThat(list("tags=%s,other".formatted(tag))).isEmpty();
        assertThat(Json.each(list("tags-any=%s,other".formatted(tag)), "id")).containsExactly(Json.id(port));
        assertThat(list("tags=%s&not-tags=%s-2".formatted(tag, tag))).isEmpty();
        assertThat(list("name=%s&not-tags-any=%s,other".formatted(Json.text(port, "/name"), tag)))
                .isEmpty();
    }

    @Test
    void anUnknownPortOrThatOfAnotherProjectIsAnsweredWith404() {
        String text = "Port " + UNKNOWN + " could not be found.";
        neutron().get("/ports/" + UNKNOWN).refused(404, "PortNotFound", text);
        neutron().put("/ports/" + UNKNOWN, "{port: {description: 'x'}}").refused(404, "PortNotFound", text);
        neutron().delete("/ports/" + UNKNOWN).refused(404, "PortNotFound", text);
        String id = Json.id(made().port());
        as(Account.STRANGER)
                .neutron()
                .get("/ports/" + id)
                .refused(404, "PortNotFound", "Port " + id + " could not be found.");
        creation("network_id: '" + UNKNOWN + "'")
                .refused(404, "NetworkNotFound", "Network " + UNKNOWN + " could not be found.");
    }
}
