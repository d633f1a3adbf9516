package io.octavialb.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** Networks and subnets: how the controller finds them. */
abstract class NetworkContract extends Contract {
    NetworkContract(Sessions sessions) {
        super(sessions);
    }

    private JsonNode subnets(String query) {
        return neutron().get("/subnets?" + query).expect(200).path("subnets");
    }

    @Test
    void subnetsAreFoundByTags() {
        String floating = "network_id=" + cloud().network("public") + "&";
        assertThat(Json.each(subnets("tags=nodes"), "id")).containsExactly(cloud().subnet("private-subnet"));
        assertThat(Json.each(subnets("tags=floating,gold"), "name")).containsExactly("public-subnet");
        assertThat(Json.each(subnets(floating + "tags-any=gold,silver"), "name"))
                .containsExactlyInAnyOrder("public-subnet", "public-subnet-2");
        assertThat(Json.each(subnets(floating + "tags=floating&not-tags=gold"), "name"))
                .containsExactly("public-subnet-2");
        assertThat(Json.each(subnets(floating + "not-tags-any=gold,silver"), "name"))
                .isEmpty();
    }

    @Test
    void aSubnetShowsItsNetworkFamilyAndPrefix() {
        JsonNode subnet = subnets("name=private-subnet&network_id=" + cloud().network("private"))
                .path(0);
        assertThat(Json.text(subnet, "/network_id")).isEqualTo(cloud().network("private"));
        assertThat(subnet.path("ip_version").intValue()).isEqualTo(4);
        assertThat(Json.text(subnet, "/cidr")).isEqualTo("10.6.0.0/24");
        assertThat(Json.text(subnet, "/gateway_ip")).isEqualTo("10.6.0.1");
        assertThat(subnet.path("allocation_pools")).isEqualTo(Json.read("[{start: '10.6.0.2', end: '10.6.0.239'}]"));
        assertThat(subnet.path("tags")).isEqualTo(Json.read("['nodes']"));
        assertThat(subnet.path("enable_dhcp").booleanValue()).isTrue();
    }

    @Test
    void subnetsAreFoundByNetworkAndFamily() {
        assertThat(Json.each(subnets("network_id=%s&ip_version=6".formatted(cloud().network("private"))), "id"))
                .containsExactly(cloud().subnet("private-subnet-v6"));
    }

    @Test
    void aNetworkNamesItsSubnets() {
        JsonNode network = neutron()
                .get("/networks/" + cloud().network("private"))
                .expect(200)
                .path("network");
        assertThat(network.path("subnets"))
                .extracting(JsonNode::textValue)
                .containsExactlyInAnyOrder(cloud().subnet("private-subnet"), cloud().subnet("private-subnet-v6"));
        assertThat(network.path("router:external").booleanValue()).isFalse();
        assertThat(network.path("port_security_enabled").booleanValue()).isTrue();
    }

    @Test
    void externalNetworksAreFoundAndSeenByEveryProject() {
        JsonNode external =
                neutron().get("/networks?router:external=true").expect(200).path("networks");
        assertThat(Json.each(external, "name")).containsExactlyInAnyOrder("public", "public-alt");
        JsonNode seen =
                as(Account.STRANGER).neutron().get("/networks").expect(200).path("networks");
        assertThat(Json.each(seen, "name")).containsExactlyInAnyOrder("public", "public-alt");
    }

    @Test
    void unknownNetworksSubnetsAndThoseOfAnotherProjectAreAnsweredWith404() {
        neutron()
                .get("/subnets/" + UNKNOWN)
                .refused(404, "SubnetNotFound", "Subnet " + UNKNOWN + " could not be found.");
        neutron()
                .get("/networks/" + UNKNOWN)
                .refused(404, "NetworkNotFound", "Network " + UNKNOWN + " could not be found.");
        String id = cloud().network("private");
        as(Account.STRANGER)
                .neutron()
                .get("/networks/" + id)
                .refused(404, "NetworkNotFound", "Network " + id + " could not be found.");
    }
}
