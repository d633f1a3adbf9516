package io.octavialb.it;

import static io.octavialb.it.Cluster.port;
import static io.octavialb.it.LabCluster.PATIENCE;
import static io.octavialb.it.LabCluster.eventually;
import static io.octavialb.it.LabCluster.withoutWatch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.octavialb.lab.CountingProxy;
import io.octavialb.lab.Lab;
import io.octavialb.lab.RecordedCalls;
import io.octavialb.model.Changes;
import io.octavialb.model.Changes.Change;
import io.octavialb.model.ListenerKey;
import io.octavialb.model.observed.FloatingIp;
import io.octavialb.model.observed.Listener;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.model.observed.LoadBalancerTree;
import io.octavialb.model.observed.LoadBalancerTree.PoolTree;
import io.octavialb.model.observed.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The life of a Service on a real Octavia and Neutron, with the requests that each change of it costs. */
@Tag(Lab.TAG)
class LabServiceTest {
    private static final Map<String, String> NONE = Map.of();
    private static final String INTERNAL = "service.beta.kubernetes.io/openstack-internal-load-balancer";

    private LabCluster lab;
    private Cluster kubernetes;
    private CountingProxy proxy;

    @BeforeEach
    void start() {
        lab = new LabCluster("create-monitor = true\n");
        kubernetes = lab.kubernetes();
        proxy = lab.proxy();
    }

    @AfterEach
    void stop() {
        lab.close();
    }

    @Test
    void oneTcpPortFromCreationToDeletion() {
        CountingProxy.Mark before = proxy.mark();
        kubernetes.create("web", NONE, port("TCP", 80));
        String address = lab.awaitAddress("web");
        RecordedCalls creation = settledCalls(before);
        assertThat(creation.mutations().count()).as("mutations %s", creation).isEqualTo(2);
        assertThat(creation.reads().count()).as("reads %s", creation).isLessThanOrEqualTo(4);

        LoadBalancerTree tree = lab.tree("web");
        assertThat(tree.loadBalancer().provisioningStatus()).isEqualTo("ACTIVE");
        int nodePort = kubernetes.nodePort("web");
        assertThat(memberAddresses(tree)).containsExactly("10.6.0.11:" + nodePort, "10.6.0.12:" + nodePort);
        assertThat(tree.pools())
                .allSatisfy(pool -> assertThat(pool.healthMonitor()).isNotNull());
        String port = Objects.requireNonNull(tree.loadBalancer().vipPortId());
        assertThat(lab.cloud().neutron().floatingIpsOn(port))
                .extracting(FloatingIp::floatingIpAddress)
                .containsExactly(address);
        assertThat(kubernetes.eventReasons("web")).contains("EnsuringLoadBalancer", "EnsuredLoadBalancer");
        assertThat(kubernetes.service("web").getMetadata().getFinalizers())
                .containsExactly("service.kubernetes.io/load-balancer-cleanup");
        assertThat(kubernetes.annotation("web", "loadbalancer.openstack.org/load-balancer-address"))
                .isEqualTo(address);

        CountingProxy.Mark beforeDeletion = proxy.mark();
        kubernetes.delete("web");
        eventually().until(() -> !kubernetes.exists("web"));
        RecordedCalls deletion = proxy.since(beforeDeletion);
        assertThat(deletion.mutations().count()).as("mutations %s", deletion).isLessThanOrEqualTo(2);
        assertThat(lab.cloud().octavia().loadBalancer(tree.loadBalancer().id())).isEmpty();
        assertThat(lab.cloud().neutron().floatingIpsWithAddress(address)).isEmpty();
        assertThat(lab.cloud().neutron().floatingIpsOn(port)).isEmpty();
        assertThat(lab.cloud()
                        .neutron()
                        .portsWithAddress(String.valueOf(tree.loadBalancer().vipAddress())))
                .isEmpty();
    }

