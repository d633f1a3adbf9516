package io.octavialb.reconcile;

import static io.octavialb.cloud.Clusters.CLUSTER;
import static io.octavialb.cloud.Clusters.CONFIG;
import static io.octavialb.cloud.Clusters.NODES;
import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.cloud.MemoryCloud;
import io.octavialb.cloud.ServiceBuilder;
import io.octavialb.config.ServiceOptions;
import io.octavialb.model.OctaviaVersion;
import io.octavialb.model.Outcome;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.observed.FloatingIp;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A floating IP was reserved for an address that the Service asked for, and the controller died before it was attached. */
class ReservedFloatingIpTest {
    private static final String FIRST = "203.0.113.50";
    private static final String SECOND = "203.0.113.60";

    private final MemoryCloud cloud = new MemoryCloud(new OctaviaVersion(2, 30));
    private Service web;

    @BeforeEach
    void dieBeforeItIsAttached() {
        Service asked = new ServiceBuilder().build();
        web = cloud.recorded(asked, (Outcome.Converged) ensure(asked));
        cloud.dyingReconciliation(CONFIG, CLUSTER).ensure(asking(FIRST).build(), NODES);
        assertThat(addresses()).contains(FIRST).hasSize(2);
    }

    private Outcome ensure(Service service) {
        return cloud.converge(cloud.reconciliation(CONFIG, CLUSTER), service, NODES);
    }

    private ServiceBuilder asking(String address) {
        ServiceBuilder asking = new ServiceBuilder();
        web.annotations().forEach(asking::annotation);
        web.ingress().forEach(ingress -> asking.statusIp(String.valueOf(ingress.ip())));
        return address.isEmpty() ? asking : asking.loadBalancerIp(address);
    }

    private List<String> addresses() {
        return cloud.neutron().floatingIps().stream()
                .map(FloatingIp::floatingIpAddress)
                .toList();
    }

    @Test
    void itIsAttachedWhenItIsStillAskedFor() {
        assertThat(ensure(asking(FIRST).build())).isInstanceOf(Outcome.Converged.class);
        assertThat(addresses()).containsExactly(FIRST);
    }

    @Test
    void itIsDeletedWhenAnotherIsAskedForBeforeItWasAttached() {
        assertThat(ensure(asking(SECOND).build())).isInstanceOf(Outcome.Converged.class);
        assertThat(addresses()).containsExactly(SECOND);
    }

    @Test
    void itIsLeftToItsUserWhenFloatingIpsAreKept() {
        assertThat(ensure(asking(SECOND).annotation("keep-floatingip", "true").build()))
                .isInstanceOf(Outcome.Converged.class);
        assertThat(addresses()).contains(FIRST, SECOND);
        assertThat(cloud.neutron().floatingIpsWithAddress(FIRST))
                .allSatisfy(kept -> assertThat(kept.description()).doesNotContain(CLUSTER.mark()));
    }

    @Test
    void whatAPersonReservedStays() {
        cloud.neutron().put(new FloatingIp("fip-bob", "net-public", "203.0.113.70", null, "Bob's"));
        cloud.neutron()
                .put(new FloatingIp(
                        "fip-api",
                        "net-public",
                        "203.0.113.71",
                        null,
                        "Floating IP for Kubernetes external service default/api from cluster kubernetes "
                                + CLUSTER.mark()));
        assertThat(ensure(asking(SECOND).build())).isInstanceOf(Outcome.Converged.class);
        assertThat(addresses()).containsExactlyInAnyOrder(SECOND, "203.0.113.70", "203.0.113.71");
    }

    @Test
    void itGoesWithTheServiceWhenNoAddressIsAskedForAnyMore() {
        Service again = asking("").build();
        assertThat(ensure(again)).isInstanceOf(Outcome.Converged.class);
        assertThat(again.annotations()).doesNotContainEntry(ServiceOptions.LOAD_BALANCER_ADDRESS_KEY, FIRST);
        assertThat(cloud.release(cloud.reconciliation(CONFIG, CLUSTER), again)).isEqualTo(new Outcome.Released());
        assertThat(addresses()).isEmpty();
    }
}
