package io.octavialb.embedded.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a test can set on the cloud in memory, without a socket. */
class EmbeddedOpenStackTest {
    private static final String LOAD_BALANCERS = "/load-balancer/v2/lbaas/loadbalancers";

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final EmbeddedOpenStack cloud = new EmbeddedOpenStack(now::get);
    private String token;

    @BeforeEach
    void login() {
        token = loggedIn("occm", "occm-lab");
    }

    private String loggedIn(String user, String password) {
        CloudAnswer answer =
                cloud.answer(CloudRequest.of("POST", "/identity/v3/auth/tokens", "", HttpLogin.body(user, password)));
        return Objects.requireNonNull(answer.headers().get("X-Subject-Token"));
    }

    private CloudAnswer sent(String method, String target, ObjectNode body) {
        return cloud.answer(CloudRequest.of(method, target, token, body));
    }

    private CloudAnswer get(String target) {
        return cloud.answer(CloudRequest.of("GET", target, token, null));
    }

    private static JsonNode body(CloudAnswer answer) {
        return Objects.requireNonNullElse(answer.body(), MissingNode.getInstance());
    }

    private CloudAnswer create(String field, String value) {
        ObjectNode body = CloudState.object();
        body.putObject("loadbalancer")
                .put("vip_subnet_id", cloud.subnet("private-subnet"))
                .put(field, value);
        return sent("POST", LOAD_BALANCERS, body);
    }

    private String created() {
        return body(create("name", "lb")).path("loadbalancer").path("id").asText();
    }

    private String status(String id) {
        return body(get(LOAD_BALANCERS + "/" + id))
                .path("loadbalancer")
                .path("provisioning_status")
                .asText();
    }

    @Test
    void aLoadBalancerIsPendingForAsLongAsThePaceSays() {
        cloud.pace(Duration.ofSeconds(10));
        String id = created();
        now.updateAndGet(it -> it.plusSeconds(9));
        assertThat(status(id)).isEqualTo("PENDING_CREATE");
        now.updateAndGet(it -> it.plusSeconds(1));
        assertThat(status(id)).isEqualTo("ACTIVE");
    }

    @Test
    void aHeldOneIsPendingUntilItIsSettled() {
        cloud.hold();
        String id = created();
        now.updateAndGet(it -> it.plusSeconds(3000));
        assertThat(status(id)).isEqualTo("PENDING_CREATE");
        cloud.settle();
        assertThat(status(id)).isEqualTo("ACTIVE");
    }

    @Test
    void oneInErrorCanOnlyBeDeletedOrFailedOver() {
        cloud.failProvisioning(1);
        String id = created();
        assertThat(status(id)).isEqualTo("ERROR");
        ObjectNode change = CloudState.object();
        change.putObject("loadbalancer").put("name", "other");
        assertThat(sent("PUT", LOAD_BALANCERS + "/" + id, change).status()).isEqualTo(409);
        token = loggedIn("admin", "admin-lab");
        assertThat(sent("PUT", LOAD_BALANCERS + "/" + id + "/failover", CloudState.object())
                        .status())
                .isEqualTo(202);
        assertThat(status(id)).isEqualTo("ACTIVE");
        cloud.provisioningStatus(id, "ERROR");
        assertThat(sent("DELETE", LOAD_BALANCERS + "/" + id, CloudState.object())
                        .status())
                .isEqualTo(204);
        assertThat(get(LOAD_BALANCERS + "/" + id).status()).isEqualTo(404);
    }

    @Test
    void aNewOneIsSeenOnlyAfterFurtherRequests() {
        cloud.visibleLate(2);
        String id = created();
        assertThat(get(LOAD_BALANCERS + "/" + id).status()).isEqualTo(404);
        assertThat(body(get(LOAD_BALANCERS)).path("loadbalancers")).isEmpty();
        assertThat(get(LOAD_BALANCERS + "/" + id).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"13, 400, false", "26, 201, true", "30, 201, true"})
    void anOldVersionDoesNotKnowAvailabilityZones(int minor, int status, boolean known) {
        cloud.apiVersion(minor);
        assertThat(body(get("/load-balancer")).path("versions").size()).isEqualTo(minor + 1);
        assertThat(create("availability_zone", "az1").status()).isEqualTo(status);
        JsonNode shown = body(create("name", "lb")).path("loadbalancer");
        assertThat(shown.has("availability_zone")).isEqualTo(known);
        assertThat(shown.has("vip_vnic_type")).isEqualTo(minor >= 28);
    }

    @Test
    void quotasProvidersAndTokensAreHeldTo() {
        cloud.octaviaQuota("load_balancer", 1);
        created();
        assertThat(create("name", "second").status()).isEqualTo(403);
        cloud.octaviaQuota("load_balancer", -1).providers("ovn");
        assertThat(body(create("name", "third"))
                        .path("loadbalancer")
                        .path("provider")
                        .asText())
                .isEqualTo("ovn");
        now.updateAndGet(it -> it.plus(Duration.ofHours(1)));
        assertThat(get(LOAD_BALANCERS).status()).isEqualTo(401);
        token = loggedIn("occm", "occm-lab");
        assertThat(get(LOAD_BALANCERS).status()).isEqualTo(200);
        cloud.revokeTokens();
        assertThat(get(LOAD_BALANCERS).status()).isEqualTo(401);
    }

    @Test
    void anObserverStopsCallsBeforeAnythingIsDone() {
        cloud.observe(new ExchangeObserver() {
            @Override
            public Fate before(CloudRequest request) {
                return request.is("POST") ? Fate.IS_LOST : Fate.GOES_ON;
            }
        });
        assertThatThrownBy(this::created).isInstanceOf(ConnectionLost.class);
        assertThat(body(get(LOAD_BALANCERS)).path("loadbalancers")).isEmpty();
    }
}
