package io.octavialb.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lists: filters, fields, pages. */
abstract class ListingContract extends Contract {
    private static final String INVALID = "One or more arguments are either duplicate or invalid";

    ListingContract(Sessions sessions) {
        super(sessions);
    }

    private List<String> found(String query) {
        return Json.each(octavia().get("/loadbalancers?" + query).expect(200).path("loadbalancers"), "id");
    }

    private JsonNode tagged(String tags) {
        return made().loadBalancer("name: '%s', vip_subnet_id: '%s', tags: [%s]"
                .formatted(name(), cloud().subnet("private-subnet"), tags));
    }

    @Test
    void loadBalancersAreFoundByTheirFields() {
        JsonNode one = loadBalancer(shared());
        String name = "name=" + Json.text(one, "/name");
        for (String query : List.of(
                name,
                "id=" + shared(),
                "vip_address=" + Json.text(one, "/vip_address"),
                "vip_port_id=" + Json.text(one, "/vip_port_id"),
                name + "&vip_subnet_id=" + cloud().subnet("private-subnet"),
                name + "&project_id=" + cloud().project("occm"),
                name + "&provisioning_status=ACTIVE",
                name + "&admin_state_up=true",
                name + "&provider=amphora")) {
            assertThat(found(query)).as(query).containsExactly(shared());
        }
        assertThat(found(name + "&provisioning_status=ERROR")).isEmpty();
        assertThat(found("name=contract")).isEmpty();
    }

    @Test
    void anotherProjectsListIsRefusedWith403() {
        octavia().get("/loadbalancers?project_id=" + cloud().project("other")).refused(403, FORBIDDEN);
    }

    @Test
    void unknownFiltersAreRefusedWith400() {
        octavia().get("/loadbalancers?foo=bar").refused(400, INVALID);
        octavia().get("/loadbalancers?tenant_id=" + cloud().project("occm")).refused(400, INVALID);
    }

    @Test
    void tagsFilterByAllAnyAndNone() {
        String tag = name();
        String id = Json.id(tagged("'%s', '%s-2'".formatted(tag, tag)));
        String name = "&name=" + Json.text(loadBalancer(id), "/name");
        assertThat(found("tags=%s,%s-2".formatted(tag, tag))).containsExactly(id);
        assertThat(found("tags=%s,other".formatted(tag))).isEmpty();
        assertThat(found("tags-any=%s,other".formatted(tag))).containsExactly(id);
        assertThat(found("tags=%s&not-tags=%s-2".formatted(tag, tag))).isEmpty();
        assertThat(found("not-tags=%s,other".formatted(tag) + name)).containsExactly(id);
        assertThat(found("not-tags-any=%s,other".formatted(tag) + name)).isEmpty();
    }

    @Test
    void listenersAndPoolsAreFoundByEitherSpellingOfTheLoadBalancer() {
        String listener = Json.id(made().listener(shared(), "protocol: 'TCP', protocol_port: 80, tags: ['t']"));
        String pool = Json.id(made().freePool(shared(), "TCP"));
        for (String key : List.of("loadbalancer_id", "load_balancer_id")) {
            String query = "?" + key + "=" + shared();
            assertThat(Json.each(octavia().get("/listeners" + query).expect(200).path("listeners"), "id"))
                    .containsExactly(listener);
            assertThat(Json.each(
                            octavia()
                                    .get("/listeners" + query + "&tags=t")
                                    .expect(200)
                                    .path("listeners"),
                            "id"))
                    .containsExactly(listener);
        }
        assertThat(Json.each(
                        octavia()
                                .get("/pools?loadbalancer_id=" + shared())
                                .expect(200)
                                .path("pools"),
                        "id"))
                .containsExactly(pool);
    }

