package io.octavialb.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** Health monitors: what each type allows. */
abstract class MonitorContract extends Contract {
    private static final String TIMES = "delay: 5, timeout: 3, max_retries: 2";

    MonitorContract(Sessions sessions) {
        super(sessions);
    }

    private String pool(String protocol) {
        return Json.id(made().freePool(shared(), protocol));
    }

    private Answer creation(String pool, String fields) {
        return octavia().post("/healthmonitors", "{healthmonitor: {pool_id: '%s', %s}}".formatted(pool, fields));
    }

    @Test
    void aTcpMonitorHasNoHttpFieldsAndThreeRetriesDown() {
        String pool = pool("TCP");
        JsonNode monitor = made().healthMonitor(shared(), "pool_id: '%s', type: 'TCP', %s".formatted(pool, TIMES));
        assertThat(Json.each(monitor.path("pools"), "id")).containsExactly(pool);
        assertThat(monitor.path("max_retries_down").intValue()).isEqualTo(3);
        for (String field : new String[] {"http_method", "url_path", "expected_codes", "http_version", "domain_name"}) {
            assertThat(monitor.path(field).isNull()).as(field).isTrue();
        }
    }

    @Test
    void anHttpMonitorHasDefaultsForPathMethodAndCodes() {
        JsonNode monitor =
                made().healthMonitor(shared(), "pool_id: '%s', type: 'HTTP', %s".formatted(pool("TCP"), TIMES));
        assertThat(Json.text(monitor, "/http_method")).isEqualTo("GET");
        assertThat(Json.text(monitor, "/url_path")).isEqualTo("/");
        assertThat(Json.text(monitor, "/expected_codes")).isEqualTo("200");
    }

    @Test
    void aPoolTakesOneMonitor() {
        String pool = pool("TCP");
        made().healthMonitor(shared(), "pool_id: '%s', type: 'TCP', %s".formatted(pool, TIMES));
        creation(pool, "type: 'TCP', " + TIMES).refused(409, "This pool already has a health monitor");
    }

    @Test
    void udpConnectIsForUdpAndSctpPools() {
        creation(pool("TCP"), "type: 'UDP-CONNECT', " + TIMES)
                .refused(400, "Validation failure: The UDP-CONNECT type is only supported for pools of type UDP/SCTP.");
    }

    @Test
    void udpConnectNeedsADelayOfAtLeast3Seconds() {
        String pool = pool("UDP");
        creation(pool, "type: 'UDP-CONNECT', delay: 2, timeout: 1, max_retries: 2")
                .refused(
                        400,
                        "Validation failure: The request delay value 2 should be larger than 3 for UDP-CONNECT health monitor type.");
        made().healthMonitor(
                        shared(),
                        "pool_id: '%s', type: 'UDP-CONNECT', delay: 3, timeout: 3, max_retries: 2".formatted(pool));
    }

    @Test
    void aUdpPoolTakesATcpMonitor() {
        JsonNode monitor =
                made().healthMonitor(shared(), "pool_id: '%s', type: 'TCP', %s".formatted(pool("UDP"), TIMES));
        assertThat(Json.text(monitor, "/type")).isEqualTo("TCP");
    }

    @Test
    void theTimeoutMayExceedTheDelay() {
        JsonNode monitor = made().healthMonitor(
                        shared(),
                        "pool_id: '%s', type: 'TCP', delay: 2, timeout: 5, max_retries: 2".formatted(pool("TCP")));
        assertThat(monitor.path("timeout").intValue()).isEqualTo(5);
    }

    @Test
    void httpFieldsOfATcpMonitorAreRefusedWith400() {
        String pool = pool("TCP");
        for (String field : new String[] {"http_method: 'GET'", "url_path: '/x'", "expected_codes: '200'"}) {
            creation(pool, "type: 'TCP', " + TIMES + ", " + field)
                    .refused(
                            400,
                            field.substring(0, field.indexOf(':'))
                                    + " is not a valid option for health monitors of type TCP");
        }
    }

    @Test
    void retriesOutOfRangeAreRefusedWith400() {
        String pool = pool("TCP");
        String invalid = "Invalid input for field/attribute max_retries. Value: ";
        creation(pool, "type: 'TCP', delay: 5, timeout: 3, max_retries: 0")
                .refused(400, invalid + "'0'. Value should be greater or equal to 1");
        creation(pool, "type: 'TCP', delay: 5, timeout: 3, max_retries: 11")
                .refused(400, invalid + "'11'. Value should be lower or equal to 10");
    }

    @Test
    void theTypeCannotBeUpdatedTheRestCan() {
        String monitor =
                Json.id(made().healthMonitor(shared(), "pool_id: '%s', type: 'TCP', %s".formatted(pool("TCP"), TIMES)));
        octavia()
                .put("/healthmonitors/" + monitor, "{healthmonitor: {type: 'HTTP'}}")
                .refused(400, "Unknown attribute for argument health_monitor_.healthmonitor: type");
        JsonNode changed = octavia()
                .put("/healthmonitors/" + monitor, "{healthmonitor: {max_retries: 7, delay: 1}}")
                .expect(200)
                .path("healthmonitor");
        assertThat(changed.path("max_retries").intValue()).isEqualTo(7);
        assertThat(Json.text(changed, "/provisioning_status")).isEqualTo("PENDING_UPDATE");
        settled(shared());
    }

    @Test
    void monitorsAreListedByPoolButNotByLoadBalancer() {
        String pool = pool("TCP");
        String monitor =
                Json.id(made().healthMonitor(shared(), "pool_id: '%s', type: 'TCP', %s".formatted(pool, TIMES)));
        JsonNode found =
                octavia().get("/healthmonitors?pool_id=" + pool).expect(200).path("healthmonitors");
        assertThat(Json.each(found, "id")).containsExactly(monitor);
        octavia()
                .get("/healthmonitors?loadbalancer_id=" + shared())
                .refused(400, "One or more arguments are either duplicate or invalid");
    }

    @Test
    void anUnknownPoolOrMonitorIsAnsweredWith404() {
        creation(UNKNOWN, "type: 'TCP', " + TIMES).refused(404, "Pool " + UNKNOWN + " not found.");
        octavia().get("/healthmonitors/" + UNKNOWN).refused(404, "Health Monitor " + UNKNOWN + " not found.");
        octavia().delete("/healthmonitors/" + UNKNOWN).refused(404, "Health Monitor " + UNKNOWN + " not found.");
    }
}
