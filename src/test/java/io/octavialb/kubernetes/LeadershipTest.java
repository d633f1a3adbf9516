package io.octavialb.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.octavialb.embedded.kubernetes.EmbeddedKubernetes;
import io.octavialb.kubernetes.ControllerSettings.LeaseSettings;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Only the holder of the Lease works. */
class LeadershipTest {
    @SuppressWarnings("NullAway.Init")
    KubernetesClient client;

    @SuppressWarnings("NullAway.Init")
    private Cluster cluster;

    @BeforeEach
    void setUp() {
        cluster = new Cluster();
        client = cluster.user();
    }

    @AfterEach
    void tearDown() {
        cluster.close();
    }

    private static ControllerSettings elected() {
        ControllerSettings settings = Cluster.settings();
        return new ControllerSettings(
                null,
                10,
                settings.driftPeriod(),
                settings.retryFirst(),
                settings.retryLongest(),
                settings.nodesQuiet(),
                settings.nodesLongest(),
                true,
                new LeaseSettings(
                        "kube-system",
                        "octavia-lb-controller",
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(2),
                        Duration.ofMillis(200)));
    }

    private Lease lease() {
        return leaseResource().get();
    }

    private Resource<Lease> leaseResource() {
        return client.leases().inNamespace("kube-system").withName("octavia-lb-controller");
    }

    private void takeLease() {
        EmbeddedKubernetes.edit(leaseResource(), lease -> {
            lease.getSpec().setHolderIdentity("somebody-else");
            return lease;
        });
    }

    @Test
    void closingHandsOverAtOnce() {
        KubernetesController first = cluster.start(elected());
        await().until(() -> first.health().leading());
        KubernetesController second = cluster.start(elected());
        assertThat(second.health()).isEqualTo(new ControllerHealth(true, false, true));
        assertThat(second.health().ready()).isTrue();
        assertThat(lease().getSpec().getHolderIdentity()).contains("_");
        first.close();
        await().atMost(Duration.ofSeconds(5)).until(() -> second.health().leading());
        assertThat(cluster.ends).isEmpty();
    }

    @Test
    void leaderThatLostTheLeaseEnds() {
        KubernetesController leader = cluster.start(elected());
        await().until(() -> leader.health().leading());
        takeLease();
        await().until(() -> !cluster.ends.isEmpty());
        assertThat(cluster.ends).containsExactly("lost the Lease kube-system/octavia-lb-controller");
    }

    /** Requests to this path do not get away until the latch is down. */
    private CountDownLatch hold(String path) {
        CountDownLatch latch = new CountDownLatch(1);
        cluster.sending = request -> {
            if (request.uri().getPath().equals(path)) {
                try {
                    latch.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
        return latch;
    }

    private ZonedDateTime renewed() {
        await().until(() -> lease() != null);
        return lease().getSpec().getRenewTime();
    }

    @Test
    void leaseIsRenewedWhileWorkBegins() {
        CountDownLatch held = hold("/api/v1/nodes");
        KubernetesController leader = cluster.start(elected());
        ZonedDateTime acquired = renewed();
        await().until(() -> renewed().isAfter(acquired));
        assertThat(leader.health().leading()).isFalse();
        held.countDown();
        await().until(() -> leader.health().leading());
        assertThat(cluster.ends).isEmpty();
    }

    @Test
    @Timeout(30)
    void leaderThatLosesTheLeaseWhileWorkBeginsEndsAndCloses() {
        CountDownLatch held = hold("/api/v1/nodes");
        KubernetesController leader = cluster.start(elected());
        ZonedDateTime acquired = renewed();
        await().until(() -> renewed().isAfter(acquired));
        takeLease();
        await().until(() -> !cluster.ends.isEmpty());
        leader.close();
        assertThat(leader.health().leading()).isFalse();
        assertThat(cluster.ends).containsExactly("lost the Lease kube-system/octavia-lb-controller");
        held.countDown();
    }

    @Test
    void apiServerThatCannotBeReachedIsAFailureOfStart() {
        cluster.api().close();
        assertThatThrownBy(() -> cluster.start()).isInstanceOf(RuntimeException.class);
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().equals("node-changes"))
                .isEmpty();
    }
}
