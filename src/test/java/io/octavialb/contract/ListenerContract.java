package io.octavialb.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** Listeners: one per transport protocol and port, allowed CIDRs, headers, limits. */
abstract class ListenerContract extends Contract {
    ListenerContract(Sessions sessions) {
        super(sessions);
    }

    private Answer creation(String fields) {
        return octavia().post("/listeners", "{listener: {loadbalancer_id: '%s', %s}}".formatted(shared(), fields));
    }

    @Test
    void aListenerStartsPendingWithOctaviasDefaults() {
        JsonNode created = made().listener(shared(), "protocol: 'TCP', protocol_port: 80");
        assertThat(Json.text(created, "/provisioning_status")).isEqualTo("PENDING_CREATE");
        assertThat(Json.text(created, "/operating_status")).isEqualTo("OFFLINE");
        assertThat(Json.text(created, "/name")).isEmpty();
        assertThat(Json.each(created.path("loadbalancers"), "id")).containsExactly(shared());
        assertThat(created.path("connection_limit").intValue()).isEqualTo(-1);
        assertThat(created.path("timeout_client_data").intValue()).isEqualTo(50000);
        assertThat(created.path("timeout_member_connect").intValue()).isEqualTo(5000);
        assertThat(created.path("timeout_member_data").intValue()).isEqualTo(50000);
        assertThat(created.path("timeout_tcp_inspect").intValue()).isZero();
        assertThat(created.path("allowed_cidrs").isNull()).isTrue();
        assertThat(created.path("default_pool_id").isNull()).isTrue();
        assertThat(created.path("insert_headers")).isEmpty();
        assertThat(created.path("l7policies")).isEmpty();
        assertThat(created.path("admin_state_up").booleanValue()).isTrue();
    }

    @Test
    void oneTransportProtocolAndPortTakesOneListener() {
        made().listener(shared(), "protocol: 'TCP', protocol_port: 80");
        String taken = "Another Listener on this Load Balancer is already using protocol TCP and protocol_port 80";
        creation("protocol: 'TCP', protocol_port: 80").refused(409, taken);
        creation("protocol: 'HTTP', protocol_port: 80").refused(409, taken);
    }

    @Test
    void tcpUdpAndSctpShareAPort() {
        made().listener(shared(), "protocol: 'TCP', protocol_port: 53");
        made().listener(shared(), "protocol: 'UDP', protocol_port: 53");
        made().listener(shared(), "protocol: 'SCTP', protocol_port: 53");
        JsonNode listeners = octavia()
                .get("/listeners?load_balancer_id=" + shared() + "&protocol_port=53")
                .expect(200)
                .path("listeners");
        assertThat(Json.each(listeners, "protocol")).containsExactlyInAnyOrder("TCP", "UDP", "SCTP");
    }

    @Test
    void aCidrOfAnotherFamilyThanEveryVipIsRefusedWith400() {
        String vip = Json.text(loadBalancer(shared()), "/vip_address");
        creation("protocol: 'TCP', protocol_port: 81, allowed_cidrs: ['fd00::/8']")
                .refused(
                        400,
                        "Validation failure: CIDR fd00::/8 IP version incompatible with all VIPs ['%s'] IP version."
                                .formatted(vip));
    }

    @Test
    void aCidrOfTheFamilyOfAnAdditionalVipIsTaken() {
        JsonNode dual = made().loadBalancer("name: '%s', vip_subnet_id: '%s', additional_vips: [{subnet_id: '%s'}]"
                .formatted(name(), cloud().subnet("private-subnet"), cloud().subnet("private-subnet-v6")));
        settled(Json.id(dual));
        JsonNode listener =
                made().listener(Json.id(dual), "protocol: 'TCP', protocol_port: 80, allowed_cidrs: ['fd00::/8']");
        assertThat(listener.path("allowed_cidrs")).isEqualTo(Json.read("['fd00::/8']"));
    }

    @Test
    void hostBitsOfACidrAreDropped() {
        JsonNode listener =
                made().listener(shared(), "protocol: 'TCP', protocol_port: 82, allowed_cidrs: ['10.0.0.1/8']");
        assertThat(listener.path("allowed_cidrs")).isEqualTo(Json.read("['10.0.0.0/8']"));
    }

    @Test
    void textThatIsNoCidrIsRefusedWith400() {
        creation("protocol: 'TCP', protocol_port: 83, allowed_cidrs: ['x']")
                .refused(
                        400,
                        "Invalid input for field/attribute allowed_cidrs. Value: '['x']'. Value should be IPv4 or IPv6 CIDR format");
    }

    @Test
    void nullInAnUpdateTakesAFieldBackToItsDefault() {
        String id = Json.id(made().listener(shared(), "protocol: 'TCP', protocol_port: 84"));
        JsonNode changed = octavia()
                .put(
                        "/listeners/" + id,
                        "{listener: {allowed_cidrs: ['10.0.0.0/8'], connection_limit: 5, timeout_client_data: 9, tags: ['t']}}")
                .expect(200)
                .path("listener");
        assertThat(Json.text(changed, "/provisioning_status")).isEqualTo("PENDING_UPDATE");
        assertThat(changed.path("allowed_cidrs")).isEqualTo(Json.read("['10.0.0.0/8']"));
        assertThat(changed.path("connection_limit").intValue()).isEqualTo(5);
        settled(shared());
        JsonNode back = octavia()
                .put(
                        "/listeners/" + id,
                        "{listener: {allowed_cidrs: null, connection_limit: null, timeout_client_data: null}}")
                .expect(200)
                .path("listener");
        assertThat(back.path("allowed_cidrs").isNull()).isTrue();
        assertThat(back.path("connection_limit").intValue()).isEqualTo(-1);
        assertThat(back.path("timeout_client_data").intValue()).isEqualTo(50000);
        assertThat(back.path("tags")).isEqualTo(Json.read("['t']"));
        settled(shared());
    }

