package io.octavialb.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** Pools: their protocol and their listener's, session persistence, use. */
abstract class PoolContract extends Contract {
    PoolContract(Sessions sessions) {
        super(sessions);
    }

    private Answer creation(String fields) {
        return octavia().post("/pools", "{pool: {loadbalancer_id: '%s', %s}}".formatted(shared(), fields));
    }

    private String listener(String protocol) {
        return Json.id(made().listener(shared(), "protocol: '%s', protocol_port: 80".formatted(protocol)));
    }

    @Test
    void aPoolOfAListenerBecomesItsDefaultPool() {
        String listener = listener("TCP");
        JsonNode pool = made().pool(
                        shared(),
                        "name: 'p', listener_id: '%s', protocol: 'TCP', lb_algorithm: 'ROUND_ROBIN'"
                                .formatted(listener));
        assertThat(Json.text(pool, "/provisioning_status")).isEqualTo("PENDING_CREATE");
        assertThat(Json.each(pool.path("loadbalancers"), "id")).containsExactly(shared());
        assertThat(Json.each(pool.path("listeners"), "id")).containsExactly(listener);
        assertThat(pool.path("members")).isEmpty();
        assertThat(pool.path("session_persistence").isNull()).isTrue();
        assertThat(pool.has("healthmonitor_id")).isFalse();
        assertThat(Json.text(octavia().get("/listeners/" + listener).expect(200), "/listener/default_pool_id"))
                .isEqualTo(Json.id(pool));
    }

    @Test
    void aListenerTakesOneDefaultPool() {
        String listener = listener("TCP");
        String fields = "listener_id: '%s', protocol: 'TCP', lb_algorithm: 'ROUND_ROBIN'".formatted(listener);
        made().pool(shared(), fields);
        octavia().post("/pools", "{pool: {" + fields + "}}").refused(409, "This listener already has a default pool");
    }

    @Test
    void aPoolWithNestedMembersOrMonitorIsRefusedWith500AndNothingIsMade() {
        String text = "'dict' object has no attribute '_sa_instance_state'";
        creation("protocol: 'TCP', lb_algorithm: 'ROUND_ROBIN', members: [{address: '10.6.0.11', protocol_port: 80}]")
                .refused(500, text);
        creation(
                        "protocol: 'TCP', lb_algorithm: 'ROUND_ROBIN', healthmonitor: {type: 'TCP', delay: 5, timeout: 3, max_retries: 2}")
                .refused(500, text);
        JsonNode read = loadBalancer(shared());
        assertThat(Json.text(read, "/provisioning_status")).isEqualTo("ACTIVE");
        assertThat(read.path("pools")).isEmpty();
    }

    @Test
    void aProtocolThatTheListenerCannotUseIsRefusedWith400() {
        String udp = listener("UDP");
        String text = "Validation failure: The pool protocol 'TCP' is invalid while the listener protocol is 'UDP'.";
        octavia()
                .post(
                        "/pools",
                        "{pool: {listener_id: '%s', protocol: 'TCP', lb_algorithm: 'ROUND_ROBIN'}}".formatted(udp))
                .refused(400, text);
        String tcpPool = Json.id(made().freePool(shared(), "TCP"));
        octavia()
                .put("/listeners/" + udp, "{listener: {default_pool_id: '%s'}}".formatted(tcpPool))
                .refused(400, text);
    }

    @Test
    void theProxyProtocolIsForTcpListeners() {
        String listener = listener("TCP");
        JsonNode pool = made().pool(
                        shared(),
                        "listener_id: '%s', protocol: 'PROXYV2', lb_algorithm: 'ROUND_ROBIN'".formatted(listener));
        assertThat(Json.text(pool, "/protocol")).isEqualTo("PROXYV2");
    }

    @Test
    void persistenceTimeoutIsForUdpAndSctpOnly() {
        String persistence =
                "lb_algorithm: 'ROUND_ROBIN', session_persistence: {type: 'SOURCE_IP', persistence_timeout: 100}";
        creation("protocol: 'TCP', " + persistence)
                .refused(
                        400,
                        "Validation failure: persistence_timeout and persistence_granularity is only for UDP and SCTP protocol pools.");
        JsonNode udp =
                made().pool(shared(), "loadbalancer_id: '%s', protocol: 'UDP', ".formatted(shared()) + persistence);
        assertThat(udp.at("/session_persistence/persistence_timeout").intValue())
                .isEqualTo(100);
    }

    @Test
    void sessionPersistenceIsSetAndTakenAwayByUpdates() {
        String pool = Json.id(made().freePool(shared(), "TCP"));
        JsonNode set = octavia()
                .put("/pools/" + pool, "{pool: {session_persistence: {type: 'SOURCE_IP'}}}")
                .expect(200);
        assertThat(set.at("/pool/session_persistence"))
                .isEqualTo(
                        Json.read(
                                "{type: 'SOURCE_IP', cookie_name: null, persistence_timeout: null, persistence_granularity: null}"));
        settled(shared());
        JsonNode taken = octavia()
                .put("/pools/" + pool, "{pool: {session_persistence: null}}")
                .expect(200);
        assertThat(taken.at("/pool/session_persistence").isNull()).isTrue();
        settled(shared());
    }

