package io.octavialb.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.octavialb.kubernetes.Responsibility.Duty;
import io.octavialb.model.kubernetes.Service;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponsibilityTest {
    @ParameterizedTest(name = "we serve {0}: {1} {2}, finalizer {3}, deleting {4}, written by us {5}: {6}")
    @CsvSource(
            nullValues = "-",
            value = {
                "-, LoadBalancer, -, false, false, false, ENSURE",
                "-, LoadBalancer, -, true, true, false, RELEASE",
                "-, LoadBalancer, -, false, true, false, NONE",
                "-, ClusterIP, -, true, false, false, RELEASE",
                "-, ClusterIP, -, false, false, false, NONE",
                "-, LoadBalancer, x, false, false, false, NONE",
                "-, LoadBalancer, x, true, false, false, NONE",
                "-, LoadBalancer, x, true, false, true, RELEASE",
                "x, LoadBalancer, x, false, false, false, ENSURE",
                "x, LoadBalancer, -, true, false, false, NONE",
                "x, LoadBalancer, -, true, true, false, NONE",
                "x, ClusterIP, -, true, false, false, NONE",
                "x, ClusterIP, -, true, false, true, RELEASE",
            })
    void dutyFollowsFromTypeClassAndFinalizer(
            @Nullable String served,
            String type,
            @Nullable String loadBalancerClass,
            boolean finalizer,
            boolean deleting,
            boolean writtenByUs,
            Duty duty) {
        var builder = new ServiceBuilder()
                .withNewMetadata()
                .withName("web")
                .withDeletionTimestamp(deleting ? "2026-01-01T00:00:00Z" : null)
                .endMetadata()
                .withNewSpec()
                .withType(type)
                .withLoadBalancerClass(loadBalancerClass)
                .endSpec();
        if (finalizer) {
            builder.editMetadata().addToFinalizers(Responsibility.FINALIZER).endMetadata();
        }
        Service service = Conversion.service(builder.build());
        assertThat(new Responsibility(served).duty(service, writtenByUs)).isEqualTo(duty);
    }
}
