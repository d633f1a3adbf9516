package io.octavialb.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** The status tree and operating_status. */
abstract class StatusContract extends Contract {
    StatusContract(Sessions sessions) {
        super(sessions);
    }

    private String populated() {
        String members = "members: [{address: '10.6.0.11', protocol_port: 30080, name: 'one'}]";
        JsonNode created =
                made().loadBalancer("""
            name: '%s', vip_subnet_id: '%s', listeners: [
              {name: 'watched', protocol: 'TCP', protocol_port: 80, default_pool:
                {name: 'watched', protocol: 'TCP', lb_algorithm: 'ROUND_ROBIN', %s,
                 healthmonitor: {name: 'hm', type: 'TCP', delay: 60, timeout: 30, max_retries: 3}}},
              {name: 'unwatched', protocol: 'UDP', protocol_port: 80, default_pool:
                {name: 'unwatched', protocol: 'UDP', lb_algorithm: 'ROUND_ROBIN', %s}}]""".formatted(name(), cloud().subnet("private-subnet"), members, members));
        settled(Json.id(created));
        return Json.id(created);
    }

    private JsonNode tree(String id) {
        return octavia().get("/loadbalancers/" + id + "/status").expect(200).at("/statuses/loadbalancer");
    }

    @Test
    void theStatusTreeNestsPoolsInListenersWithMembersAndMonitor() {
        String id = populated();
        JsonNode tree = tree(id);
        assertThat(Json.names(tree))
                .containsExactlyInAnyOrder("id", "name", "operating_status", "provisioning_status", "listeners");
        JsonNode listener = Json.where(tree.path("listeners"), "name", "watched");
        assertThat(Json.names(listener))
                .containsExactlyInAnyOrder("id", "name", "operating_status", "provisioning_status", "pools");
        JsonNode pool = listener.at("/pools/0");
        assertThat(Json.names(pool))
                .containsExactlyInAnyOrder(
                        "id", "name", "operating_status", "provisioning_status", "health_monitor", "members");
        assertThat(Json.names(pool.path("health_monitor")))
                .containsExactlyInAnyOrder("id", "name", "type", "operating_status", "provisioning_status");
        JsonNode member = pool.at("/members/0");
        assertThat(Json.names(member))
                .containsExactlyInAnyOrder(
                        "id", "name", "operating_status", "provisioning_status", "address", "protocol_port");
        assertThat(member.path("protocol_port").intValue()).isEqualTo(30080);
        JsonNode unwatched = Json.where(tree.path("listeners"), "name", "unwatched");
        assertThat(unwatched.at("/pools/0").has("health_monitor")).isFalse();
    }

    @Test
    void membersAreOnlineWithAMonitorAndNoMonitorWithout() {
        String id = populated();
        patient().until(() -> Json.text(tree(id), "/operating_status").equals("ONLINE"));
        JsonNode listeners = tree(id).path("listeners");
        JsonNode watched = Json.where(listeners, "name", "watched");
        assertThat(Json.text(watched, "/operating_status")).isEqualTo("ONLINE");
        assertThat(Json.text(watched, "/pools/0/operating_status")).isEqualTo("ONLINE");
        assertThat(Json.text(watched, "/pools/0/health_monitor/operating_status"))
                .isEqualTo("ONLINE");
        assertThat(Json.text(watched, "/pools/0/members/0/operating_status")).isEqualTo("ONLINE");
        assertThat(Json.text(Json.where(listeners, "name", "unwatched"), "/pools/0/members/0/operating_status"))
                .isEqualTo("NO_MONITOR");
    }

    @Test
    void statisticsCountFromZero() {
        octavia()
                .get("/loadbalancers/" + shared() + "/stats")
                .expect(
                        200,
                        "{stats: {bytes_in: 0, bytes_out: 0, active_connections: 0, total_connections: 0, request_errors: 0}}");
    }
}
