package io.octavialb.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.octavialb.model.Changes;
import io.octavialb.model.Changes.Change;
import io.octavialb.openstack.CloudException.Fault;
import io.octavialb.openstack.CloudException.Kind;
import io.octavialb.openstack.FakeCloud.Reply;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is sent again, when, and what never is. */
class RepetitionTest {
    private static final String NONE = "{\"loadbalancers\": []}";
    private static final Changes CHANGES = new Changes(List.of(new Change("name", "a", "b")));

    private final FakeCloud server = new FakeCloud();
    private final OpenStack cloud = server.open();

    @AfterEach
    void close() {
        cloud.close();
        server.close();
    }

    static Stream<Reply> passing() {
        return Stream.of(
                Reply.of(500, "{}"),
                Reply.of(502, "bad gateway"),
                Reply.of(503, ""),
                Reply.of(429, ""),
                Reply.of(200, ""),
                Reply.of(200, "null"),
                Reply.of(200, "[]"),
                Reply.of(200, "{\"loadbalancers\": null}"),
                Reply.of(200, "{\"loadbalancers\": [{\"name\": \"an id is missing\"}]}"),
                Reply.of(200, "{\"loadbalancers\": [] } trailing"),
                Reply.of(200, "<html><body>Welcome to nginx</body></html>"),
                Reply.of(301, ""),
                Reply.drop());
    }

