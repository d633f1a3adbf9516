package io.octavialb.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.octavialb.config.Credentials;
import io.octavialb.config.Secret;
import io.octavialb.openstack.CloudException.Kind;
import io.octavialb.openstack.FakeCloud.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One token for all, renewed once when it ends. */
class SessionTest {
    private static final String NONE = "{\"loadbalancers\": []}";

    private final FakeCloud server = new FakeCloud().answering(_ -> Reply.of(200, NONE));

    @AfterEach
    void close() {
        server.close();
    }

    private static <T> List<Future<T>> inParallel(int threads, Callable<T> task) {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                futures.add(executor.submit(task));
            }
            return futures;
        }
    }

    @Test
    void threeHundredThreadsShareOneLogInBeforeAndAfterItsEnd() {
        try (OpenStack cloud = server.open()) {
            Callable<Object> task = () -> cloud.octavia().loadBalancersNamed("x");
            assertThat(inParallel(300, task))
                    .allSatisfy(f -> assertThat(f.state()).isEqualTo(Future.State.SUCCESS));
            assertThat(server.logins).hasSize(1);
            assertThat(server.calls).hasSize(300).allMatch(call -> "token-1".equals(call.token()));

            server.pass(Duration.ofMinutes(57));
            cloud.octavia().loadBalancersNamed("x");
            assertThat(server.logins)
                    .as("two minutes before the end it is good")
                    .hasSize(1);
            server.pass(Duration.ofMinutes(2));
            assertThat(inParallel(300, task))
                    .allSatisfy(f -> assertThat(f.state()).isEqualTo(Future.State.SUCCESS));
            assertThat(server.logins).hasSize(2);
        }
    }

    @Test
    void aTokenThatIsRefusedToAllIsRenewedOnceAndTheirRequestsSentAgain() {
        server.answering(call -> "token-1".equals(call.token()) ? Reply.of(401, "") : Reply.of(200, NONE));
        try (OpenStack cloud = server.open()) {
            cloud.authenticate();
            var results = inParallel(300, () -> cloud.octavia().loadBalancersNamed("x"));
            assertThat(results).allSatisfy(f -> assertThat(f.state()).isEqualTo(Future.State.SUCCESS));
            assertThat(server.logins).hasSize(2);
            assertThat(server.calls.stream().filter(call -> "token-2".equals(call.token())))
                    .hasSize(300);
        }
    }

    @Test
    void aMutationIsSentAgainAfter401ForItWasNotExecuted() {
        server.answering(call -> "token-1".equals(call.token()) ? Reply.of(401, "") : Reply.of(204, ""));
        try (OpenStack cloud = server.open()) {
            cloud.octavia().deleteListener("one");
            assertThat(server.calls).extracting("token").containsExactly("token-1", "token-2");
        }
    }

    @Test
    void aFreshTokenThatIsRefusedIsAFaultAndNoLoop() {
        server.answering(_ -> Reply.of(401, "{\"error\": {\"message\": \"no\"}}"));
        try (OpenStack cloud = server.open()) {
            assertThatThrownBy(() -> cloud.octavia().loadBalancersNamed("x"))
                    .isInstanceOfSatisfying(
                            CloudException.class,
                            e -> assertThat(e.fault().kind()).isEqualTo(Kind.UNAUTHENTICATED));
            assertThat(server.calls).hasSize(2);
            assertThat(server.logins).hasSize(2);
        }
    }

    @Test
    void aRefusedLogInIsSharedByAllWhoWaitForIt() {
        server.keystoneAnswering(_ -> Reply.of(401, "{\"error\": {\"message\": \"The request you have made\"}}")
                .stalled(Duration.ofMillis(500)));
        try (OpenStack cloud = server.open()) {
            var results = inParallel(100, () -> cloud.octavia().loadBalancersNamed("x"));
            assertThat(results)
                    .allSatisfy(f -> assertThat(f.exceptionNow())
                            .isInstanceOfSatisfying(
                                    CloudException.class,
                                    e -> assertThat(e.fault().kind()).isEqualTo(Kind.UNAUTHENTICATED)));
            assertThat(server.logins).hasSize(1);
            assertThat(server.calls).isEmpty();
        }
    }

    @Test
    void aLogInIsRepeatedWhenKeystoneIsOutOfOrderAndIsNeverAmbiguous() {
        server.keystoneAnswering(call -> server.logins.size() < 3 ? Reply.drop() : server.token(call));
        try (OpenStack cloud = server.open()) {
            server.answering(_ -> Reply.of(204, ""));
            cloud.octavia().deleteListener("one");
            assertThat(server.calls).extracting("method").containsExactly("DELETE");
        }
        assertThat(server.logins).hasSize(3);
        server.keystoneAnswering(_ -> Reply.of(200, "<html>hello</html>"));
        try (OpenStack cloud = server.open()) {
            assertThatThrownBy(() -> cloud.octavia().deleteListener("one"))
                    .isInstanceOfSatisfying(CloudException.class, e -> {
                        assertThat(e.fault().kind()).isEqualTo(Kind.MALFORMED);
                        assertThat(e.fault().request()).isEqualTo("POST /v3/auth/tokens");
                        assertThat(e.fault().ambiguous()).isFalse();
                    });
        }
        assertThat(server.logins).as("three attempts, not three by three").hasSize(6);
    }

    @Test
    void aReadyMadeTokenCanNotBeRenewed() {
        server.keystoneAnswering(
                call -> new Reply(200, Map.of(), server.token(call).body(), Duration.ZERO));
        server.answering(_ -> server.calls.size() == 1 ? Reply.of(200, NONE) : Reply.of(401, "ready-made is over"));
        var global = Globals.plain(server.url(), new Credentials.Token(new Secret("ready-made"), null));
        try (OpenStack cloud =
                OpenStack.open(global, Duration.ofSeconds(5), server.attempts::add, server.time(), FakeCloud.QUICK)) {
            assertThat(cloud.octavia().loadBalancersNamed("x")).isEmpty();
            server.pass(Duration.ofDays(9));
            assertThatThrownBy(() -> cloud.octavia().loadBalancersNamed("x"))
                    .isInstanceOfSatisfying(CloudException.class, e -> {
                        assertThat(e.fault().kind()).isEqualTo(Kind.UNAUTHENTICATED);
                        assertThat(e.fault().text()).contains("can't be renewed");
                    })
                    .hasMessageNotContaining("ready-made");
            assertThat(server.logins)
                    .singleElement()
                    .satisfies(call -> assertThat(call.method()).isEqualTo("GET"));
            assertThat(server.calls).extracting("token").containsOnly("ready-made");
        }
    }

    @Test
    void aMissingServiceIsNoEndpoint() {
        server.services("identity", "network");
        try (OpenStack cloud = server.open()) {
            assertThatThrownBy(() -> cloud.octavia().loadBalancersNamed("x"))
                    .isInstanceOfSatisfying(CloudException.class, e -> {
                        assertThat(e.fault().kind()).isEqualTo(Kind.NO_ENDPOINT);
                        assertThat(e.fault().text())
                                .contains("no load-balancer endpoint, interface public, region RegionOne")
                                .contains("network public RegionOne");
                    });
            assertThat(server.calls).as("never Keystone's URL instead").isEmpty();
        }
    }
}
