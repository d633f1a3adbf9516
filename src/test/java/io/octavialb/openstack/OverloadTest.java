package io.octavialb.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.octavialb.model.Changes;
import io.octavialb.model.OctaviaVersion;
import io.octavialb.openstack.CloudException.Kind;
import io.octavialb.openstack.FakeCloud.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The limit on parallel calls, the circuit breakers and the version that is kept. */
class OverloadTest {
    private static final String NONE = "{\"loadbalancers\": []}";

    private final FakeCloud server = new FakeCloud();
    private final OpenStack cloud = server.open();

    @AfterEach
    void close() {
        cloud.close();
        server.close();
    }

    @Test
    void atMostSixteenRequestsAreUnderWay() {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        server.answering(_ -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            // Long enough for the others to pile up; the server's count falls before the answer is whole.
            pause(Duration.ofMillis(20));
            now.decrementAndGet();
            return Reply.of(200, NONE);
        });
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 200; i++) {
                executor.execute(() -> cloud.octavia().loadBalancersNamed("x"));
            }
        }
        assertThat(server.calls).hasSize(200);
        assertThat(most.get()).isEqualTo(16);
    }

    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Kind failure() {
        return Objects.requireNonNull(catchThrowableOfType(
                        CloudException.class, () -> cloud.octavia().updateListener("one", new Changes(List.of()))))
                .fault()
                .kind();
    }

    @Test
    void aServiceThatAlwaysFailsStopsNobody() {
        for (int status : new int[] {400, 403, 404, 409, 500, 501, 429}) {
            server.answering(_ -> Reply.of(status, ""));
            for (int i = 0; i < 30; i++) {
                assertThat(failure()).isNotEqualTo(Kind.CIRCUIT_OPEN);
            }
        }
        server.answering(_ -> Reply.of(200, NONE));
        assertThat(cloud.octavia().loadBalancersNamed("x")).isEmpty();
    }

    @Test
    void anApiThatIsOutOfOrderIsLeftAloneAndTriedAgainAndTheOthersGoOn() {
        for (Reply outOfOrder : List.of(Reply.of(502, ""), Reply.of(503, ""), Reply.of(504, ""), Reply.drop())) {
            server.answering(
                    call -> call.path().startsWith("/network") ? Reply.of(200, "{\"networks\": []}") : outOfOrder);
            await().until(() -> failure() == Kind.CIRCUIT_OPEN);
            int sent = server.calls.size();
            assertThat(failure()).isEqualTo(Kind.CIRCUIT_OPEN);
            assertThat(server.calls).as("nothing is sent").hasSize(sent);
            assertThat(cloud.neutron().externalNetworks()).isEmpty();

            server.answering(_ -> Reply.of(200, NONE));
            await().ignoreExceptionsInstanceOf(CloudException.class)
                    .until(() -> cloud.octavia().loadBalancersNamed("x").isEmpty());
            assertThat(cloud.octavia().loadBalancersNamed("x"))
                    .as("the second trial closes it")
                    .isEmpty();
        }
    }

    private static String versions(String... ids) {
        var body = Json.MAPPER.createObjectNode();
        for (String id : ids) {
            body.withArray("versions").addObject().put("id", id);
        }
        return body.toString();
    }

    private long versionReads() {
        return server.calls.stream()
                .filter(call -> call.path().equals("/load-balancer/"))
                .count();
    }

    @Test
    void theNewestVersionIsReadHourlyAndAfterAnOutage() {
        server.answering(_ -> Reply.of(200, versions("v1", "v2.0", "v2.9", "v2.27", "v2.10", "v3.1")));
        assertThat(cloud.octavia().version()).isEqualTo(new OctaviaVersion(2, 27));
        server.pass(Duration.ofMinutes(50));
        assertThat(cloud.octavia().version()).isEqualTo(new OctaviaVersion(2, 27));
        assertThat(versionReads()).isEqualTo(1);

        server.answering(_ -> Reply.of(200, versions("v2.28")));
        server.pass(Duration.ofMinutes(11));
        assertThat(cloud.octavia().version()).isEqualTo(new OctaviaVersion(2, 28));
        assertThat(versionReads()).isEqualTo(2);

        server.answering(_ -> Reply.of(503, ""));
        assertThat(failure()).isEqualTo(Kind.SERVER_ERROR);
        server.answering(_ -> Reply.of(200, versions("v2.30")));
        assertThat(cloud.octavia().version()).isEqualTo(new OctaviaVersion(2, 30));
        assertThat(cloud.octavia().version()).isEqualTo(new OctaviaVersion(2, 30));
        assertThat(versionReads()).isEqualTo(3);
    }

    @Test
    void anUnknownVersionIsNeverGuessedAndAKnownOneIsKept() {
        for (Reply unreadable : List.of(Reply.of(500, ""), Reply.of(200, "<html>"), Reply.of(200, versions("v1")))) {
            server.answering(_ -> unreadable);
            assertThatThrownBy(() -> cloud.octavia().version()).isInstanceOf(CloudException.class);
        }
        server.answering(_ -> Reply.of(200, versions("v2.5")));
        assertThat(cloud.octavia().version()).isEqualTo(OctaviaVersion.TAGS);
        server.answering(_ -> Reply.of(500, ""));
        server.pass(Duration.ofHours(2));
        assertThat(cloud.octavia().version()).isEqualTo(OctaviaVersion.TAGS);
        long reads = versionReads();
        assertThat(cloud.octavia().version()).isEqualTo(OctaviaVersion.TAGS);
        assertThat(versionReads())
                .as("a failed reading is not repeated at every call")
                .isEqualTo(reads);
    }
}
