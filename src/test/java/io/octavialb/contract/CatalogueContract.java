package io.octavialb.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What Octavia offers: versions, providers, flavors, zones. */
abstract class CatalogueContract extends Contract {
    CatalogueContract(Sessions sessions) {
        super(sessions);
    }

    @Test
    void octaviasRootListsItsVersionsWithoutAToken() {
        JsonNode versions = sessions()
                .service(Account.CONTROLLER, "load-balancer", "")
                .get("/")
                .expect(200)
                .path("versions");
        assertThat(Json.each(versions, "id")).startsWith("v2.0", "v2.1", "v2.2").contains("v2.27");
        assertThat(Json.elements(versions).getLast().path("status").textValue()).isEqualTo("CURRENT");
        assertThat(Json.each(versions.path(0).path("links"), "rel")).containsExactly("self");
    }

    @Test
    void providersAreListed() {
        JsonNode providers = octavia().get("/providers").expect(200).path("providers");
        assertThat(Json.each(providers, "name")).containsExactlyInAnyOrder("amphora", "octavia");
    }

    @Test
    void flavorsAreFoundByNameAndId() {
        JsonNode flavors = octavia().get("/flavors").expect(200);
        assertThat(Json.each(flavors.path("flavors"), "name")).contains("small", "ha");
        assertThat(flavors.path("flavors_links")).isEmpty();
        JsonNode small = octavia().get("/flavors?name=small").expect(200).path("flavors");
        assertThat(Json.each(small, "id")).containsExactly(cloud().flavor("small"));
        JsonNode read = octavia().get("/flavors/" + cloud().flavor("ha")).expect(200);
        assertThat(Json.text(read, "/flavor/name")).isEqualTo("ha");
        assertThat(read.at("/flavor/enabled").booleanValue()).isTrue();
    }

    @Test
    void anUnknownFlavorIsAnsweredWith404() {
        octavia().get("/flavors/" + UNKNOWN).refused(404, "Flavor " + UNKNOWN + " not found.");
    }

    @Test
    void availabilityZonesAreNamed() {
        JsonNode zones = octavia().get("/availabilityzones").expect(200);
        assertThat(Json.each(zones.path("availability_zones"), "name")).isEqualTo(List.of("az1", "az2"));
        assertThat(octavia()
                        .get("/availabilityzones/az1")
                        .expect(200)
                        .at("/availability_zone/enabled")
                        .booleanValue())
                .isTrue();
    }

    @Test
    void anUnknownPathIsAnsweredWith404() {
        octavia().get("/nosuch").expect(404, "{code: 404, title: 'Not Found', description: ''}");
        neutron().get("/nosuch").refused(404, "HTTPNotFound", "The resource could not be found.");
    }
}
