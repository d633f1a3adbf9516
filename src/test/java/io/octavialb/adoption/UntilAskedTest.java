package io.octavialb.adoption;

import static io.octavialb.cloud.Clusters.CLUSTER;
import static io.octavialb.cloud.Clusters.CONFIG;
import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.cloud.MemoryCloud;
import io.octavialb.cloud.ServiceBuilder;
import io.octavialb.model.Changes;
import io.octavialb.model.Changes.Change;
import io.octavialb.model.Outcome;
import io.octavialb.model.kubernetes.IpFamily;
import io.octavialb.model.kubernetes.Node;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.kubernetes.ServicePort;
import io.octavialb.model.observed.FloatingIp;
import io.octavialb.model.observed.HealthMonitor;
import io.octavialb.model.observed.Listener;
import io.octavialb.model.observed.LoadBalancerTree;
import io.octavialb.model.observed.Member;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What we do better changes an adopted load balancer only when its Service asks for it. */
class UntilAskedTest {
    private static final List<ServicePort> HTTP_AND_DNS =
            List.of(new ServicePort("http", "TCP", 80, 30080), new ServicePort("dns", "UDP", 53, 30053));

    private static OccmWorld world(UnaryOperator<ServiceBuilder> asks) {
        return new OccmWorld(new AdoptionCase("a", asks, IpFamily.IPv4, "amphora", AdoptionCase.NEWEST, false));
    }

    private static ServiceBuilder served(OccmWorld world) {
        return world.asked().annotation("load-balancer-id", "lb-o").statusIp(OccmWorld.FLOATING_IP);
    }

    private static LoadBalancerTree converged(MemoryCloud cloud, OccmWorld world, Service service) {
        assertThat(cloud.converge(cloud.reconciliation(CONFIG, CLUSTER), service, world.nodes()))
                .isInstanceOf(Outcome.Converged.class);
        return cloud.octavia().tree("lb-o");
    }

    private static HealthMonitor monitor(LoadBalancerTree tree) {
        return Objects.requireNonNull(tree.pools().getFirst().healthMonitor());
    }

    @Test
    void aPersonsDomainNameStaysOnAMonitorOfTheReference() {
        OccmWorld world = world(
                service -> service.annotation("enable-health-monitor", "true").localTraffic(31000));
        MemoryCloud cloud = world.cloud();
        cloud.octavia()
                .updateHealthMonitor(
                        monitor(cloud.octavia().tree("lb-o")).id(),
                        new Changes(List.of(
                                new Change("http_version", null, 1.1),
                                new Change("domain_name", null, "by.hand.example.com"))));
        cloud.octavia().settle();
        cloud.countFromHere();

        LoadBalancerTree adopted = converged(cloud, world, served(world).build());
        assertThat(cloud.mutations()).isEmpty();
        assertThat(monitor(adopted).domainName()).isEqualTo("by.hand.example.com");

        Service asks = served(world)
                .annotation("health-monitor-domain-name", "asked.example.com")
                .build();
        assertThat(monitor(converged(cloud, world, asks)).domainName()).isEqualTo("asked.example.com");
    }

    /** The reference's HTTP listener on a UDP port's number serves nobody; spec.ports asks for the port. */
    @Test
    void aUdpPortIsServedAlthoughTheReferenceMadeItHttp() {
        OccmWorld world = world(service -> service.ports(HTTP_AND_DNS).annotation("x-forwarded-for", "true"));
        MemoryCloud cloud = world.cloud();
        Listener http = cloud.octavia().tree("lb-o").listeners().getFirst();
        assertThat(cloud.octavia().tree("lb-o").listeners())
                .extracting(Listener::protocol)
                .containsExactly("HTTP", "HTTP");

        LoadBalancerTree adopted = converged(cloud, world, served(world).build());
        assertThat(adopted.listeners()).contains(http);
        assertThat(adopted.listeners())
                .extracting(listener -> listener.protocol() + " " + listener.protocolPort())
                .containsExactlyInAnyOrder("HTTP 80", "UDP 53");
        assertThat(adopted.pools()).hasSize(2);
    }

