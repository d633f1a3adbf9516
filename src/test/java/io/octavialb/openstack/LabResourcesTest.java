package io.octavialb.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.octavialb.lab.Lab;
import io.octavialb.model.Changes;
import io.octavialb.model.Changes.Change;
import io.octavialb.model.desired.DesiredHealthMonitor;
import io.octavialb.model.desired.DesiredListener;
import io.octavialb.model.desired.DesiredLoadBalancer;
import io.octavialb.model.desired.DesiredMember;
import io.octavialb.model.observed.FloatingIp;
import io.octavialb.model.observed.Listener;
import io.octavialb.model.observed.LoadBalancerTree;
import io.octavialb.model.observed.LoadBalancerTree.PoolTree;
import io.octavialb.model.observed.Member;
import io.octavialb.openstack.CloudException.Kind;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every resource through its life, on the real Octavia and Neutron. */
@Tag(Lab.TAG)
class LabResourcesTest {
    private final Lab lab = Lab.load();
    private final OpenStack cloud = OpenStack.open(
            Globals.plain(
                    lab.authUrl().toString(),
                    Globals.applicationCredential(
                            lab.applicationCredential().id(),
                            lab.applicationCredential().secret())),
            Duration.ofSeconds(60),
            attempt -> {},
            InstantSource.system());
    private final Octavia octavia = cloud.octavia();
    private final Neutron neutron = cloud.neutron();

    /** A space, characters with a meaning in URLs, and some beyond ASCII. */
    private final String name = "client-test " + UUID.randomUUID() + " a&b=c/d,e+ü€#?%";

    private final DesiredSamples samples = new DesiredSamples(lab, name);

    @AfterEach
    void deleteWhatWasCreated() {
        octavia.loadBalancersNamed(name).forEach(left -> {
            neutron.floatingIpsOn(Objects.requireNonNull(left.vipPortId()))
                    .forEach(floatingIp -> neutron.deleteFloatingIp(floatingIp.id()));
            settled(left.id());
            octavia.deleteLoadBalancer(left.id(), true);
        });
        cloud.close();
    }

    @Test
    void aPopulatedLoadBalancerThroughItsLife() {
        LoadBalancerTree created = octavia.createLoadBalancer(samples.populated());
        String id = created.loadBalancer().id();
        assertThat(created.loadBalancer().provisioningStatus()).isEqualTo("PENDING_CREATE");
        assertThat(created.listeners()).extracting(Listener::protocol).containsExactlyInAnyOrder("TCP", "UDP");
        assertThat(created.pools())
                .hasSize(2)
                .allSatisfy(pool -> assertThat(pool.members()).hasSize(2));
        assertThat(created.pools().stream().map(PoolTree::healthMonitor).filter(Objects::nonNull))
                .hasSize(1);
        for (Listener listener : created.listeners()) {
            assertThat(created.pool(listener.defaultPoolId()))
                    .as(listener.name())
                    .isNotNull();
        }

        assertThatThrownBy(() -> octavia.updateLoadBalancer(id, changes("description", "too early")))
                .isInstanceOfSatisfying(CloudException.class, e -> {
                    assertThat(e.fault().kind()).isEqualTo(Kind.CONFLICT);
                    assertThat(e.fault().text()).contains("PENDING_CREATE");
                    assertThat(e.fault().requestId()).startsWith("req-");
                });
        settled(id);
        assertThat(octavia.provisioningStatuses()).containsEntry(id, "ACTIVE");
        assertThat(octavia.loadBalancersNamed(name)).singleElement().satisfies(found -> {
            assertThat(found.id()).isEqualTo(id);
            assertThat(found.tags()).containsExactlyInAnyOrder("test", "täg&=");
        });
        assertThat(octavia.loadBalancer(id).orElseThrow().vipSubnetId()).isEqualTo(lab.subnet("private-subnet"));
        assertThat(octavia.listeners(id)).hasSize(2);
        assertThat(octavia.pools(id)).hasSize(2);
        DesiredHealthMonitor monitor = Objects.requireNonNull(samples.tcp().healthmonitor());
        var monitors = octavia.healthMonitorsTagged(name.replace(',', ';'));
        assertThat(monitors).singleElement().satisfies(found -> {
            assertThat(found.delay()).isEqualTo(monitor.delay());
            assertThat(octavia.healthMonitor(found.id())).contains(found);
        });

        membersAreReplaced(id, created);
        listenersChange(id, created);
        poolsComeAndGo(id);
        singleMembersAndMonitors(id);

        octavia.updateLoadBalancer(id, changes("description", "changed"));
        settled(id);
        assertThat(octavia.loadBalancer(id).orElseThrow().description()).isEqualTo("changed");
        floatingIps(created);

        octavia.deleteLoadBalancer(id, true);
        await().until(() -> octavia.loadBalancer(id).isEmpty());
        octavia.deleteLoadBalancer(id, true);
    }