    @Test
    void anAppCookieNeedsItsName() {
        creation("protocol: 'HTTP', lb_algorithm: 'ROUND_ROBIN', session_persistence: {type: 'APP_COOKIE'}")
                .refused(
                        400,
                        "Validation failure: Field \"cookie_name\" must be specified when using the \"APP_COOKIE\" session persistence type.");
    }

    @Test
    void providerAmphoraAnswersSourceIpPortWith501() {
        creation("protocol: 'TCP', lb_algorithm: 'SOURCE_IP_PORT'")
                .refused(
                        501,
                        "Provider 'amphora' does not support a requested option: Amphora provider does not support SOURCE_IP_PORT algorithm.");
    }

    @Test
    void theProtocolCannotBeUpdated() {
        String pool = Json.id(made().freePool(shared(), "TCP"));
        octavia()
                .put("/pools/" + pool, "{pool: {protocol: 'UDP'}}")
                .refused(400, "Unknown attribute for argument pool_.pool: protocol");
    }

    @Test
    void aPoolNeedsALoadBalancerOrListenerAndAProtocol() {
        octavia()
                .post("/pools", "{pool: {protocol: 'TCP', lb_algorithm: 'ROUND_ROBIN'}}")
                .refused(400, "Validation failure: Must provide at least one of: loadbalancer_id, listener_id");
        creation("lb_algorithm: 'ROUND_ROBIN'")
                .refused(400, "Invalid input for field/attribute protocol. Value: 'None'. Mandatory field missing.");
        creation("protocol: 'TCP', lb_algorithm: 'RANDOM'").expect(400);
    }

    @Test
    void deletingAListenersDefaultPoolIsAllowedAndFreesTheListener() {
        String listener = listener("TCP");
        String pool = Json.id(made().pool(
                        shared(),
                        "listener_id: '%s', protocol: 'TCP', lb_algorithm: 'ROUND_ROBIN'".formatted(listener)));
        octavia().delete("/pools/" + pool).expect(204);
        settled(shared());
        octavia().get("/pools/" + pool).refused(404, "Pool " + pool + " not found.");
        assertThat(octavia()
                        .get("/listeners/" + listener)
                        .expect(200)
                        .at("/listener/default_pool_id")
                        .isNull())
                .isTrue();
    }

    @Test
    void aPoolThatAnL7PolicyRedirectsToIsInUse() {
        String listener = listener("HTTP");
        String pool = Json.id(made().freePool(shared(), "HTTP"));
        String policy = Json.text(
                octavia()
                        .post(
                                "/l7policies",
                                "{l7policy: {listener_id: '%s', action: 'REDIRECT_TO_POOL', redirect_pool_id: '%s'}}"
                                        .formatted(listener, pool))
                        .expect(201),
                "/l7policy/id");
        settled(shared());
        octavia().delete("/pools/" + pool).refused(409, "Pool " + pool + " is in use by L7 policy " + policy);
        octavia().delete("/l7policies/" + policy).expect(204);
        settled(shared());
        octavia().delete("/pools/" + pool).expect(204);
        settled(shared());
    }

    @Test
    void aPoolNamesItsMonitorAndMembersById() {
        String pool = Json.id(made().freePool(shared(), "TCP"));
        String monitor = Json.id(made().healthMonitor(
                        shared(), "pool_id: '%s', type: 'TCP', delay: 5, timeout: 3, max_retries: 2".formatted(pool)));
        octavia()
                .put("/pools/" + pool + "/members", "{members: [{address: '10.6.0.11', protocol_port: 80}]}")
                .expect(202);
        settled(shared());
        JsonNode read = octavia().get("/pools/" + pool).expect(200).path("pool");
        assertThat(Json.text(read, "/healthmonitor_id")).isEqualTo(monitor);
        assertThat(read.path("members")).hasSize(1);
        assertThat(Json.names(read.at("/members/0"))).containsExactly("id");
    }

    @Test
    void deletingAPoolDeletesItsMonitorAndMembers() {
        String pool = Json.id(made().freePool(shared(), "TCP"));
        String monitor = Json.id(made().healthMonitor(
                        shared(), "pool_id: '%s', type: 'TCP', delay: 5, timeout: 3, max_retries: 2".formatted(pool)));
        octavia().delete("/pools/" + pool).expect(204);
        settled(shared());
        octavia().get("/healthmonitors/" + monitor).refused(404, "Health Monitor " + monitor + " not found.");
        octavia()
                .get("/pools/" + pool + "/members")
                .expect(404, "{code: 404, title: 'Bad Request', description: 'Pool " + pool + " not found.'}");
    }
}
