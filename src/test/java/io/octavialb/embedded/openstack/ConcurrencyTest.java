package io.octavialb.embedded.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Many callers at once: nothing is lost, nothing is given twice. */
class ConcurrencyTest {
    private static final int CALLERS = 100;

    private final EmbeddedOpenStack cloud = new EmbeddedOpenStack();

    @Test
    void everyLoadBalancerHasAnAddressOfItsOwn() throws ExecutionException, InterruptedException {
        String token = token();
        List<Future<JsonNode>> answers = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CALLERS; i++) {
                answers.add(callers.submit(() -> created(token)));
            }
        }
        Set<String> addresses = new HashSet<>();
        Set<String> ids = new HashSet<>();
        for (Future<JsonNode> answer : answers) {
            addresses.add(answer.get().path("vip_address").asText());
            ids.add(answer.get().path("id").asText());
        }
        assertThat(addresses).hasSize(CALLERS);
        assertThat(ids).hasSize(CALLERS);
        assertThat(cloud.tree().lines().filter(line -> line.contains("ACTIVE ONLINE")))
                .hasSize(CALLERS);
    }

    private JsonNode created(String token) {
        ObjectNode body = CloudState.object();
        body.putObject("loadbalancer").put("vip_subnet_id", cloud.subnet("private-subnet"));
        CloudAnswer answer =
                cloud.answer(CloudRequest.of("POST", "/load-balancer/v2/lbaas/loadbalancers", token, body));
        return Objects.requireNonNull(answer.body()).path("loadbalancer");
    }

    private String token() {
        CloudAnswer answer = cloud.answer(CloudRequest.of("POST", "/identity/v3/auth/tokens", "", HttpLogin.body()));
        return Objects.requireNonNull(answer.headers().get("X-Subject-Token"));
    }
}