    private void membersAreReplaced(String id, LoadBalancerTree tree) {
        String pool = tree.pools().getFirst().id();
        DesiredMember moved = new DesiredMember("node-1", "10.6.0.11", 30999, null, 7, true, true, "10.6.0.12", 31000);
        octavia.replaceMembers(pool, List.of(moved, DesiredSamples.member("node-3", "10.6.0.13", 30999)));
        settled(id);
        List<Member> members = octavia.members(pool);
        assertThat(members).extracting(Member::address).containsExactlyInAnyOrder("10.6.0.11", "10.6.0.13");
        Member first = members.stream()
                .filter(member -> member.address().equals("10.6.0.11"))
                .findFirst()
                .orElseThrow();
        assertThat(first.weight()).isEqualTo(7);
        assertThat(first.backup()).isTrue();
        assertThat(first.monitorPort()).isEqualTo(31000);

        octavia.replaceMembers(pool, List.of(DesiredSamples.member("node-1", "10.6.0.11", 30999)));
        settled(id);
        assertThat(octavia.members(pool)).singleElement().satisfies(left -> {
            assertThat(left.id()).isEqualTo(first.id());
            assertThat(left.weight()).isEqualTo(1);
            assertThat(left.backup()).isFalse();
            assertThat(left.monitorPort()).isNull();
            assertThat(left.monitorAddress()).isNull();
        });
        octavia.replaceMembers(pool, List.of());
        settled(id);
        assertThat(octavia.members(pool)).isEmpty();
    }

    private void listenersChange(String id, LoadBalancerTree tree) {
        Listener tcp = tree.listeners().stream()
                .filter(listener -> listener.protocol().equals("TCP"))
                .findFirst()
                .orElseThrow();
        assertThat(tcp.allowedCidrs()).containsExactly("192.0.2.0/24");
        assertThat(tcp.timeoutClientData()).isEqualTo(61_000);
        Listener answered = octavia.updateListener(
                tcp.id(),
                new Changes(List.of(
                        new Change("connection_limit", -1, 12),
                        new Change("allowed_cidrs", null, List.of("198.51.100.0/24")),
                        new Change("timeout_client_data", 61_000, null))));
        assertThat(answered.connectionLimit()).isEqualTo(12);
        settled(id);
        Listener read = octavia.listeners(id).stream()
                .filter(listener -> listener.id().equals(tcp.id()))
                .findFirst()
                .orElseThrow();
        assertThat(read.connectionLimit()).isEqualTo(12);
        assertThat(read.allowedCidrs()).containsExactly("198.51.100.0/24");
        assertThat(read.timeoutClientData()).isEqualTo(50_000);
    }

