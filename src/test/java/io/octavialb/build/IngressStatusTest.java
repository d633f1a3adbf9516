package io.octavialb.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.cloud.Clusters;
import io.octavialb.cloud.ServiceBuilder;
import io.octavialb.config.CloudConfig;
import io.octavialb.config.LoadBalancerSettings;
import io.octavialb.config.ServiceOptions;
import io.octavialb.model.kubernetes.Ingress;
import java.util.List;
import org.junit.jupiter.api.Test;

class IngressStatusTest {
    private static final CloudConfig WITH_HOST_NAMES = Clusters.config("enable-ingress-hostname = true\n");

    private static List<Ingress> of(CloudConfig config, boolean proxied, ServiceBuilder service) {
        LoadBalancerSettings settings = LoadBalancerSettings.resolve(config, ServiceOptions.parse(service.build()))
                .settings();
        return IngressStatus.of(settings, proxied, List.of("203.0.113.9"));
    }

    @Test
    void addressWithItsMode() {
        assertThat(of(Clusters.CONFIG, false, new ServiceBuilder()))
                .containsExactly(new Ingress("203.0.113.9", null, "VIP"));
        assertThat(of(Clusters.CONFIG, true, new ServiceBuilder()))
                .containsExactly(new Ingress("203.0.113.9", null, "Proxy"));
        assertThat(of(WITH_HOST_NAMES, false, new ServiceBuilder()))
                .containsExactly(new Ingress("203.0.113.9", null, "VIP"));
    }

    @Test
    void hostNameHidesTheAddress() {
        assertThat(of(WITH_HOST_NAMES, true, new ServiceBuilder()))
                .containsExactly(new Ingress(null, "203.0.113.9.nip.io", null));
        assertThat(of(WITH_HOST_NAMES, true, new ServiceBuilder().annotation("hostname", "web.example.org")))
                .containsExactly(new Ingress(null, "web.example.org", null));
    }
}
