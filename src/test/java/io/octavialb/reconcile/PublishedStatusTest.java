package io.octavialb.reconcile;

import static io.octavialb.cloud.Clusters.CLUSTER;
import static io.octavialb.cloud.Clusters.CONFIG;
import static io.octavialb.cloud.Clusters.NODES;
import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.cloud.MemoryCloud;
import io.octavialb.cloud.ServiceBuilder;
import io.octavialb.model.OctaviaVersion;
import io.octavialb.model.Outcome;
import io.octavialb.model.kubernetes.Ingress;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.kubernetes.ServicePort;
import io.octavialb.model.observed.Listener;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code status.loadBalancer} says is what the load balancer does, and not only what is asked of it. */
class PublishedStatusTest {
    private static final ServicePort HTTP = new ServicePort("http", "TCP", 80, 30080);
    private static final ServicePort DNS = new ServicePort("dns", "UDP", 53, 30053);

    private final MemoryCloud cloud = new MemoryCloud(new OctaviaVersion(2, 30));

    private static ServiceBuilder proxied(String value, ServicePort... ports) {
        return new ServiceBuilder().ports(List.of(ports)).annotation("proxy-protocol", value);
    }

    private List<Ingress> published(Service service) {
        return switch (cloud.converge(cloud.reconciliation(CONFIG, CLUSTER), service, NODES)) {
            case Outcome.Converged converged -> converged.ingress();
            case Outcome.Partial partial -> partial.ingress();
            case Outcome other -> throw new AssertionError(other);
        };
    }

    @Test
    void proxyModeOnlyIfAPortHasTheProxyProtocol() {
        assertThat(published(proxied("v2", DNS).build()))
                .extracting(Ingress::ipMode)
                .as("datagrams have no place for it")
                .containsExactly("VIP");
        assertThat(published(proxied("v2", DNS, HTTP).build()))
                .extracting(Ingress::ipMode)
                .containsExactly("Proxy");
    }

    @Test
    void proxyModeStaysWhileThePortIsHeld() {
        cloud.settled(CONFIG, CLUSTER, proxied("true", HTTP).build(), NODES);
        assertThat(published(proxied("v3", HTTP).build()))
                .extracting(Ingress::ipMode)
                .containsExactly("Proxy");
    }

    @Test
    void anInternalLoadBalancerIsNotExposedByATypo() {
        Service internal = new ServiceBuilder().internal().build();
        List<Ingress> before = published(internal);
        String address = String.valueOf(before.getFirst().ip());
        String key = "service.beta.kubernetes.io/openstack-internal-load-balancer";
        Service typo =
                new ServiceBuilder().annotation(key, "True").statusIp(address).build();
        assertThat(published(typo)).extracting(Ingress::ip).containsExactly(address);
        assertThat(cloud.neutron().floatingIps()).isEmpty();
    }

    @Test
    void aNewServiceWithThatTypoIsExternalAsInTheReference() {
        String key = "service.beta.kubernetes.io/openstack-internal-load-balancer";
        assertThat(published(new ServiceBuilder().annotation(key, "True").build()))
                .extracting(Ingress::ip)
                .containsExactly("203.0.113.101");
    }

    @Test
    void aNewServiceWithAWrongNumberIsServedWithTheDefault() {
        Service service =
                new ServiceBuilder().annotation("connection-limit", "many").build();
        assertThat(published(service)).extracting(Ingress::ip).containsExactly("203.0.113.101");
        String loadBalancer = cloud.octavia().loadBalancers().getFirst().id();
        assertThat(cloud.octavia().listeners(loadBalancer))
                .extracting(Listener::connectionLimit)
                .containsExactly(-1);
    }
}
