package io.octavialb.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.octavialb.contract.Sessions.Session;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * What the topics of the contract share: accounts, things made for a case or for all cases of a topic, and their deletion.
 *
 * <p>A topic is an abstract subclass with its cases, which a nested class of each {@code …ContractTest} runs on one cloud.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class Contract {
    /** An id that nothing has. */
    static final String UNKNOWN = "00000000-0000-4000-8000-000000000009";

    static final String FORBIDDEN = "Policy does not allow this request to be performed.";

    private final Sessions sessions;
    private final Created ofTopic = new Created(this);
    private final Created ofCase = new Created(this, ofTopic);
    private String shared = "";

    Contract(Sessions sessions) {
        this.sessions = sessions;
    }

    final Sessions sessions() {
        return sessions;
    }

    final CloudUnderTest cloud() {
        return sessions.cloud();
    }

    final Session as(Account account) {
        return sessions.as(account);
    }

    final Api octavia() {
        return as(Account.CONTROLLER).octavia();
    }

    final Api neutron() {
        return as(Account.CONTROLLER).neutron();
    }

    /** A name that nothing else has. */
    static String name() {
        return "contract-" + UUID.randomUUID();
    }

    /** What a case makes and the end of the case deletes. */
    final Created made() {
        return ofCase;
    }

    /** A load balancer without anything below it, ACTIVE, for all cases of the topic; they leave it ACTIVE. */
    final String shared() {
        if (shared.isEmpty()) {
            shared = ofTopic.loadBalancer();
        }
        return shared;
    }

    final JsonNode loadBalancer(String id) {
        return octavia().get("/loadbalancers/" + id).expect(200).path("loadbalancer");
    }

    final String provisioningStatus(String loadBalancerId) {
        return Json.text(loadBalancer(loadBalancerId), "/provisioning_status");
    }

    /** Waits until the load balancer is ACTIVE. */
    final void settled(String loadBalancerId) {
        awaitNotPending(loadBalancerId);
        assertThat(provisioningStatus(loadBalancerId)).isEqualTo("ACTIVE");
    }

    final void awaitNotPending(String loadBalancerId) {
        patient()
                .until(() -> !octavia()
                        .get("/loadbalancers/" + loadBalancerId + "?fields=provisioning_status")
                        .body()
                        .toString()
                        .contains("PENDING_"));
    }

    final void awaitGone(String loadBalancerId) {
        patient().until(() -> octavia().get("/loadbalancers/" + loadBalancerId).status() == 404);
    }

    static ConditionFactory patient() {
        return await().atMost(Duration.ofSeconds(60)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(50));
    }

    @AfterEach
    final void deleteWhatTheCaseMade() {
        ofCase.deleteAll();
    }

    @AfterAll
    final void deleteWhatTheTopicMade() {
        ofTopic.deleteAll();
    }
}