    @Test
    void localTrafficGetsItsMonitorWhenItIsAskedFor() {
        OccmWorld world = world(service -> service.localTraffic(31000));
        MemoryCloud cloud = world.cloud();
        assertThat(converged(cloud, world, served(world).build()).pools())
                .allSatisfy(pool -> assertThat(pool.healthMonitor()).isNull());
        assertThat(cloud.mutations()).isEmpty();
        Service asks = served(world).annotation("enable-health-monitor", "true").build();
        assertThat(monitor(converged(cloud, world, asks)).urlPath()).isEqualTo("/healthz");
    }

    @Test
    void aPersonsForwardedHeadersStay() {
        OccmWorld world = world(service -> service.annotation("x-forwarded-for", "true"));
        MemoryCloud cloud = world.cloud();
        Listener listener = cloud.octavia().tree("lb-o").listeners().getFirst();
        cloud.octavia()
                .updateListener(
                        listener.id(),
                        new Changes(List.of(new Change(
                                "insert_headers",
                                listener.insertHeaders(),
                                Map.of("X-Forwarded-For", "true", "X-Forwarded-Proto", "true")))));
        cloud.octavia().settle();
        cloud.countFromHere();
        LoadBalancerTree adopted = converged(cloud, world, served(world).build());
        assertThat(cloud.mutations()).isEmpty();
        assertThat(adopted.listeners().getFirst().insertHeaders()).containsKey("X-Forwarded-Proto");
    }

    @Test
    void theFloatingIpOfTheReferenceIsReplacedWhenAnotherIsAskedFor() {
        OccmWorld world = world(service -> service);
        MemoryCloud cloud = world.cloud();
        Service asks = served(world).loadBalancerIp("203.0.113.50").build();
        converged(cloud, world, asks);
        assertThat(cloud.neutron().floatingIps())
                .singleElement()
                .satisfies(
                        floatingIp -> assertThat(floatingIp.floatingIpAddress()).isEqualTo("203.0.113.50"));
    }

    @Test
    void aFloatingIpThatAPersonPutThereStays() {
        OccmWorld world = world(service -> service);
        MemoryCloud cloud = world.cloud();
        cloud.neutron()
                .put(new FloatingIp("fip-o", "net-public", OccmWorld.FLOATING_IP, "vip-port-o", "bought by Bob"));
        Service asks = served(world).loadBalancerIp("203.0.113.50").build();
        converged(cloud, world, asks);
        assertThat(cloud.mutations()).isEmpty();
    }

    /** The nodes' first addresses are not in the members' subnet, and nobody moves the members until it is named. */
    @Test
    void membersMoveToTheSubnetThatTheServiceNames() {
        OccmWorld world = world(service -> service);
        MemoryCloud cloud = world.cloud();
        List<Node> nodes = List.of(new Node(
                "node-1",
                Map.of(),
                Set.of(),
                false,
                null,
                List.of(new Node.Address("InternalIP", "192.168.0.11"), new Node.Address("InternalIP", "10.6.0.11"))));
        assertThat(addresses(cloud, nodes, served(world).build())).containsExactly("192.168.0.11");
        Service asks =
                served(world).annotation("member-subnet-id", "sub-private").build();
        assertThat(addresses(cloud, nodes, asks)).containsExactly("10.6.0.11");
    }

    private static List<String> addresses(MemoryCloud cloud, List<Node> nodes, Service service) {
        assertThat(cloud.converge(cloud.reconciliation(CONFIG, CLUSTER), service, nodes))
                .isInstanceOf(Outcome.Converged.class);
        return cloud.octavia().tree("lb-o").pools().getFirst().members().stream()
                .map(Member::address)
                .toList();
    }
}
