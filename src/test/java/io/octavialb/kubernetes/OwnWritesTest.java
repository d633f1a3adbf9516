package io.octavialb.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.octavialb.model.kubernetes.Ingress;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnWritesTest {
    private static final ReadyCondition READY = ReadyCondition.ready(List.of());
    private static final OwnParts NOTHING = new OwnParts(false, null, null, null, null, List.of(), null);
    private static final OwnParts FINALIZED = NOTHING.withFinalizer(true);
    private static final OwnParts PUBLISHED = FINALIZED.withAnnotations("id", "203.0.113.7", "10.6.0.100", "own id");
    private static final OwnParts COMPLETE =
            PUBLISHED.withStatus(List.of(new Ingress("203.0.113.7", null, "VIP")), READY);

    private final OwnWrites writes = new OwnWrites();

    private static Service service(OwnParts parts, int version, String type) {
        var service = Cluster.loadBalancer("web")
                .editMetadata()
                .withUid("u1")
                .withResourceVersion(Integer.toString(version))
                .addToAnnotations("loadbalancer.openstack.org/load-balancer-id", parts.loadBalancerId())
                .addToAnnotations("loadbalancer.openstack.org/load-balancer-address", parts.address())
                .addToAnnotations("loadbalancer.openstack.org/load-balancer-vip-address", parts.vipAddress())
                .addToAnnotations("loadbalancer.openstack.org/load-balancer-record", parts.record())
                .endMetadata()
                .editSpec()
                .withType(type)
                .endSpec()
                .withNewStatus()
                .withNewLoadBalancer()
                .endLoadBalancer()
                .endStatus()
                .build();
        service.getMetadata().getAnnotations().values().removeIf(value -> value == null);
        if (parts.finalizer()) {
            service.getMetadata().getFinalizers().add(Responsibility.FINALIZER);
        }
        parts.ingress().forEach(entry -> {
            var ingress = new io.fabric8.kubernetes.api.model.LoadBalancerIngress();
            ingress.setIp(entry.ip());
            ingress.setIpMode(entry.ipMode());
            service.getStatus().getLoadBalancer().getIngress().add(ingress);
        });
        if (parts.condition() != null) {
            service.getStatus()
                    .setConditions(List.of(new ConditionBuilder()
                            .withType(ReadyCondition.TYPE)
                            .withStatus(parts.condition().status())
                            .withReason(parts.condition().reason())
                            .withMessage(parts.condition().message())
                            .build()));
        }
        return service;
    }

    private boolean isNews(OwnParts before, OwnParts after, int version) {
        return writes.isNews(service(before, version - 1, "LoadBalancer"), service(after, version, "LoadBalancer"));
    }

    private void write(OwnParts parts, int version) {
        writes.expect("u1", parts);
        writes.answered(service(parts, version, "LoadBalancer"));
    }

    private void writeAll() {
        write(FINALIZED, 11);
        write(PUBLISHED, 12);
        write(COMPLETE, 13);
    }

    @Test
    void ourOwnWritesAreNoNews() {
        writeAll();
        assertThat(isNews(NOTHING, FINALIZED, 11)).isFalse();
        assertThat(isNews(FINALIZED, PUBLISHED, 12)).isFalse();
        assertThat(isNews(PUBLISHED, COMPLETE, 13)).isFalse();
        assertThat(isNews(COMPLETE, COMPLETE, 14)).isFalse();
    }

    @Test
    void writeWhoseEventComesBeforeItsAnswerIsNoNews() {
        writes.expect("u1", FINALIZED);
        assertThat(isNews(NOTHING, FINALIZED, 11)).isFalse();
        writes.answered(service(FINALIZED, 11, "LoadBalancer"));
        assertThat(isNews(FINALIZED, NOTHING, 12)).isTrue();
        assertThat(isNews(NOTHING, FINALIZED, 13)).isTrue();
    }

    @Test
    void goingBackToAnEarlierStateOfOursIsNews() {
        writeAll();
        assertThat(isNews(NOTHING, COMPLETE, 13)).as("a list may skip states").isFalse();
        assertThat(isNews(COMPLETE, PUBLISHED, 14)).isTrue();
    }

    @Test
    void goingBackToAnEarlierStateOfOursIsNewsAlsoWhenAListSkippedOurLast() {
        writeAll();
        assertThat(isNews(NOTHING, PUBLISHED, 14)).isTrue();
    }

    @Test
    void changeInBetweenIsNews() {
        writeAll();
        assertThat(isNews(NOTHING, FINALIZED, 11)).isFalse();
        assertThat(isNews(FINALIZED, NOTHING, 14)).isTrue();
        assertThat(writes.isNews(service(NOTHING, 12, "LoadBalancer"), service(PUBLISHED, 12, "ClusterIP")))
                .isTrue();
    }

    @Test
    void refusedWriteIsNotExpectedAnyMore() {
        writes.expect("u1", FINALIZED);
        writes.refused("u1");
        assertThat(isNews(NOTHING, FINALIZED, 11)).isTrue();
    }

    @Test
    void olderApiServerKeepsNoIpModeAndNoCondition() {
        OwnParts kept = PUBLISHED.withStatus(List.of(new Ingress("203.0.113.7", null, null)), null);
        writes.expect("u1", COMPLETE);
        assertThat(isNews(PUBLISHED, kept, 11)).isFalse();
        assertThat(OwnParts.keptAs(COMPLETE.ingress(), kept.ingress())).isTrue();
        assertThat(OwnParts.keptAs(kept.ingress(), COMPLETE.ingress())).isFalse();
    }
}
