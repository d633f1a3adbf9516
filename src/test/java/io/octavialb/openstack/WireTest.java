package io.octavialb.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.octavialb.model.Changes;
import io.octavialb.model.Changes.Change;
import io.octavialb.model.desired.DesiredHealthMonitor;
import io.octavialb.model.desired.DesiredListener;
import io.octavialb.model.desired.DesiredMember;
import io.octavialb.model.desired.DesiredPool;
import io.octavialb.openstack.CloudException.Kind;
import io.octavialb.openstack.FakeCloud.Call;
import io.octavialb.openstack.FakeCloud.Reply;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What goes over the wire: paths, queries, pages and bodies. */
class WireTest {
    private final FakeCloud server = new FakeCloud();
    private final OpenStack cloud = server.open();

    @AfterEach
    void close() {
        cloud.close();
        server.close();
    }

    private Call only() {
        assertThat(server.calls).hasSize(1);
        return server.calls.getFirst();
    }

    private JsonNode body() throws Exception {
        return Json.MAPPER.readTree(only().body());
    }

    private static Query query(Call call) {
        return Query.parse(Objects.requireNonNull(call.query()));
    }

    @Test
    void valuesOfQueriesAreEncoded() {
        server.answering(_ -> Reply.of(200, "{\"loadbalancers\": [], \"healthmonitors\": [], \"ports\": []}"));
        String name = "a b&c=d/e,f+ü€#?%";
        cloud.octavia().loadBalancersNamed(name);
        cloud.octavia().healthMonitorsTagged(name);
        cloud.neutron().portsWithAddress("fd00::1");
        assertThat(server.calls.get(0).path()).isEqualTo("/load-balancer/v2/lbaas/loadbalancers");
        assertThat(query(server.calls.get(0))).isEqualTo(Query.of("name", name));
        assertThat(server.calls.get(1).query()).doesNotContain(",").doesNotContain("&");
        assertThat(query(server.calls.get(1))).isEqualTo(Query.of("tags", name));
        assertThat(server.calls.get(2).path()).isEqualTo("/network/v2.0/ports");
        assertThat(query(server.calls.get(2))).isEqualTo(Query.of("fixed_ips", "ip_address=fd00::1"));
    }

    @Test
    void idsAreOneSegmentOfThePath() {
        server.answering(_ -> Reply.of(404, ""));
        assertThat(cloud.octavia().loadBalancer("../x y?z")).isEmpty();
        assertThat(only().path()).isEqualTo("/load-balancer/v2/lbaas/loadbalancers/..%2Fx%20y%3Fz");
    }

    @Test
    void allPagesAreReadWhateverHostTheirLinksName() {
        server.answering(call -> Objects.requireNonNull(call.query()).contains("marker=b")
                ? Reply.of(
                        200,
                        "{\"loadbalancers\": [{\"id\": \"c\", \"provisioning_status\": \"ERROR\"}],"
                                + " \"loadbalancers_links\": [{\"rel\": \"previous\", \"href\": \"http://nowhere/?marker=b\"}]}")
                : Reply.of(
                        200,
                        "{\"loadbalancers\": [{\"id\": \"a\", \"provisioning_status\": \"ACTIVE\"},"
                                + " {\"id\": \"b\", \"provisioning_status\": \"DELETED\"}], \"loadbalancers_links\": ["
                                + "{\"rel\": \"next\", \"href\": \"https://nowhere.invalid:1/x/lbaas/loadbalancers"
                                + "?fields=id&fields=provisioning_status&limit=2&marker=b\"}]}"));
        assertThat(cloud.octavia().provisioningStatuses())
                .containsExactly(Map.entry("a", "ACTIVE"), Map.entry("b", "DELETED"), Map.entry("c", "ERROR"));
        assertThat(server.calls)
                .hasSize(2)
                .allMatch(call -> call.path().equals("/load-balancer/v2/lbaas/loadbalancers"));
        assertThat(query(server.calls.get(0)))
                .isEqualTo(Query.of("fields", "id").and("fields", "provisioning_status"));
        assertThat(query(server.calls.get(1)).params())
                .contains(new Query.Param("marker", "b"), new Query.Param("limit", "2"));
    }

    @Test
    void aLinkThatLeavesOutTheFiltersIsFollowedWithThem() {
        server.answering(call -> Objects.requireNonNull(call.query()).contains("marker=a")
                ? Reply.of(200, "{\"listeners\": []}")
                : Reply.of(
                        200,
                        "{\"listeners\": [], \"listeners_links\": [{\"rel\": \"next\", \"href\":"
                                + " \"http://nowhere/listeners?limit=1&marker=a\"}]}"));
        assertThat(cloud.octavia().listeners("one")).isEmpty();
        assertThat(query(server.calls.get(1)).params())
                .containsExactlyInAnyOrder(
                        new Query.Param("load_balancer_id", "one"),
                        new Query.Param("limit", "1"),
                        new Query.Param("marker", "a"));
    }

