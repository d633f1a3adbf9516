package io.octavialb.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.octavialb.kubernetes.FieldManager.Writer;
import io.octavialb.model.kubernetes.Service;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponsibilityTest {
    @ParameterizedTest(name = "we serve {0}: {1} {2}, finalizer {3}, deleting {4}, written by {5}: {6}")
    @CsvSource(
            nullValues = "-",
            value = {
                "-, LoadBalancer, -, false, false, NONE_OF_US, ENSURE",
                "-, LoadBalancer, -, true, true, NONE_OF_US, RELEASE",
                "-, LoadBalancer, -, false, true, NONE_OF_US, NONE",
                "-, ClusterIP, -, true, false, NONE_OF_US, RELEASE",
                "-, ClusterIP, -, false, false, NONE_OF_US, NONE",
                "-, LoadBalancer, x, false, false, NONE_OF_US, NONE",
                "-, LoadBalancer, x, true, false, NONE_OF_US, NONE",
                "-, LoadBalancer, x, true, false, THIS_CLASS, RELEASE",
                "x, LoadBalancer, x, false, false, NONE_OF_US, ENSURE",
                "x, LoadBalancer, -, true, false, NONE_OF_US, NONE",
                "x, LoadBalancer, -, true, true, NONE_OF_US, NONE",
                "x, ClusterIP, -, true, false, NONE_OF_US, NONE",
                "x, ClusterIP, -, true, false, THIS_CLASS, RELEASE",
                "-, LoadBalancer, x, true, false, OTHER_CLASS, NONE",
                "-, LoadBalancer, x, true, true, OTHER_CLASS, NONE",
                "-, ClusterIP, -, true, false, OTHER_CLASS, NONE",
                "x, LoadBalancer, -, true, false, OTHER_CLASS, NONE",
                "x, ClusterIP, -, true, false, OTHER_CLASS, NONE",
                "x, LoadBalancer, x, true, true, OTHER_CLASS, RELEASE",
            })
    void dutyFollowsFromTypeClassAndFinalizer(
            @Nullable String served,
            String type,
            @Nullable String loadBalancerClass,
            boolean finalizer,
            boolean deleting,
            Writer writer,
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
        assertThat(new Responsibility(served).duty(service, writer)).isEqualTo(duty);
    }
}