    @Test
    void fiveMixedPortsCostAsMuchAsOneAndAreChangedOneByOne() {
        CountingProxy.Mark before = proxy.mark();
        kubernetes.create(
                "mixed", NONE, port("TCP", 80), port("TCP", 443), port("UDP", 53), port("TCP", 53), port("SCTP", 3868));
        lab.awaitAddress("mixed");
        RecordedCalls creation = settledCalls(before);
        assertThat(creation.mutations().count()).as("mutations %s", creation).isEqualTo(2);
        assertThat(creation.reads().count()).as("reads %s", creation).isLessThanOrEqualTo(4);
        assertThat(listenerKeys("mixed")).hasSize(5);

        CountingProxy.Mark beforeReordering = proxy.mark();
        ports("mixed", reversed(kubernetes.service("mixed").getSpec().getPorts()));
        awaitPassSince(beforeReordering);
        assertThat(settledCalls(beforeReordering).mutations().count()).isZero();

        ports("mixed", List.of(port("TCP", 80), port("TCP", 8443), port("UDP", 53)));
        eventually()
                .untilAsserted(() -> assertThat(listenerKeys("mixed"))
                        .containsExactlyInAnyOrder(
                                new ListenerKey("TCP", 80), new ListenerKey("TCP", 8443), new ListenerKey("UDP", 53)));
        eventually()
                .untilAsserted(() -> assertThat(lab.tree("mixed").pools())
                        .hasSize(3)
                        .allSatisfy(pool -> assertThat(pool.members()).hasSize(2)));
    }

    @Test
    void anUnchangedServiceIsReadOnlyAndDriftIsRepaired() {
        kubernetes.create("steady", NONE, port("TCP", 80), port("UDP", 80));
        lab.awaitAddress("steady");
        CountingProxy.Mark before = proxy.mark();
        lab.wake("steady");
        awaitPassSince(before);
        RecordedCalls unchanged = settledCalls(before);
        assertThat(unchanged.mutations().count()).as("mutations %s", unchanged).isZero();
        assertThat(unchanged.reads().count()).as("reads %s", unchanged).isLessThanOrEqualTo(5 + 2);

        LoadBalancerTree tree = lab.tree("steady");
        PoolTree pool = tree.pools().getFirst();
        Member member = pool.members().getFirst();
        lab.cloud()
                .octavia()
                .updateMember(pool.id(), member.id(), new Changes(List.of(new Change("weight", member.weight(), 7))));
        eventually().until(() -> lab.active("steady"));
        repaired(() -> assertThat(lab.cloud().octavia().members(pool.id()))
                .extracting(Member::weight)
                .containsOnly(1));

        Listener listener = tree.listeners().getFirst();
        eventually().until(() -> lab.active("steady"));
        lab.cloud().octavia().deleteListener(listener.id());
        eventually().until(() -> lab.active("steady"));
        repaired(() -> assertThat(listenerKeys("steady")).contains(listener.key()));
    }

