package io.octavialb.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Event;
import io.octavialb.embedded.kubernetes.Refusal;
import io.octavialb.model.Notice;
import io.octavialb.model.Outcome;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The API server answers 500 to whatever is written to a Service's status. */
class UnwrittenConditionTest {
    private static final Notice NOTICE = new Notice("SyncLoadBalancerFailed", "annotation x \"y\": choose z");

    private final Cluster cluster = new Cluster();
    private volatile boolean refuses;

    @BeforeEach
    void setUp() {
        cluster.api()
                .refuse(request -> refuses && request.path().contains("/status")
                        ? Optional.of(new Refusal.Answer(500, "InternalError", "failed calling webhook"))
                        : Optional.empty());
        cluster.reconciliation.onEnsure = (_, _) -> new Outcome.Rejected(List.of(NOTICE));
    }

    @AfterEach
    void tearDown() {
        cluster.close();
    }

    private List<String> reasons() {
        return cluster.get("web").getStatus().getConditions().stream()
                .map(Condition::getReason)
                .toList();
    }

    private void rejected() {
        cluster.start();
        cluster.create(Cluster.loadBalancer("web"));
        await().until(() -> reasons().contains(NOTICE.reason()));
    }

    @Test
    void whatIsWrongIsToldByTheEventMeanwhile() {
        refuses = true;
        cluster.start();
        cluster.create(Cluster.loadBalancer("web"));
        await().until(() -> cluster.reasons().contains(NOTICE.reason()));
        assertThat(reasons()).isEmpty();
        refuses = false;
        await().until(() -> reasons().contains(NOTICE.reason()));
        assertThat(cluster.events().stream().filter(event -> event.getReason().equals(NOTICE.reason())))
                .extracting(Event::getCount)
                .containsExactly(1);
    }

    @Test
    void deletedServiceDoesNotWaitForIt() {
        rejected();
        refuses = true;
        cluster.user().services().inNamespace(Cluster.NAMESPACE).withName("web").delete();
        await().until(() -> cluster.get("web") == null);
    }

    @Test
    void serviceThatStaysKeepsItsFinalizerUntilItIsGone() {
        rejected();
        refuses = true;
        cluster.edit("web", service -> service.getSpec().setType("ClusterIP"));
        await().until(() -> cluster.reconciliation.released.size() > 1);
        assertThat(cluster.get("web").getMetadata().getFinalizers()).contains(Responsibility.FINALIZER);
        refuses = false;
        await().until(() -> cluster.get("web").getMetadata().getFinalizers().isEmpty());
        assertThat(reasons()).isEmpty();
    }
}