    @Test
    void protocolAndPortCannotBeUpdated() {
        String id = Json.id(made().listener(shared(), "protocol: 'TCP', protocol_port: 85"));
        octavia()
                .put("/listeners/" + id, "{listener: {protocol_port: 88}}")
                .refused(400, "Unknown attribute for argument listener_.listener: protocol_port");
        octavia()
                .put("/listeners/" + id, "{listener: {protocol: 'HTTP'}}")
                .refused(400, "Unknown attribute for argument listener_.listener: protocol");
    }

    @Test
    void aListenerWithANestedPoolIsRefusedWith500AndNothingIsMade() {
        creation("protocol: 'TCP', protocol_port: 86, default_pool: {protocol: 'TCP', lb_algorithm: 'ROUND_ROBIN'}")
                .refused(500, "'dict' object has no attribute '_sa_instance_state'");
        JsonNode read = loadBalancer(shared());
        assertThat(Json.text(read, "/provisioning_status")).isEqualTo("ACTIVE");
        assertThat(read.path("listeners")).isEmpty();
        assertThat(read.path("pools")).isEmpty();
    }

    @Test
    void insertHeadersAreForHttpAndOfKnownNames() {
        JsonNode http = made().listener(
                        shared(), "protocol: 'HTTP', protocol_port: 87, insert_headers: {'X-Forwarded-For': 'true'}");
        assertThat(http.path("insert_headers")).isEqualTo(Json.read("{'X-Forwarded-For': 'true'}"));
        creation("protocol: 'TCP', protocol_port: 88, insert_headers: {'X-Forwarded-For': 'true'}")
                .refused(400, "insert-headers is not a valid option for a TCP protocol listener.");
        creation("protocol: 'HTTP', protocol_port: 88, insert_headers: {'X-Foo': 'true'}")
                .refused(400, "dict_keys(['X-Foo']) is not a valid option for insert_headers");
    }

    @Test
    void terminatedHttpsNeedsACertificate() {
        creation("protocol: 'TERMINATED_HTTPS', protocol_port: 443")
                .refused(
                        400,
                        "Validation failure: An SNI or default certificate container reference must be provided for TERMINATED_HTTPS protocol listeners.");
        creation("protocol: 'TERMINATED_HTTPS', protocol_port: 443, default_tls_container_ref: 'http://127.0.0.1/x'")
                .refused(400, "Could not retrieve certificate: ['http://127.0.0.1/x']");
    }

    @Test
    void valuesOutOfRangeAreRefusedWith400() {
        String invalid = "Invalid input for field/attribute ";
        creation("protocol: 'TCP', protocol_port: 0")
                .refused(400, invalid + "protocol_port. Value: '0'. Value should be greater or equal to 1");
        creation("protocol: 'TCP', protocol_port: 65536")
                .refused(400, invalid + "protocol_port. Value: '65536'. Value should be lower or equal to 65535");
        creation("protocol: 'TCP', protocol_port: 89, connection_limit: -2")
                .refused(400, invalid + "connection_limit. Value: '-2'. Value should be greater or equal to -1");
        creation("protocol: 'TCP', protocol_port: 89, timeout_client_data: -5")
                .refused(400, invalid + "timeout_client_data. Value: '-5'. Value should be greater or equal to 0");
        creation("protocol_port: 89").refused(400, invalid + "protocol. Value: 'None'. Mandatory field missing.");
        creation("protocol: 'FOO', protocol_port: 89").expect(400);
    }

    @Test
    void anUnknownLoadBalancerOrDefaultPoolIsAnsweredWith404() {
        octavia()
                .post(
                        "/listeners",
                        "{listener: {loadbalancer_id: '%s', protocol: 'TCP', protocol_port: 90}}".formatted(UNKNOWN))
                .refused(404, "Load Balancer " + UNKNOWN + " not found.");
        creation("protocol: 'TCP', protocol_port: 90, default_pool_id: '" + UNKNOWN + "'")
                .refused(404, "Pool " + UNKNOWN + " not found.");
        octavia().get("/listeners/" + UNKNOWN).refused(404, "Listener " + UNKNOWN + " not found.");
        octavia().delete("/listeners/" + UNKNOWN).refused(404, "Listener " + UNKNOWN + " not found.");
    }

    @Test
    void deletingAListenerLeavesItsPool() {
        String listener = Json.id(made().listener(shared(), "protocol: 'TCP', protocol_port: 91"));
        String pool = Json.id(made().pool(
                        shared(),
                        "listener_id: '%s', protocol: 'TCP', lb_algorithm: 'ROUND_ROBIN'".formatted(listener)));
        octavia().delete("/listeners/" + listener).expect(204);
        settled(shared());
        octavia().get("/listeners/" + listener).expect(404);
        assertThat(octavia().get("/pools/" + pool).expect(200).at("/pool/listeners"))
                .isEmpty();
    }
}