    /** A pass that ends what an earlier one began plans from the answers of that one; the next one reads. */
    private void repaired(ThrowingRunnable check) {
        eventually().pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            lab.wake("steady");
            check.run();
        });
    }

    @Test
    void aNodeCostsOneRequestPerPool() {
        kubernetes.create("nodes", NONE, port("TCP", 80), port("TCP", 81));
        lab.awaitAddress("nodes");
        settledCalls(proxy.mark());
        CountingProxy.Mark before = proxy.mark();
        kubernetes.node(3);
        eventually()
                .untilAsserted(() -> assertThat(lab.tree("nodes").pools())
                        .allSatisfy(pool -> assertThat(pool.members()).hasSize(3)));
        RecordedCalls joined = settledCalls(before);
        assertThat(joined.mutations().count()).as("mutations %s", joined).isEqualTo(2);
        assertThat(joined.count("PUT")).isEqualTo(2);

        kubernetes.removeNode(3);
        eventually()
                .untilAsserted(() -> assertThat(memberAddresses(lab.tree("nodes")))
                        .noneMatch(address -> address.startsWith("10.6.0.13")));
    }

    @Test
    void internalAndExternalAndBack() {
        kubernetes.create("turn", NONE, port("TCP", 80));
        String address = lab.awaitAddress("turn");
        String vip = String.valueOf(lab.tree("turn").loadBalancer().vipAddress());
        assertThat(address).isNotEqualTo(vip);
        kubernetes.edit("turn", service -> annotated(service, INTERNAL, "true"));
        eventually().until(() -> kubernetes.address("turn").equals(vip));
        assertThat(lab.cloud().neutron().floatingIpsWithAddress(address)).isEmpty();
        kubernetes.edit("turn", service -> annotated(service, INTERNAL, "false"));
        eventually().until(() -> !kubernetes.address("turn").equals(vip));
        assertThat(lab.cloud().neutron().floatingIpsWithAddress(kubernetes.address("turn")))
                .hasSize(1);
    }

    @Test
    void aRestartInTheMiddleOfACreationMakesNoSecondLoadBalancer() {
        kubernetes.create("restarted", NONE, port("TCP", 80));
        eventually().until(() -> proxy.calls().count("POST") > 0);
        lab.restart();
        lab.awaitAddress("restarted");
        LoadBalancer loadBalancer = lab.tree("restarted").loadBalancer();
        assertThat(lab.cloud().octavia().loadBalancersNamed(loadBalancer.name()))
                .hasSize(1);
    }

    @Test
    void twentyServicesAtOnce() {
        List<String> names =
                IntStream.rangeClosed(1, 20).mapToObj(i -> "many-" + i).toList();
        CountingProxy.Mark before = proxy.mark();
        names.forEach(name -> kubernetes.create(name, NONE, port("TCP", 80)));
        names.forEach(lab::awaitAddress);
        RecordedCalls creation = settledCalls(before);
        assertThat(creation.mutations().count()).as("mutations %s", creation).isEqualTo(2 * 20);
        assertThat(names.stream().map(kubernetes::address).distinct().count()).isEqualTo(20);
    }

    @Test
    void whatAUserGotWrongIsOneWarningAndNothingInTheCloud() {
        CountingProxy.Mark before = proxy.mark();
        kubernetes.create("wrong", Map.of("loadbalancer.openstack.org/class", "gold"), port("TCP", 80));
        eventually()
                .untilAsserted(() -> assertThat(kubernetes.events("wrong")).anySatisfy(event -> {
                    assertThat(event.getType()).isEqualTo("Warning");
                    assertThat(event.getMessage()).contains("loadbalancer.openstack.org/class", "gold");
                }));
        kubernetes.create("right", NONE, port("TCP", 80));
        lab.awaitAddress("right");
        assertThat(settledCalls(before).mutations().count()).isEqualTo(2);
        kubernetes.edit(
                "wrong",
                service -> service.editMetadata()
                        .removeFromAnnotations("loadbalancer.openstack.org/class")
                        .endMetadata());
        lab.awaitAddress("wrong");
    }

    /** The requests since then, once the controller has been quiet for longer than its watch or a debounce takes. */
    private RecordedCalls settledCalls(CountingProxy.Mark since) {
        await().during(Duration.ofSeconds(2))
                .atMost(PATIENCE)
                .until(() -> proxy.since(since).count(), new Unchanging());
        return withoutWatch(proxy.since(since));
    }

    private void awaitPassSince(CountingProxy.Mark mark) {
        eventually().until(() -> withoutWatch(proxy.since(mark)).reads().count() > 0);
    }

    private List<ListenerKey> listenerKeys(String service) {
        return lab.cloud().octavia().listeners(lab.loadBalancerId(service)).stream()
                .map(Listener::key)
                .toList();
    }

    private static List<String> memberAddresses(LoadBalancerTree tree) {
        return tree.pools().stream()
                .flatMap(pool -> pool.members().stream())
                .map(member -> member.address() + ":" + member.protocolPort())
                .sorted()
                .toList();
    }

    private void ports(String service, List<ServicePort> ports) {
        kubernetes.edit(service, builder -> builder.editSpec().withPorts(ports).endSpec());
    }

    private static List<ServicePort> reversed(List<ServicePort> ports) {
        List<ServicePort> copy = new ArrayList<>(ports);
        Collections.reverse(copy);
        return copy;
    }

    private static ServiceBuilder annotated(ServiceBuilder service, String key, String value) {
        return service.editMetadata().addToAnnotations(key, value).endMetadata();
    }
}
