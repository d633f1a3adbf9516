package io.octavialb.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.octavialb.embedded.kubernetes.Refusal;
import io.octavialb.model.Outcome.Identity;
import io.octavialb.model.kubernetes.Ingress;
import io.octavialb.openstack.Tenure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ServiceWritesTest {
    @SuppressWarnings("NullAway.Init")
    KubernetesClient client;

    @SuppressWarnings("NullAway.Init")
    private Cluster cluster;

    @SuppressWarnings("NullAway.Init")
    private ServiceWrites writes;

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @BeforeEach
    void setUp() {
        cluster = new Cluster();
        client = cluster.user();
        writes = new ServiceWrites(cluster.client, FieldManager.of(null), new OwnWrites(), Tenure.UNLIMITED, () -> now);
    }

    @AfterEach
    void tearDown() {
        cluster.close();
    }

    @Test
    void finalizerIsNotWrittenToAServiceThatIsNotAsItWasRead() {
        Service stale = cluster.create(Cluster.loadBalancer("web"));
        client.services().inNamespace(Cluster.NAMESPACE).withName("web").edit(service -> {
            service.getMetadata().getFinalizers().add("example.com/theirs");
            return service;
        });
        assertThat(writes.addFinalizer(stale)).isEmpty();
        assertThat(writes.addFinalizer(writes.latest(stale))).isPresent();
        assertThat(cluster.get("web").getMetadata().getFinalizers())
                .containsExactly("example.com/theirs", Responsibility.FINALIZER);
        assertThat(cluster.requests("PATCH", "/services/web")).isNotEmpty();
    }

    @Test
    void unknownAddressErasesNoneAndEqualAnnotationsAreNotWritten() {
        Service service = cluster.create(Cluster.loadBalancer("web"));
        Service published = writes.publish(service, new Identity("id", true, "203.0.113.7"));
        assertThat(writes.publish(published, new Identity("id", true, null))).isSameAs(published);
        assertThat(writes.publish(published, new Identity("id", true, "203.0.113.7")))
                .isSameAs(published);
        assertThat(cluster.requests("PATCH", "/services/web")).hasSize(1);
    }

    @Test
    void statusThatAnOlderApiServerKeptWithoutIpModeIsNotWrittenAgain() {
        cluster.create(Cluster.loadBalancer("web"));
        Service service = client.services()
                .inNamespace(Cluster.NAMESPACE)
                .withName("web")
                .editStatus(present -> new ServiceBuilder(present)
                        .withNewStatus()
                        .withNewLoadBalancer()
                        .addNewIngress()
                        .withIp("203.0.113.7")
                        .endIngress()
                        .endLoadBalancer()
                        .endStatus()
                        .build());
        assertThat(writes.status(service, List.of(new Ingress("203.0.113.7", null, "VIP")), null)
                        .orElseThrow())
                .isSameAs(service);
        writes.withoutStatus(service);
        assertThat(cluster.patches.getLast()).contains("\"status\":{\"loadBalancer\":{\"ingress\":null}}");
    }

    private List<Condition> conditions() {
        return cluster.get("web").getStatus().getConditions();
    }

    private Condition ours() {
        return conditions().stream()
                .filter(condition -> condition.getType().equals("LoadBalancerReady"))
                .findFirst()
                .orElseThrow();
    }

    private Service withConditionOfOthers() {
        cluster.create(Cluster.loadBalancer("web"));
        return client.services()
                .inNamespace(Cluster.NAMESPACE)
                .withName("web")
                .editStatus(present -> new ServiceBuilder(present)
                        .editOrNewStatus()
                        .addNewCondition()
                        .withType("example.com/Theirs")
                        .withStatus("True")
                        .withReason("Theirs")
                        .withMessage("")
                        .withLastTransitionTime("2025-01-01T00:00:00Z")
                        .endCondition()
                        .endStatus()
                        .build());
    }

    private Service status(Service service, ReadyCondition condition) {
        return writes.status(service, null, condition).orElseThrow();
    }

    @Test
    void conditionsOfOthersStayWhenOursIsWrittenChangedAndRemoved() {
        Service service = withConditionOfOthers();
        Service written = status(service, ReadyCondition.notReady("Why", "because"));
        assertThat(ours().getStatus()).isEqualTo("False");
        assertThat(ours().getReason()).isEqualTo("Why");
        assertThat(ours().getMessage()).isEqualTo("because");
        assertThat(ours().getObservedGeneration())
                .isEqualTo(service.getMetadata().getGeneration());
        Service changed = status(written, ReadyCondition.ready(List.of()));
        assertThat(conditions()).hasSize(2);
        assertThat(ours().getStatus()).isEqualTo("True");
        writes.withoutStatus(changed);
        assertThat(conditions()).extracting(Condition::getType).containsExactly("example.com/Theirs");
    }

    @Test
    void lastTransitionTimeMovesWithTheStatusOnly() {
        Service first = status(cluster.create(Cluster.loadBalancer("web")), ReadyCondition.notReady("Why", "because"));
        assertThat(ours().getLastTransitionTime()).isEqualTo("2026-01-01T00:00:00Z");
        now = now.plusSeconds(60);
        Service second = status(first, ReadyCondition.notReady("OtherWhy", "because"));
        assertThat(ours().getReason()).isEqualTo("OtherWhy");
        assertThat(ours().getLastTransitionTime()).isEqualTo("2026-01-01T00:00:00Z");
        Service third = status(second, ReadyCondition.ready(List.of()));
        assertThat(ours().getLastTransitionTime()).isEqualTo("2026-01-01T00:01:00Z");
        assertThat(status(third, ReadyCondition.ready(List.of())))
                .as("nothing to write")
                .isSameAs(third);
    }

    @Test
    void waitingIsNoWordAgainstALoadBalancerThatServes() {
        Service service = cluster.create(Cluster.loadBalancer("web"));
        ReadyCondition pending = ReadyCondition.notReady(ReadyCondition.PENDING, "load balancer x is PENDING_UPDATE");
        Service waiting = status(service, pending);
        assertThat(ours().getStatus()).isEqualTo("False");
        Service ready = status(waiting, ReadyCondition.ready(List.of()));
        assertThat(status(ready, pending)).isSameAs(ready);
    }

    @Test
    void conditionThatCanNotBeWrittenFailsNothingButTheAddressDoes() {
        Service service = cluster.create(Cluster.loadBalancer("web"));
        for (int code : new int[] {400, 403, 404, 422}) {
            cluster.api()
                    .refuse(request -> request.path().contains("/status")
                            ? Optional.of(new Refusal.Answer(code, "Refused", "no"))
                            : Optional.empty());
            assertThat(status(service, ReadyCondition.ready(List.of()))).isSameAs(service);
            assertThatThrownBy(() -> writes.status(
                            service, List.of(new Ingress("203.0.113.7", null, "VIP")), ReadyCondition.ready(List.of())))
                    .isInstanceOf(KubernetesClientException.class);
        }
    }

    /** Else the condition would stay as it is until the drift period. */
    @ParameterizedTest
    @MethodSource
    void conditionIsStillToBeWrittenWhenTheServerMayDoSoLater(Refusal refusal) {
        Service service = cluster.create(Cluster.loadBalancer("web"));
        cluster.api().refuse(request -> request.path().contains("/status") ? Optional.of(refusal) : Optional.empty());
        assertThat(writes.status(service, null, ReadyCondition.ready(List.of())))
                .isEmpty();
    }

    static Stream<Refusal> conditionIsStillToBeWrittenWhenTheServerMayDoSoLater() {
        return Stream.concat(
                Stream.of(new Refusal.Cut(), new Refusal.AnswerLost()),
                IntStream.of(408, 409, 429, 500, 502, 503, 504)
                        .mapToObj(code -> new Refusal.Answer(code, "Refused", "not now")));
    }
}
