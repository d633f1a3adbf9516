package io.octavialb.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** The load balancer's updated_at, by which the controller knows that something below it changed. */
abstract class ChangeContract extends Contract {
    ChangeContract(Sessions sessions) {
        super(sessions);
    }

    private String updatedAt() {
        return loadBalancer(shared()).path("updated_at").asText();
    }

    private void moves(Runnable change) {
        String before = updatedAt();
        cloud().passASecond();
        change.run();
        settled(shared());
        assertThat(updatedAt()).isGreaterThan(before);
    }

    @Test
    void updatedAtMovesWithEveryKindOfChildChange() {
        JsonNode listener = made().listener(shared(), "protocol: 'TCP', protocol_port: 80");
        String pool = Json.id(made().pool(
                        shared(),
                        "listener_id: '%s', protocol: 'TCP', lb_algorithm: 'ROUND_ROBIN'"
                                .formatted(Json.id(listener))));
        moves(() -> octavia()
                .put("/listeners/" + Json.id(listener), "{listener: {tags: ['x']}}")
                .expect(200));
        moves(() ->
                octavia().put("/pools/" + pool, "{pool: {description: 'x'}}").expect(200));
        moves(() -> octavia()
                .put("/pools/" + pool + "/members", "{members: [{address: '10.6.0.11', protocol_port: 80}]}")
                .expect(202));
        moves(() -> octavia()
                .post(
                        "/healthmonitors",
                        "{healthmonitor: {pool_id: '%s', type: 'TCP', delay: 5, timeout: 3, max_retries: 2}}"
                                .formatted(pool))
                .expect(201));
        moves(() -> octavia().delete("/pools/" + pool).expect(204));
        moves(() -> octavia().delete("/listeners/" + Json.id(listener)).expect(204));
    }

    @Test
    void updatedAtMovesWithAChangeOfTheLoadBalancer() {
        moves(() -> octavia()
                .put("/loadbalancers/" + shared(), "{loadbalancer: {tags: ['x']}}")
                .expect(200));
    }

    @Test
    void updatedAtStaysWhileNothingChanges() {
        String before = updatedAt();
        cloud().passASecond();
        cloud().passASecond();
        assertThat(updatedAt()).isEqualTo(before);
    }
}
