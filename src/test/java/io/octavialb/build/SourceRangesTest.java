package io.octavialb.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.cloud.Clusters;
import io.octavialb.cloud.ServiceBuilder;
import io.octavialb.config.LoadBalancerSettings;
import io.octavialb.config.ServiceOptions;
import io.octavialb.model.kubernetes.IpFamily;
import io.octavialb.model.kubernetes.Service;
import org.junit.jupiter.api.Test;

class SourceRangesTest {
    private static final String ANNOTATION = "service.beta.kubernetes.io/load-balancer-source-ranges";

    private static SourceRanges of(ServiceBuilder builder) {
        Service service = builder.build();
        return SourceRanges.of(
                service,
                LoadBalancerSettings.resolve(Clusters.CONFIG, ServiceOptions.parse(service))
                        .settings()
                        .port(service.ports().getFirst()),
                service.ipFamilies());
    }

    @Test
    void everyoneByDefault() {
        assertThat(of(new ServiceBuilder()).cidrs()).containsExactly("0.0.0.0/0");
        assertThat(of(new ServiceBuilder()).restricted()).isFalse();
        assertThat(of(new ServiceBuilder().family(IpFamily.IPv6)).cidrs()).containsExactly("::/0");
    }

    @Test
    void canonicalAndOnce() {
        assertThat(of(new ServiceBuilder().sourceRanges("10.1.2.3/8", " 192.0.2.0/24 ", "10.0.0.0/8"))
                        .cidrs())
                .containsExactly("10.0.0.0/8", "192.0.2.0/24");
        assertThat(of(new ServiceBuilder().family(IpFamily.IPv6).sourceRanges("2001:DB8:0:0::1/32"))
                        .cidrs())
                .containsExactly("2001:db8::/32");
    }

    @Test
    void specBeatsAnnotation() {
        assertThat(of(new ServiceBuilder().annotation(ANNOTATION, "192.0.2.0/24"))
                        .cidrs())
                .containsExactly("192.0.2.0/24");
        assertThat(of(new ServiceBuilder()
                                .annotation(ANNOTATION, "192.0.2.0/24")
                                .sourceRanges("198.51.100.0/24"))
                        .cidrs())
                .containsExactly("198.51.100.0/24");
    }

    @Test
    void onlyTheFamilyOfTheVip() {
        assertThat(of(new ServiceBuilder().sourceRanges("2001:db8::/32", "192.0.2.0/24"))
                        .cidrs())
                .containsExactly("192.0.2.0/24");
    }

    @Test
    void rangesThatLeaveNobodyAreAProblemAndNeverAnEmptyList() {
        SourceRanges ranges = of(new ServiceBuilder().sourceRanges("2001:db8::/32"));
        assertThat(ranges.cidrs()).isEmpty();
        assertThat(ranges.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("2001:db8::/32", "IPv4", "0.0.0.0/0"));
    }

    @Test
    void everyMalformedOneIsNamed() {
        assertThat(of(new ServiceBuilder().sourceRanges("192.0.2.0/33", "10.0.0.0/8", "lan"))
                        .problems())
                .hasSize(2)
                .satisfiesExactly(
                        first -> assertThat(first.message()).contains("spec.loadBalancerSourceRanges", "192.0.2.0/33"),
                        second -> assertThat(second.message()).contains("\"lan\""));
    }
}
