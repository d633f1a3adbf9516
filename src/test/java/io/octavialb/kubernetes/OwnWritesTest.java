package io.octavialb.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.model.kubernetes.Ingress;
import io.octavialb.model.kubernetes.Service;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnWritesTest {
    private static final OwnParts NOTHING = new OwnParts(false, null, null, List.of());
    private static final OwnParts FINALIZED = NOTHING.withFinalizer(true);
    private static final OwnParts PUBLISHED = FINALIZED.withAnnotations("id", "203.0.113.7");
    private static final OwnParts COMPLETE = PUBLISHED.withIngress(List.of(new Ingress("203.0.113.7", null, "VIP")));

    private final OwnWrites writes = new OwnWrites();

    private static Service service(OwnParts parts, String type) {
        var service = Cluster.loadBalancer("web")
                .editMetadata()
                .withUid("u1")
                .addToAnnotations("loadbalancer.openstack.org/load-balancer-id", parts.loadBalancerId())
                .addToAnnotations("loadbalancer.openstack.org/load-balancer-address", parts.address())
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
        return Conversion.service(service);
    }

    private boolean isNews(OwnParts before, OwnParts after) {
        return writes.isNews(service(before, "LoadBalancer"), service(after, "LoadBalancer"));
    }

    private void writeAll() {
        writes.expect("u1", FINALIZED);
        writes.expect("u1", PUBLISHED);
        writes.expect("u1", COMPLETE);
    }

    @Test
    void ourOwnWritesAreNoNews() {
        writeAll();
        assertThat(isNews(NOTHING, FINALIZED)).isFalse();
        assertThat(isNews(FINALIZED, PUBLISHED)).isFalse();
        assertThat(isNews(PUBLISHED, COMPLETE)).isFalse();
        assertThat(isNews(COMPLETE, COMPLETE)).isFalse();
    }

    @Test
    void goingBackToAnEarlierStateOfOursIsNews() {
        writeAll();
        assertThat(isNews(NOTHING, COMPLETE)).as("a list may skip states").isFalse();
        assertThat(isNews(COMPLETE, PUBLISHED)).isTrue();
    }

    @Test
    void changeInBetweenIsNews() {
        writeAll();
        assertThat(isNews(NOTHING, FINALIZED)).isFalse();
        assertThat(isNews(FINALIZED, NOTHING)).isTrue();
        assertThat(writes.isNews(service(NOTHING, "LoadBalancer"), service(PUBLISHED, "ClusterIP")))
                .isTrue();
    }

    @Test
    void refusedWriteIsNotExpectedAnyMore() {
        writes.expect("u1", FINALIZED);
        writes.refused("u1", FINALIZED);
        assertThat(isNews(NOTHING, FINALIZED)).isTrue();
    }

    @Test
    void olderApiServerKeepsNoIpMode() {
        OwnParts kept = PUBLISHED.withIngress(List.of(new Ingress("203.0.113.7", null, null)));
        writes.expect("u1", COMPLETE);
        writes.answered("u1", COMPLETE, kept);
        assertThat(isNews(PUBLISHED, kept)).isFalse();
        assertThat(OwnParts.keptAs(COMPLETE.ingress(), kept.ingress())).isTrue();
        assertThat(OwnParts.keptAs(kept.ingress(), COMPLETE.ingress())).isFalse();
    }
}