    @Test
    void fieldsMayBeRepeatedButNotSeparatedByCommas() {
        JsonNode two = octavia()
                .get("/loadbalancers?id=" + shared() + "&fields=id&fields=provisioning_status")
                .expect(200)
                .at("/loadbalancers/0");
        assertThat(Json.names(two)).containsExactlyInAnyOrder("id", "provisioning_status");
        octavia()
                .get("/loadbalancers?id=" + shared() + "&fields=id,name")
                .expect(200, "{loadbalancers: [{}], loadbalancers_links: []}");
        octavia()
                .get("/loadbalancers/" + shared() + "?fields=id")
                .expect(200, "{loadbalancer: {id: '" + shared() + "'}}");
    }

    @Test
    void aFullPageOfLoadBalancersLinksToTheNextWithoutItsFilters() {
        String tag = name();
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            made.add(Json.id(tagged("'" + tag + "'")));
        }
        JsonNode first = octavia()
                .get("/loadbalancers?tags=" + tag + "&limit=2&fields=id")
                .expect(200);
        List<String> page = Json.each(first.path("loadbalancers"), "id");
        assertThat(page).hasSize(2).doesNotHaveDuplicates();
        made.removeAll(page);
        assertThat(Json.each(first.path("loadbalancers_links"), "rel")).containsExactly("next");
        String next = Json.text(first, "/loadbalancers_links/0/href");
        assertThat(next).endsWith("/v2/lbaas/loadbalancers?limit=2&marker=" + page.getLast());
        assertThat(found("tags=" + tag + "&limit=2&marker=" + page.getLast())).containsExactlyElementsOf(made);
    }

    @Test
    void aPageThatEndsTheListButIsFullLinksToAnEmptyOne() {
        String query = "id=" + shared() + "&limit=1";
        JsonNode page = octavia().get("/loadbalancers?" + query).expect(200);
        assertThat(page.path("loadbalancers_links")).hasSize(1);
        octavia()
                .get("/loadbalancers?" + query + "&marker=" + shared())
                .expect(200, "{loadbalancers: [], loadbalancers_links: []}");
    }

    @Test
    void badLimitsMarkersAndSortKeysAreRefusedWith400() {
        octavia()
                .get("/loadbalancers?limit=x")
                .expect(
                        400,
                        "{code: 400, title: 'Bad Request', description: \"Supplied pagination limit 'x' is not valid.\"}");
        octavia()
                .get("/loadbalancers?marker=" + UNKNOWN)
                .refused(400, "Supplied pagination marker '" + UNKNOWN + "' is not valid.");
        octavia().get("/loadbalancers?sort=foo").refused(400, "Supplied sort key 'foo' is not valid.");
    }

    @Test
    void neutronsPagesKeepTheirFiltersInTheLinks() {
        String group = Json.text(made().securityGroup(), "/name");
        JsonNode second = neutron()
                .post("/security-groups", "{security_group: {name: '%s'}}".formatted(group))
                .expect(201);
        made().onEnd(() -> neutron().delete("/security-groups/" + Json.text(second, "/security_group/id")));
        JsonNode first = neutron()
                .get("/security-groups?name=%s&limit=1&fields=id".formatted(group))
                .expect(200);
        String id = Json.text(first, "/security_groups/0/id");
        JsonNode link = Json.where(first.path("security_groups_links"), "rel", "next");
        assertThat(Json.text(link, "/href")).contains("name=" + group, "limit=1", "marker=" + id);
        JsonNode next = neutron().get(Json.text(link, "/href")).expect(200);
        assertThat(Json.each(next.path("security_groups"), "id")).hasSize(1).doesNotContain(id);
    }

    @Test
    void neutronListsWithoutLimitHaveNoLinks() {
        assertThat(Json.names(neutron().get("/ports?name=" + name()).expect(200)))
                .containsExactly("ports");
    }

    @Test
    void neutronsBadLimitsAndMarkersAreRefused() {
        neutron()
                .get("/ports?limit=x")
                .refused(400, "BadRequest", "Bad limit request: Limit must be an integer 0 or greater and not 'x'.");
        neutron()
                .get("/ports?limit=1&marker=" + UNKNOWN)
                .refused(404, "PortNotFound", "Port " + UNKNOWN + " could not be found.");
    }
}