    @Test
    void pagesThatGoRoundInCirclesAreMalformed() {
        server.answering(call -> Reply.of(
                200,
                "{\"pools\": [], \"pools_links\": [{\"rel\": \"next\", \"href\": \"/?marker="
                        + (String.valueOf(call.query()).contains("marker=1") ? "2" : "1") + "\"}]}"));
        assertThatThrownBy(() -> cloud.octavia().pools("one")).isInstanceOfSatisfying(CloudException.class, e -> {
            assertThat(e.fault().kind()).isEqualTo(Kind.MALFORMED);
            assertThat(e.fault().text()).contains("read already");
        });
    }

    @Test
    void aPoolGoesWithoutMembersAndMonitor() throws Exception {
        server.answering(
                _ -> Reply.of(
                        201,
                        "{\"pool\": {\"id\": \"p\", \"name\": \"n\", \"protocol\": \"TCP\", \"lb_algorithm\": \"SOURCE_IP\"}}"));
        cloud.octavia().createPool("lb", pool());
        assertThat(body()).isEqualTo(Json.MAPPER.readTree("""
                        {"pool": {"name": "n", "protocol": "TCP", "lb_algorithm": "SOURCE_IP",
                         "session_persistence": {"type": "SOURCE_IP"}, "loadbalancer_id": "lb"}}"""));
    }

    @Test
    void aListenerNamesItsPool() throws Exception {
        server.answering(_ -> Reply.of(
                201, "{\"listener\": {\"id\": \"l\", \"name\": \"n\", \"protocol\": \"TCP\", \"protocol_port\": 80}}"));
        var desired = new DesiredListener(
                "n", "TCP", 80, null, null, null, null, null, List.of("::/0"), null, null, null, pool());
        cloud.octavia().createListener("lb", desired, "p");
        assertThat(body()).isEqualTo(Json.MAPPER.readTree("""
                        {"listener": {"name": "n", "protocol": "TCP", "protocol_port": 80, "allowed_cidrs": ["::/0"],
                         "loadbalancer_id": "lb", "default_pool_id": "p"}}"""));
    }

    @Test
    void membersAreSentWithEveryField() throws Exception {
        server.answering(_ -> Reply.of(202, ""));
        cloud.octavia()
                .replaceMembers(
                        "p",
                        List.of(
                                DesiredMember.serving("a", "fd00::1", 1, null, null),
                                DesiredMember.serving("b", "10.0.0.1", 2, "s", 3)));
        assertThat(only().method()).isEqualTo("PUT");
        assertThat(only().path()).isEqualTo("/load-balancer/v2/lbaas/pools/p/members");
        assertThat(body()).isEqualTo(Json.MAPPER.readTree("""
                        {"members": [
                         {"name": "a", "address": "fd00::1", "protocol_port": 1, "weight": 1, "backup": false,
                          "admin_state_up": true, "monitor_address": null, "monitor_port": null},
                         {"name": "b", "address": "10.0.0.1", "protocol_port": 2, "subnet_id": "s", "weight": 1,
                          "backup": false, "admin_state_up": true, "monitor_address": null, "monitor_port": 3}]}"""));
    }

    @Test
    void aChangeToNullIsSentAsNull() throws Exception {
        server.answering(_ -> Reply.of(
                200, "{\"listener\": {\"id\": \"l\", \"name\": \"n\", \"protocol\": \"TCP\", \"protocol_port\": 80}}"));
        cloud.octavia().updateListener("l", new Changes(List.of(new Change("timeout_client_data", 1, null))));
        assertThat(body()).isEqualTo(Json.MAPPER.readTree("{\"listener\": {\"timeout_client_data\": null}}"));
    }

    @Test
    void aFloatingIpIsDetachedByANullPort() throws Exception {
        server.answering(
                _ -> Reply.of(
                        200,
                        "{\"floatingip\": {\"id\": \"f\", \"floating_network_id\": \"n\", \"floating_ip_address\": \"1.2.3.4\"}}"));
        assertThat(cloud.neutron().detachFloatingIp("f", "kept").description()).isEmpty();
        assertThat(body())
                .isEqualTo(Json.MAPPER.readTree("{\"floatingip\": {\"port_id\": null, \"description\": \"kept\"}}"));
    }

    @Test
    void attemptsAreObserved() {
        server.answering(_ -> Reply.of(409, ""));
        assertThatThrownBy(() -> cloud.octavia().deleteMember("p", "m")).isInstanceOf(CloudException.class);
        assertThat(server.attempts).extracting(Attempt::api).containsExactly(Api.KEYSTONE, Api.OCTAVIA);
        Attempt attempt = server.attempts.getLast();
        assertThat(attempt.method()).isEqualTo("DELETE");
        assertThat(attempt.path()).isEqualTo("/v2/lbaas/pools/{pool}/members/{member}");
        assertThat(attempt.status()).isEqualTo(409);
        assertThat(attempt.failure()).isEqualTo(Kind.CONFLICT);
        assertThat(attempt.duration()).isPositive();
        assertThat(server.attempts.getFirst().failure()).isNull();
    }

    private static DesiredPool pool() {
        return new DesiredPool(
                "n",
                "TCP",
                "SOURCE_IP",
                new DesiredPool.SessionPersistence("SOURCE_IP", null),
                List.of(DesiredMember.serving("m", "10.0.0.1", 1, null, null)),
                new DesiredHealthMonitor("h", "TCP", 5, 3, 1, 3, null, null, null, null, null, null),
                null);
    }
}
