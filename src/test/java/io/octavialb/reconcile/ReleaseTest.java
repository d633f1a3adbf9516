package io.octavialb.reconcile;

import static io.octavialb.cloud.Clusters.CLUSTER;
import static io.octavialb.cloud.Clusters.CONFIG;
import static io.octavialb.cloud.Clusters.NODES;
import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.cloud.Clusters;
import io.octavialb.cloud.MemoryCloud;
import io.octavialb.cloud.ServiceBuilder;
import io.octavialb.config.CloudConfig;
import io.octavialb.model.Changes;
import io.octavialb.model.Changes.Change;
import io.octavialb.model.ClusterIdentity;
import io.octavialb.model.OctaviaVersion;
import io.octavialb.model.Outcome;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.kubernetes.ServicePort;
import io.octavialb.model.observed.FloatingIp;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.model.observed.LoadBalancerTree;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A Service that goes takes along what was made for it, and nothing else. */
class ReleaseTest {
    private static final Service WEB = new ServiceBuilder().build();
    private static final List<ServicePort> MAIL_PORT = List.of(new ServicePort("smtp", "TCP", 25, 30025));

    private final MemoryCloud cloud = new MemoryCloud(new OctaviaVersion(2, 30));

    private Service settled(Service service) {
        return settled(CONFIG, CLUSTER, service);
    }

    private Service settled(CloudConfig config, ClusterIdentity cluster, Service service) {
        Outcome outcome = cloud.converge(cloud.reconciliation(config, cluster), service, NODES);
        assertThat(outcome).isInstanceOf(Outcome.Converged.class);
        cloud.countFromHere();
        return cloud.recorded(service, (Outcome.Converged) outcome);
    }

    private Outcome release(CloudConfig config, Service service) {
        return cloud.release(cloud.reconciliation(config, CLUSTER), service);
    }

    private static ServiceBuilder sharing(LoadBalancer loadBalancer) {
        return new ServiceBuilder()
                .named("default", "mail")
                .ports(MAIL_PORT)
                .annotation("load-balancer-id", loadBalancer.id());
    }

    private LoadBalancer loadBalancer() {
        return cloud.octavia().loadBalancers().getFirst();
    }

    private void assertNothingLeft() {
        assertThat(cloud.octavia().loadBalancers()).isEmpty();
        assertThat(cloud.neutron().floatingIps()).isEmpty();
    }

    @Test
    void cascadingTakesTwoRequests() {
        Service web = settled(WEB);
        assertThat(release(CONFIG, web)).isEqualTo(new Outcome.Released());
        assertThat(cloud.mutations()).containsExactlyInAnyOrder("DELETE floatingip", "DELETE loadbalancer");
        assertNothingLeft();
    }

    @Test
    void withoutCascadeOneByOne() {
        Service web = settled(WEB);
        assertThat(release(Clusters.config("cascade-delete = false\n"), web)).isEqualTo(new Outcome.Released());
        assertThat(cloud.mutations())
                .containsExactlyInAnyOrder(
                        "DELETE floatingip", "DELETE listener", "DELETE pool", "DELETE loadbalancer");
        assertNothingLeft();
    }

