package io.octavialb.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.octavialb.config.Credentials;
import io.octavialb.config.EndpointType;
import io.octavialb.config.Secret;
import io.octavialb.lab.Lab;
import io.octavialb.model.Changes;
import io.octavialb.model.Changes.Change;
import io.octavialb.model.OctaviaVersion;
import io.octavialb.model.desired.DesiredHealthMonitor;
import io.octavialb.model.desired.DesiredListener;
import io.octavialb.model.desired.DesiredLoadBalancer;
import io.octavialb.model.desired.DesiredMember;
import io.octavialb.model.desired.DesiredPool;
import io.octavialb.model.observed.FloatingIp;
import io.octavialb.model.observed.Listener;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.model.observed.LoadBalancerTree;
import io.octavialb.model.observed.Member;
import io.octavialb.model.observed.Pool;
import io.octavialb.openstack.transport.TlsSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every request that changes something, and every one that reads it back, on a real Octavia and Neutron. */
@Tag(Lab.TAG)
class LabOctaviaTest {
    private final Lab lab = Lab.load();
    private final OpenStack cloud = open();
    private final Octavia octavia = cloud.octavia();
    private final Neutron neutron = cloud.neutron();
    private LoadBalancerTree tree;

    private OpenStack open() {
        Lab.ApplicationCredential credential = lab.applicationCredential();
        return OpenStack.open(
                new OpenStackSettings(
                        lab.authUrl().toString(),
                        lab.region(),
                        EndpointType.PUBLIC,
                        new Credentials.ApplicationCredential(
                                credential.id(), null, null, new Secret(credential.secret())),
                        TlsSettings.DEFAULT,
                        Duration.ofSeconds(60)),
                InstantSource.system(),
                RequestObserver.NOBODY);
    }

    @BeforeEach
    void create() {
        tree = octavia.createLoadBalancer(desired());
    }

    @AfterEach
    void delete() {
        active();
        octavia.deleteLoadBalancer(tree.loadBalancer().id(), true);
        cloud.close();
    }

    private DesiredLoadBalancer desired() {
        return new DesiredLoadBalancer(
                "lab-octavia-test",
                "made by a test",
                null,
                lab.subnet("private-subnet"),
                null,
                null,
                null,
                null,
                null,
                List.of("lab-octavia-test"),
                List.of(listener("TCP", 80, monitor("TCP")), listener("UDP", 80, null)));
    }

    private DesiredListener listener(
            String protocol, int port, @org.jspecify.annotations.Nullable DesiredHealthMonitor monitor) {
        return new DesiredListener(
                "listener-" + protocol,
                protocol,
                port,
                -1,
                50000,
                5000,
                50000,
                0,
                List.of("10.0.0.0/8"),
                null,
                null,
                List.of("lab-octavia-test"),
                new DesiredPool(
                        "pool-" + protocol,
                        protocol,
                        "ROUND_ROBIN",
                        null,
                        List.of(member("10.6.0.11")),
                        monitor,
                        null));
    }

    private DesiredMember member(String address) {
        return DesiredMember.serving("node", address, 30080, lab.subnet("private-subnet"), null);
    }

    private static DesiredHealthMonitor monitor(String type) {
        return new DesiredHealthMonitor("monitor", type, 5, 3, 1, 3, null, null, null, List.of("lab-octavia-test"));
    }

    private LoadBalancer active() {
        String id = tree.loadBalancer().id();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> octavia.provisioningStatuses().get(id), "ACTIVE"::equals);
        return octavia.loadBalancer(id).orElseThrow();
    }

    @Test
    void whatIsCreatedIsReadBack() {
        assertThat(octavia.version().has(OctaviaVersion.VIP_ACL)).isTrue();
        assertThat(tree.listeners()).extracting(Listener::protocol).containsExactlyInAnyOrder("TCP", "UDP");
        LoadBalancer read = active();
        assertThat(octavia.loadBalancersNamed("lab-octavia-test")).contains(read);
        assertThat(octavia.listeners(read.id()))
                .extracting(Listener::id)
                .containsExactlyInAnyOrderElementsOf(
                        tree.listeners().stream().map(Listener::id).toList());
        List<Pool> pools = octavia.pools(read.id());
        assertThat(pools).hasSize(2);
        Pool monitored = pools.stream()
                .filter(pool -> pool.healthmonitorId() != null)
                .findFirst()
                .orElseThrow();
        assertThat(octavia.members(monitored.id())).extracting(Member::address).containsExactly("10.6.0.11");
        assertThat(octavia.healthMonitor(String.valueOf(monitored.healthmonitorId())))
                .hasValue(octavia.healthMonitorsTagged("lab-octavia-test").getFirst());
        assertThat(octavia.loadBalancer("not-there")).isEmpty();
    }

    @Test
    void childrenAreChangedOneByOne() {
        String id = active().id();
        Pool pool = octavia.createPool(id, listener("TCP", 81, monitor("TCP")).defaultPool());
        active();
        octavia.replaceMembers(pool.id(), List.of(member("10.6.0.12"), member("10.6.0.13")));
        active();
        assertThat(octavia.members(pool.id()))
                .extracting(Member::address)
                .containsExactlyInAnyOrder("10.6.0.12", "10.6.0.13");
        var monitor = octavia.createHealthMonitor(pool.id(), monitor("TCP"));
        active();
        Listener listener = octavia.createListener(id, listener("TCP", 81, null), pool.id());
        assertThat(listener.defaultPoolId()).isEqualTo(pool.id());
        active();
        Listener changed =
                octavia.updateListener(listener.id(), new Changes(List.of(new Change("connection_limit", -1, 100))));
        assertThat(changed.connectionLimit()).isEqualTo(100);
        active();
        octavia.deleteHealthMonitor(monitor.id());
        active();
        octavia.deleteListener(listener.id());
        active();
        octavia.deletePool(pool.id());
        active();
        octavia.deletePool(pool.id());
    }

    @Test
    void floatingIpIsBoundWhilePending() {
        String port = String.valueOf(tree.loadBalancer().vipPortId());
        FloatingIp created =
                neutron.createFloatingIp(lab.network("public"), lab.subnet("public-subnet-2"), null, port, "by a test");
        assertThat(created.floatingIpAddress()).startsWith("198.51.100.");
        assertThat(neutron.floatingIpsOn(port)).containsExactly(created);
        assertThat(neutron.bindFloatingIp(created.id(), null).portId()).isNull();
        assertThat(neutron.floatingIpsWithAddress(created.floatingIpAddress())).hasSize(1);
        neutron.deleteFloatingIp(created.id());
        neutron.deleteFloatingIp(created.id());
        assertThat(neutron.floatingIpsWithAddress(created.floatingIpAddress())).isEmpty();
        assertThat(neutron.externalNetworks()).hasSize(2);
        assertThat(neutron.portsWithAddress("10.6.0.11")).hasSize(1);
        assertThat(neutron.subnetsOf(lab.network("public"))).hasSize(2);
    }
}