    @ParameterizedTest
    @MethodSource("passing")
    void readsAreRepeated(Reply failure) {
        server.answering(_ -> server.calls.size() < 3 ? failure : Reply.of(200, NONE));
        assertThat(cloud.octavia().loadBalancersNamed("x")).isEmpty();
        assertThat(server.calls).hasSizeGreaterThanOrEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("passing")
    void readsEndAfterThreeAttempts(Reply failure) {
        server.answering(_ -> failure);
        assertThatThrownBy(() -> cloud.octavia().loadBalancersNamed("x")).isInstanceOf(CloudException.class);
        assertThat(server.attempts.stream().filter(attempt -> attempt.api() == Api.OCTAVIA))
                .hasSize(3);
    }

    static Stream<Reply> ambiguous() {
        return Stream.of(
                Reply.of(500, "{}"),
                Reply.of(502, ""),
                Reply.of(503, ""),
                Reply.of(504, ""),
                Reply.of(200, ""),
                Reply.of(200, "<html>"),
                Reply.of(200, "{\"listener\": {}}"),
                Reply.drop());
    }

    @ParameterizedTest
    @MethodSource("ambiguous")
    void mutationsWithAnAmbiguousOutcomeAreNot(Reply failure) {
        server.answering(_ -> failure);
        assertThatThrownBy(() -> cloud.octavia().updateListener("one", CHANGES))
                .isInstanceOfSatisfying(
                        CloudException.class,
                        e -> assertThat(e.fault().ambiguous()).isTrue());
        assertThat(server.calls).hasSize(1);
    }

    static Stream<Reply> notExecuted() {
        return Stream.of(Reply.of(429, ""), Reply.of(503, "").with("Retry-After", "0"));
    }

    @ParameterizedTest
    @MethodSource("notExecuted")
    void mutationsThatWereNotExecutedAre(Reply refusal) {
        server.answering(_ -> server.calls.size() < 3 ? refusal : Reply.of(204, ""));
        cloud.octavia().deleteListener("one");
        assertThat(server.calls).hasSize(3);
    }

    @Test
    void refusalsAreNotRepeated() {
        for (int status : new int[] {400, 403, 404, 409, 413, 422}) {
            server.calls.clear();
            server.answering(_ -> Reply.of(status, ""));
            assertThatThrownBy(() -> cloud.octavia().loadBalancersNamed("x")).isInstanceOf(CloudException.class);
            assertThat(server.calls).as("status %s", status).hasSize(1);
        }
    }

    @Test
    void retryAfterIsWaitedFor() {
        server.answering(
                _ -> server.calls.size() < 2 ? Reply.of(429, "").with("Retry-After", "1") : Reply.of(200, NONE));
        Instant start = Instant.now();
        cloud.octavia().loadBalancersNamed("x");
        assertThat(Duration.between(start, Instant.now())).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aLongRetryAfterIsTheCallersToWaitFor() {
        server.answering(_ -> Reply.of(503, "maintenance").with("Retry-After", "3600"));
        assertThat(fault().retryAfter()).isEqualTo(Duration.ofHours(1));
        assertThat(server.calls).hasSize(1);
        // The server's clock is the one that the client was given: 2026-11-21 00:00.
        server.answering(_ -> Reply.of(429, "slower").with("Retry-After", "Sat, 21 Nov 2026 00:02:00 GMT"));
        assertThat(fault().retryAfter()).isEqualTo(Duration.ofMinutes(2));
        server.answering(_ -> Reply.of(429, "slower").with("Retry-After", "soon"));
        assertThat(fault().retryAfter()).isNull();
    }

    private Fault fault() {
        return Objects.requireNonNull(catchThrowableOfType(
                        CloudException.class, () -> cloud.octavia().loadBalancersNamed("x")))
                .fault();
    }

    @Test
    void whatReachesNoServerIsRepeatedAndNotAmbiguous() throws Exception {
        String nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = "http://127.0.0.1:" + socket.getLocalPort();
        }
        List<Attempt> attempts = new CopyOnWriteArrayList<>();
        var global = Globals.plain(nobody, Globals.applicationCredential("id", "s"));
        try (OpenStack none =
                OpenStack.open(global, Duration.ofSeconds(5), attempts::add, InstantSource.system(), FakeCloud.QUICK)) {
            assertThatThrownBy(() -> none.octavia().deleteListener("one"))
                    .isInstanceOfSatisfying(CloudException.class, e -> {
                        assertThat(e.fault().kind()).isEqualTo(Kind.UNREACHABLE);
                        assertThat(e.fault().ambiguous()).isFalse();
                    });
        }
        assertThat(attempts).hasSize(3).allMatch(attempt -> attempt.failure() == Kind.UNREACHABLE);
    }

    @Test
    void theTimeoutCoversTheWholeAnswer() {
        server.answering(_ -> Reply.of(200, NONE).stalled(Duration.ofSeconds(5)));
        try (OpenStack hasty = server.open(
                new Limits(16, 1, Duration.ofMillis(5), Duration.ofSeconds(5), Duration.ofSeconds(1)),
                Duration.ofMillis(400))) {
            Instant start = Instant.now();
            assertThatThrownBy(() -> hasty.octavia().loadBalancersNamed("x"))
                    .isInstanceOfSatisfying(CloudException.class, e -> {
                        assertThat(e.fault().kind()).isEqualTo(Kind.NO_ANSWER);
                        assertThat(e.fault().text()).contains("400 ms");
                    });
            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(3));
        }
    }

    @Test
    void goneIsDeletedAndNowhereElseNothing() {
        server.answering(_ -> Reply.of(404, "{\"faultstring\": \"Load balancer one not found.\"}"));
        cloud.octavia().deleteLoadBalancer("one", true);
        assertThat(cloud.octavia().loadBalancer("one")).isEmpty();
        for (Runnable call : List.<Runnable>of(
                () -> cloud.octavia().listeners("one"),
                () -> cloud.octavia().updateListener("one", CHANGES),
                () -> cloud.octavia().replaceMembers("one", List.of()))) {
            assertThatThrownBy(call::run).isInstanceOfSatisfying(CloudException.class, e -> {
                assertThat(e.fault().kind()).isEqualTo(Kind.NOT_FOUND);
                assertThat(e.fault().text()).isEqualTo("Load balancer one not found.");
            });
        }
    }
}