    @Test
    void foundByMarkWhenTheAnnotationsAreLost() {
        settled(WEB);
        assertThat(release(CONFIG, WEB)).isEqualTo(new Outcome.Released());
        assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "True", "yes", ""})
    void keptFloatingIpIsDetachedAlsoIfTheAnnotationCannotBeRead(String keep) {
        Service web =
                settled(new ServiceBuilder().annotation("keep-floatingip", keep).build());
        assertThat(release(CONFIG, web)).isEqualTo(new Outcome.Released());
        assertThat(cloud.octavia().loadBalancers()).isEmpty();
        assertThat(cloud.neutron().floatingIps())
                .singleElement()
                .satisfies(floatingIp -> assertThat(floatingIp.portId()).isNull())
                .satisfies(ReleaseTest::isItsUsers);
    }

    /** Without our mark it is no orphan. */
    private static void isItsUsers(FloatingIp floatingIp) {
        assertThat(floatingIp.description())
                .isEqualTo("Floating IP for Kubernetes external service default/web from cluster kubernetes");
    }

    @Test
    void floatingIpOfAPersonIsDetached() {
        cloud.neutron().put(new FloatingIp("fip-bob", "net-public", "203.0.113.9", null, "Bob's"));
        Service web = settled(new ServiceBuilder().loadBalancerIp("203.0.113.9").build());
        assertThat(release(CONFIG, web)).isEqualTo(new Outcome.Released());
        assertThat(cloud.neutron().floatingIps())
                .containsExactly(new FloatingIp("fip-bob", "net-public", "203.0.113.9", null, "Bob's"));
    }

    @Test
    void sharedStaysForTheOthers() {
        Service web = settled(WEB);
        settled(sharing(loadBalancer()).build());
        assertThat(release(CONFIG, web)).isEqualTo(new Outcome.Released());
        assertThat(cloud.octavia().listeners(loadBalancer().id()))
                .singleElement()
                .satisfies(listener -> assertThat(listener.protocolPort()).isEqualTo(25));
        assertThat(cloud.octavia().pools(loadBalancer().id())).hasSize(1);
        assertThat(loadBalancer().tags())
                .contains("kube_service_kubernetes_default_mail")
                .doesNotContain("kube_service_kubernetes_default_web");
        assertThat(cloud.neutron().floatingIps())
                .singleElement()
                .satisfies(floatingIp ->
                        assertThat(floatingIp.portId()).isEqualTo(loadBalancer().vipPortId()));
    }

    @Test
    void sharedStaysOnACloudWithoutTags() {
        cloud.octavia().version(new OctaviaVersion(2, 4));
        Service web = settled(WEB);
        settled(sharing(loadBalancer()).build());
        assertThat(release(CONFIG, web)).isEqualTo(new Outcome.Released());
        assertThat(cloud.octavia().listeners(loadBalancer().id())).hasSize(1);
    }

    @Test
    void oneThatSharesOnlyLeaves() {
        Service web = settled(WEB);
        Service mail = settled(sharing(loadBalancer()).build());
        assertThat(release(CONFIG, mail)).isEqualTo(new Outcome.Released());
        cloud.countFromHere();
        assertThat(cloud.converge(cloud.reconciliation(CONFIG, CLUSTER), web, NODES))
                .isInstanceOf(Outcome.Converged.class);
        assertThat(cloud.mutations()).isEmpty();
        assertThat(loadBalancer().tags()).doesNotContain("kube_service_kubernetes_default_mail");
        assertThat(release(CONFIG, web)).isEqualTo(new Outcome.Released());
        assertNothingLeft();
    }

    @Test
    void personsLoadBalancerIsOnlyLeft() {
        LoadBalancer persons = new LoadBalancer(
                "lb-bob",
                "bob",
                "",
                "ACTIVE",
                "ONLINE",
                "amphora",
                "10.6.0.50",
                "vip-bob",
                "sub-private",
                null,
                List.of(),
                null,
                null,
                List.of("team"),
                null);
        cloud.octavia().put(new LoadBalancerTree(persons, List.of(), List.of()));
        Service mail = settled(sharing(persons).internal().build());
        assertThat(cloud.octavia().listeners("lb-bob")).hasSize(1);
        assertThat(release(CONFIG, mail)).isEqualTo(new Outcome.Released());
        assertThat(cloud.octavia().listeners("lb-bob")).isEmpty();
        assertThat(cloud.octavia().pools("lb-bob")).isEmpty();
        assertThat(loadBalancer().name()).isEqualTo("bob");
        assertThat(loadBalancer().tags()).contains("team").doesNotContain("kube_service_kubernetes_default_mail");
    }

    @Test
    void anotherClustersIsLeftAlone() {
        Service web = settled(CONFIG, new ClusterIdentity("kubernetes", "another"), WEB);
        assertThat(release(CONFIG, web)).isEqualTo(new Outcome.Released());
        assertThat(cloud.mutations()).isEmpty();
        assertThat(release(CONFIG, WEB)).isEqualTo(new Outcome.Released());
        assertThat(cloud.octavia().loadBalancers()).hasSize(1);
    }

    @Test
    void removedByHandLeavesNoFloatingIp() {
        Service web = settled(WEB);
        cloud.octavia().deleteLoadBalancer(loadBalancer().id(), true);
        cloud.octavia().settle();
        assertThat(cloud.neutron().floatingIps()).hasSize(1);
        assertThat(release(CONFIG, web)).isEqualTo(new Outcome.Released());
        assertNothingLeft();
    }

    @Test
    void removedByHandKeepsAFloatingIpThatIsToBeKept() {
        Service web = settled(
                new ServiceBuilder().annotation("keep-floatingip", "true").build());
        cloud.octavia().deleteLoadBalancer(loadBalancer().id(), true);
        cloud.octavia().settle();
        assertThat(release(CONFIG, web)).isEqualTo(new Outcome.Released());
        assertThat(cloud.neutron().floatingIps()).singleElement().satisfies(ReleaseTest::isItsUsers);
    }

    @Test
    void errorIsNoObstacle() {
        Service web = settled(WEB);
        cloud.octavia().status(loadBalancer().id(), "ERROR");
        assertThat(release(CONFIG, web)).isEqualTo(new Outcome.Released());
        assertNothingLeft();
    }

    /** Nothing but the whole load balancer can be deleted then. */
    @Test
    void errorIsNoObstacleWithoutCascade() {
        Service web = settled(WEB);
        cloud.octavia().status(loadBalancer().id(), "ERROR");
        assertThat(release(Clusters.config("cascade-delete = false\n"), web)).isEqualTo(new Outcome.Released());
        assertThat(cloud.mutations()).containsExactlyInAnyOrder("DELETE floatingip", "DELETE loadbalancer");
        assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PENDING_UPDATE", "PENDING_CREATE", "PENDING_DELETE"})
    void pendingIsWaitedFor(String status) {
        Service web = settled(WEB);
        cloud.octavia().status(loadBalancer().id(), status);
        var reconciliation = cloud.reconciliation(CONFIG, CLUSTER);
        assertThat(reconciliation.release(web)).isInstanceOf(Outcome.Waiting.class);
        assertThat(cloud.mutations()).isEmpty();
        assertThat(cloud.release(reconciliation, web)).isEqualTo(new Outcome.Released());
        assertNothingLeft();
    }

    @Test
    void whileItIsStillBeingMade() {
        var reconciliation = cloud.reconciliation(CONFIG, CLUSTER);
        assertThat(reconciliation.ensure(WEB, NODES)).isInstanceOf(Outcome.Waiting.class);
        assertThat(cloud.release(reconciliation, WEB)).isEqualTo(new Outcome.Released());
        assertNothingLeft();
    }

    @Test
    void badAnnotationsUnknownClassAndAnotherCloudConfigDoNotMatter() {
        Service web = settled(WEB);
        Service bad = new ServiceBuilder()
                .annotation("load-balancer-id", loadBalancer().id())
                .annotation("load-balancer-address", web.ingress().toString())
                .annotation("class", "no such class")
                .annotation("lb-method", "FASTEST")
                .annotation("proxy-protocol", "v2")
                .annotation("x-forwarded-for", "true")
                .sourceRanges("not a range")
                .ports(List.of(new ServicePort("x", "DCCP", 80, 0)))
                .build();
        assertThat(release(Clusters.config("lb-provider = ovn\nfloating-subnet = none\n"), bad))
                .isEqualTo(new Outcome.Released());
        assertNothingLeft();
    }

    @Test
    void renamedClusterStillFindsItsOwn() {
        Service web = settled(CONFIG, new ClusterIdentity("old", CLUSTER.id()), WEB);
        assertThat(release(CONFIG, web)).isEqualTo(new Outcome.Released());
        assertNothingLeft();
    }

    @Test
    void nothingThereIsReleased() {
        assertThat(release(CONFIG, WEB)).isEqualTo(new Outcome.Released());
        assertThat(cloud.mutations()).isEmpty();
    }

    @Test
    void listenersMadeByHandGoWithTheLoadBalancerThatWasMadeForTheService() {
        Service web = settled(WEB);
        cloud.octavia()
                .updateLoadBalancer(
                        loadBalancer().id(),
                        new Changes(List.of(new Change("tags", null, List.of("kube_service_kubernetes_default_web")))));
        cloud.octavia().settle();
        assertThat(release(CONFIG, web)).isEqualTo(new Outcome.Released());
        assertNothingLeft();
    }
}