    private void poolsComeAndGo(String id) {
        var pool = octavia.createPool(id, samples.tcp());
        assertThat(pool.listeners()).isEmpty();
        settled(id);
        assertThat(octavia.members(pool.id())).isEmpty();
        DesiredListener desired = DesiredSamples.listener("third", "TCP", 8443, samples.tcp());
        Listener third = octavia.createListener(id, desired, pool.id());
        assertThat(third.defaultPoolId()).isEqualTo(pool.id());
        settled(id);
        assertThat(octavia.updatePool(pool.id(), changes("lb_algorithm", "SOURCE_IP"))
                        .lbAlgorithm())
                .isEqualTo("SOURCE_IP");
        settled(id);
        octavia.deleteListener(third.id());
        settled(id);
        octavia.deletePool(pool.id());
        settled(id);
        octavia.deletePool(pool.id());
        octavia.deleteListener(third.id());
        assertThat(octavia.pools(id)).hasSize(2);
        assertThatThrownBy(() -> octavia.members(pool.id()))
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.fault().kind()).isEqualTo(Kind.NOT_FOUND));
    }

    private void singleMembersAndMonitors(String id) {
        var pool = octavia.createPool(id, samples.tcp());
        settled(id);
        Member member = octavia.createMember(pool.id(), DesiredSamples.member("node-2", "10.6.0.12", 30080));
        settled(id);
        assertThat(octavia.updateMember(pool.id(), member.id(), changes("weight", 3))
                        .weight())
                .isEqualTo(3);
        settled(id);
        var monitor = octavia.createHealthMonitor(
                pool.id(), Objects.requireNonNull(samples.tcp().healthmonitor()));
        settled(id);
        assertThat(octavia.updateHealthMonitor(monitor.id(), changes("delay", 11))
                        .delay())
                .isEqualTo(11);
        settled(id);
        octavia.deleteHealthMonitor(monitor.id());
        settled(id);
        assertThat(octavia.healthMonitor(monitor.id())).isEmpty();
        octavia.deleteMember(pool.id(), member.id());
        settled(id);
        octavia.deleteMember(pool.id(), member.id());
        octavia.deletePool(pool.id());
        settled(id);
    }

    private void floatingIps(LoadBalancerTree tree) {
        String port = Objects.requireNonNull(tree.loadBalancer().vipPortId());
        assertThat(neutron.portsWithAddress(
                        Objects.requireNonNull(tree.loadBalancer().vipAddress())))
                .extracting("id")
                .contains(port);
        assertThat(neutron.floatingIpsOn(port)).isEmpty();
        var created = neutron.createFloatingIp(lab.network("public"), lab.subnet("public-subnet-2"), null, port, name);
        assertThat(created.portId()).isEqualTo(port);
        assertThat(created.floatingIpAddress()).startsWith("198.51.100.");
        assertThat(created.description()).isEqualTo(name);
        assertThat(neutron.floatingIpsOn(port)).containsExactly(created);
        assertThat(neutron.detachFloatingIp(created.id(), "kept"))
                .satisfies(kept -> assertThat(kept.portId()).isNull())
                .extracting(FloatingIp::description)
                .isEqualTo("kept");
        assertThat(neutron.floatingIpsWithAddress(created.floatingIpAddress()))
                .singleElement()
                .satisfies(found -> assertThat(found.portId()).isNull());
        assertThat(neutron.bindFloatingIp(created.id(), port).portId()).isEqualTo(port);
        neutron.deleteFloatingIp(created.id());
        neutron.deleteFloatingIp(created.id());
        assertThat(neutron.floatingIpsOn(port)).isEmpty();
    }

    @Test
    void aLoadBalancerWithoutListeners() {
        LoadBalancerTree created =
                octavia.createLoadBalancer(samples.populated().withoutListeners());
        assertThat(created.listeners()).isEmpty();
        assertThat(created.pools()).isEmpty();
        settled(created.loadBalancer().id());
    }

    @Test
    void refusalsCarryTheWordsOfTheApi() {
        DesiredLoadBalancer desired = samples.populated();
        var unknownSubnet = new DesiredLoadBalancer(
                name,
                "",
                null,
                UUID.randomUUID().toString(),
                null,
                null,
                null,
                List.of(),
                null,
                null,
                null,
                desired.listeners());
        assertThatThrownBy(() -> octavia.createLoadBalancer(unknownSubnet))
                .isInstanceOfSatisfying(CloudException.class, e -> {
                    assertThat(e.fault().kind()).isEqualTo(Kind.BAD_REQUEST);
                    assertThat(e.fault().text()).contains("Subnet").contains("not found");
                    assertThat(e.fault().ambiguous()).isFalse();
                });
        assertThatThrownBy(() -> neutron.createFloatingIp(
                        UUID.randomUUID().toString(),
                        null,
                        null,
                        UUID.randomUUID().toString(),
                        name))
                .isInstanceOfSatisfying(CloudException.class, e -> {
                    assertThat(e.fault().status()).isEqualTo(404);
                    assertThat(e.fault().text()).contains("could not be found");
                    assertThat(e.fault().requestId()).startsWith("req-");
                });
    }

    @Test
    void subnetsAndNetworks() {
        var subnet = neutron.subnet(lab.subnet("private-subnet-v6")).orElseThrow();
        assertThat(subnet.ipVersion()).isEqualTo(6);
        assertThat(neutron.subnet("no/such subnet")).isEmpty();
        assertThat(neutron.subnetsOf(lab.network("public")))
                .extracting("name")
                .containsExactlyInAnyOrder("public-subnet", "public-subnet-2");
        assertThat(neutron.portsWithAddress("10.6.0.11")).extracting("id").contains(lab.port("node-1"));
    }

    private void settled(String id) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> octavia.loadBalancer(id).orElseThrow().active());
    }

    private static Changes changes(String field, @Nullable Object value) {
        return new Changes(List.of(new Change(field, null, value)));
    }
}
