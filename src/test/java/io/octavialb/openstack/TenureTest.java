package io.octavialb.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.octavialb.openstack.CloudException.Fault;
import io.octavialb.openstack.CloudException.Kind;
import io.octavialb.openstack.FakeCloud.Reply;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Changes need a tenure that is not over; reads do not. */
class TenureTest {
    private final FakeCloud server = new FakeCloud();
    private final OpenStack cloud = server.open();
    private volatile boolean allowsStart = true;
    private volatile Duration left = Duration.ofSeconds(10);
    private final Tenure tenure = new Tenure() {
        @Override
        public boolean allowsStart() {
            return allowsStart;
        }

        @Override
        public Duration left() {
            return left;
        }
    };

    @AfterEach
    void close() {
        cloud.close();
        server.close();
    }

    private Fault refused(Runnable change) {
        return catchThrowableOfType(CloudException.class, change::run).fault();
    }

    private void deletePool() {
        cloud.octavia(tenure).deletePool("p1");
    }

    @Test
    void noChangeStartsWithoutIt() {
        server.answering(_ -> Reply.of(204, ""));
        allowsStart = false;
        assertThat(refused(this::deletePool).kind()).isEqualTo(Kind.TENURE_OVER);
        assertThat(refused(() -> cloud.neutron(tenure).deleteFloatingIp("f1")).kind())
                .isEqualTo(Kind.TENURE_OVER);
        assertThat(server.calls).isEmpty();
        cloud.octavia().deletePool("p1");
        assertThat(server.calls).hasSize(1);
    }

    @Test
    void readsGoOn() {
        server.answering(_ -> Reply.of(200, "{\"loadbalancers\": []}"));
        allowsStart = false;
        left = Duration.ZERO;
        assertThat(cloud.octavia(tenure).loadBalancersNamed("x")).isEmpty();
    }

    @Test
    void aChangeUnderWayIsGivenUpAtTheEndAndMayHaveBeenMade() {
        CountDownLatch ended = new CountDownLatch(1);
        server.answering(_ -> {
            awaited(ended);
            return Reply.of(204, "");
        });
        left = Duration.ofMillis(50);
        CompletableFuture<Fault> failure = CompletableFuture.supplyAsync(() -> refused(this::deletePool));
        await().until(() -> server.calls.size() == 1);
        left = Duration.ZERO;
        Fault fault = failure.join();
        ended.countDown();
        assertThat(fault.kind()).isEqualTo(Kind.NO_ANSWER);
        assertThat(fault.ambiguous()).isTrue();
        assertThat(server.calls).hasSize(1);
    }

    @Test
    void aChangeUnderWayGoesOnWhenTheLeaseIsRenewed() {
        CountDownLatch looked = new CountDownLatch(3);
        server.answering(_ -> {
            awaited(looked);
            return Reply.of(204, "");
        });
        Tenure renewed = new Tenure() {
            @Override
            public boolean allowsStart() {
                return true;
            }

            @Override
            public Duration left() {
                looked.countDown();
                return Duration.ofMillis(20);
            }
        };
        cloud.octavia(renewed).deletePool("p1");
        assertThat(looked.getCount()).isZero();
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
