package io.octavialb.adoption;

import static io.octavialb.cloud.Clusters.CLUSTER;
import static io.octavialb.cloud.Clusters.CONFIG;
import static io.octavialb.cloud.Clusters.NODES;
import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.cloud.MemoryCloud;
import io.octavialb.cloud.ServiceBuilder;
import io.octavialb.model.Changes;
import io.octavialb.model.Changes.Change;
import io.octavialb.model.ClusterIdentity;
import io.octavialb.model.OctaviaVersion;
import io.octavialb.model.Outcome;
import io.octavialb.model.desired.DesiredListener;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.kubernetes.ServicePort;
import io.octavialb.model.observed.FloatingIp;
import io.octavialb.model.observed.Listener;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.model.observed.LoadBalancerTree;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two clusters have a Service of the same namespace and name, and often the same cluster name: neither touches the other's. */
class NamesakesTest {
    private static final ClusterIdentity TWIN =
            new ClusterIdentity(CLUSTER.name(), "99999999-0000-4000-8000-000000000009");
    private static final String KEPT = "203.0.113.88";
    private static final List<ServicePort> MAIL = List.of(new ServicePort("smtp", "TCP", 25, 30025));

    private final OccmWorld world = new OccmWorld(AdoptionCase.all().findFirst().orElseThrow());
    private MemoryCloud cloud = new MemoryCloud(AdoptionCase.NEWEST);

    @BeforeEach
    void theReferenceServesTheServiceInOneOfThem() {
        cloud = world.cloud();
    }

    /** As {@code kubectl get -o yaml | kubectl apply} and Velero bring it to the other cluster. */
    private ServiceBuilder copied() {
        return world.asked()
                .uid("22222222-0000-4000-8000-000000000002")
                .annotation("load-balancer-id", "lb-o")
                .annotation("load-balancer-address", OccmWorld.FLOATING_IP);
    }

    private Outcome ensure(ClusterIdentity cluster, Service service) {
        return cloud.converge(cloud.reconciliation(CONFIG, cluster), service, NODES);
    }

    private void release(ClusterIdentity cluster, Service service) {
        assertThat(cloud.release(cloud.reconciliation(CONFIG, cluster), service))
                .isEqualTo(new Outcome.Released());
    }

    private void assertRefused(ClusterIdentity cluster, Service service, String why) {
        assertThat(ensure(cluster, service))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.problems().getFirst().message())
                                .contains(why));
        release(cluster, service);
        assertThat(cloud.mutations()).isEmpty();
    }

    @Test
    void aCopiedManifestDoesNotTakeTheReferencesLoadBalancer() {
        assertRefused(TWIN, copied().build(), "--tag " + TWIN.mark() + " lb-o");
    }

    @Test
    void norIfItIsAppliedToAServiceThatIsServedElsewhere() {
        assertRefused(TWIN, copied().statusIp("203.0.113.9").build(), "--tag");
        assertRefused(TWIN, copied().statusHostname("203.0.113.9.nip.io").build(), "--tag");
    }

    @Test
    void theAddressAloneFindsNothingEither() {
        Service copy = world.asked()
                .annotation("load-balancer-address", OccmWorld.FLOATING_IP)
                .build();
        release(TWIN, copy);
        assertThat(cloud.mutations()).isEmpty();
        assertThat(ensure(TWIN, copy)).isInstanceOf(Outcome.Converged.class);
        assertThat(cloud.octavia().loadBalancers()).hasSize(2);
    }

    @Test
    void toldByTheMarkItIsTaken() {
        cloud.octavia()
                .updateLoadBalancer(
                        "lb-o",
                        new Changes(List.of(new Change(
                                "tags", null, List.of("kube_service_kubernetes_default_web", TWIN.mark())))));
        cloud.octavia().settle();
        assertThat(ensure(TWIN, copied().build())).isInstanceOf(Outcome.Converged.class);
        assertRefusedAfter(CLUSTER, copied().statusIp(OccmWorld.FLOATING_IP).build());
    }

    private void assertRefusedAfter(ClusterIdentity cluster, Service service) {
        cloud.countFromHere();
        assertRefused(cluster, service, "another cluster");
    }

    /** A host name of the user's own hides the address, but what is in the status is this cluster's. */
    @Test
    void aHostNameOfTheUsersOwnIsEnoughWithTheAddressInTheAnnotation() {
        Service service = copied().statusHostname("web.example.com").build();
        assertThat(ensure(CLUSTER, service)).isInstanceOf(Outcome.Converged.class);
        assertThat(cloud.mutations()).isEmpty();
        release(CLUSTER, service);
        assertThat(cloud.octavia().loadBalancers()).isEmpty();
    }

    /** The status names an address that is no more: whoever dies between is known by the mark. */
    @Test
    void madeInternalAndKilledAfterEveryStepItIsStillKnown() {
        Service internal = copied().internal().statusIp(OccmWorld.FLOATING_IP).build();
        assertThat(cloud.convergeByDying(CONFIG, CLUSTER, internal, world.nodes()))
                .isInstanceOf(Outcome.Converged.class);
        assertThat(cloud.mutations()).containsExactly("PUT loadbalancer", "DELETE floatingip");
        assertThat(cloud.neutron().floatingIps()).isEmpty();
    }

    private void keep(String description) {
        cloud = new MemoryCloud(AdoptionCase.NEWEST);
        cloud.neutron().put(new FloatingIp("fip-kept", "net-public", KEPT, null, description));
    }

    @Test
    void aFloatingIpThatTheOtherKeptIsNeitherDeletedNorUsed() {
        keep("Floating IP for Kubernetes external service default/web from cluster kubernetes");
        Service copy =
                new ServiceBuilder().annotation("load-balancer-address", KEPT).build();
        release(TWIN, copy);
        assertThat(cloud.mutations()).isEmpty();
        assertThat(ensure(TWIN, copy)).isInstanceOf(Outcome.Converged.class);
        release(TWIN, copy);
        assertThat(cloud.neutron().floatingIps())
                .singleElement()
                .satisfies(kept -> assertThat(kept.attached()).isFalse());
    }

    @Test
    void ourOwnFloatingIpIsKnownByItsMark() {
        keep("Floating IP for Kubernetes external service default/web from cluster kubernetes " + CLUSTER.mark());
        Service served =
                new ServiceBuilder().annotation("load-balancer-address", KEPT).build();
        release(TWIN, served);
        assertThat(cloud.neutron().floatingIps()).hasSize(1);
        release(CLUSTER, served);
        assertThat(cloud.neutron().floatingIps()).isEmpty();
    }

    /** The reference in the cluster "staging" joins what this cluster made, by the annotation. */
    private void stagingJoins(String loadBalancerId) {
        LoadBalancerTree tree = cloud.octavia().tree(loadBalancerId);
        LoadBalancer ours = tree.loadBalancer();
        String staging = "kube_service_staging_default_web";
        cloud.octavia()
                .updateLoadBalancer(
                        ours.id(),
                        new Changes(List.of(new Change(
                                "tags",
                                null,
                                List.of(ours.tags().getFirst(), ours.tags().getLast(), staging)))));
        cloud.octavia().settle();
        cloud.octavia().createListener(ours.id(), listener("listener_0_" + staging, staging, 8443), null);
        cloud.octavia().settle();
        cloud.countFromHere();
    }

    private static DesiredListener listener(String name, String tag, int port) {
        return new DesiredListener(name, "TCP", port, -1, null, null, null, null, null, null, null, List.of(tag), null);
    }

    private List<Listener> atStagingsPort(String loadBalancerId) {
        return cloud.octavia().listeners(loadBalancerId).stream()
                .filter(listener -> listener.protocolPort() == 8443)
                .toList();
    }

    @Test
    void aNamesakeThatJoinedWhatWeMadeKeepsItsListener() {
        cloud = new MemoryCloud(AdoptionCase.NEWEST);
        Service web = world.asked().build();
        Service served = cloud.recorded(web, (Outcome.Converged) ensure(CLUSTER, web));
        String id = cloud.octavia().loadBalancers().getFirst().id();
        stagingJoins(id);

        assertThat(ensure(CLUSTER, served)).isInstanceOf(Outcome.Converged.class);
        assertThat(cloud.mutations()).isEmpty();
        release(CLUSTER, served);
        assertThat(atStagingsPort(id)).hasSize(1);
        assertThat(cloud.octavia().tree(id).loadBalancer().tags())
                .contains("kube_service_staging_default_web")
                .doesNotContain("kube_service_kubernetes_default_web");
    }

    @Test
    void itKeepsItWhileTheClusterIsRenamedToo() {
        cloud = new MemoryCloud(AdoptionCase.NEWEST);
        ClusterIdentity old = new ClusterIdentity("old", CLUSTER.id());
        Service web = world.asked().build();
        Service served = cloud.recorded(web, (Outcome.Converged) ensure(old, web));
        String id = cloud.octavia().loadBalancers().getFirst().id();
        stagingJoins(id);
        assertThat(ensure(CLUSTER, served)).isInstanceOf(Outcome.Converged.class);
        assertThat(atStagingsPort(id))
                .singleElement()
                .satisfies(listener -> assertThat(listener.tags()).containsExactly("kube_service_staging_default_web"));
    }

    /** Its status shows the floating IP, for that was moved there by hand. */
    @Test
    void aFloatingIpThatWasMovedToANamesakesLoadBalancerIsNoProof() {
        ClusterIdentity green = new ClusterIdentity("green", "99999999-0000-4000-8000-000000000009");
        cloud.neutron()
                .put(new FloatingIp(
                        "fip-o",
                        "net-public",
                        OccmWorld.FLOATING_IP,
                        "vip-port-o",
                        "Floating IP for Kubernetes external service default/web from cluster green"));
        assertRefused(green, copied().statusIp(OccmWorld.FLOATING_IP).build(), "kube_service_kubernetes_default_web");
    }

    private void makePersons() {
        cloud.octavia()
                .put(new LoadBalancerTree(
                        new LoadBalancer(
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
                                List.of(),
                                null),
                        List.of(),
                        List.of()));
    }

    private static ServiceBuilder onPersons() {
        return new ServiceBuilder().annotation("load-balancer-id", "lb-bob");
    }

    @Test
    void onAPersonsLoadBalancerTheFirstOneIsServed() {
        makePersons();
        Service web = onPersons().build();
        assertThat(ensure(CLUSTER, web)).isInstanceOf(Outcome.Converged.class);
        assertRefusedAfter(TWIN, web);
    }

    /** Without tags there is no mark to put on it. */
    @Test
    void withoutTagsNeitherIs() {
        cloud = new MemoryCloud(new OctaviaVersion(2, 4));
        makePersons();
        cloud.octavia()
                .createListener(
                        "lb-bob",
                        new DesiredListener(
                                "listener_0_kube_service_kubernetes_default_web",
                                "TCP",
                                80,
                                -1,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null),
                        null);
        cloud.octavia().settle();
        cloud.countFromHere();
        assertRefused(TWIN, onPersons().build(), "knows no tags");
        assertRefused(TWIN, onPersons().ports(MAIL).build(), "knows no tags");
    }

    /** The mark on a person's load balancer goes with the last Service of a cluster, whatever others are called. */
    @Test
    void aClusterWhoseNameBeginsLikeOursIsAnother() {
        makePersons();
        Service web = onPersons().build();
        assertThat(ensure(CLUSTER, web)).isInstanceOf(Outcome.Converged.class);
        cloud.octavia()
                .updateLoadBalancer(
                        "lb-bob",
                        new Changes(List.of(new Change(
                                "tags",
                                null,
                                List.of(
                                        "kube_service_kubernetes_default_web",
                                        "kube_service_kubernetes_b_default_other",
                                        CLUSTER.mark())))));
        cloud.octavia().settle();
        release(CLUSTER, web);
        assertThat(cloud.octavia().tree("lb-bob").loadBalancer().tags())
                .containsExactly("kube_service_kubernetes_b_default_other");
    }

    /** Cut to 255 characters, the names of both are the same; their descriptions are not. */
    @ParameterizedTest
    @ValueSource(ints = {225, 239})
    void servicesWhoseNamesAreCutToTheSameHaveTheirOwn(int length) {
        cloud = new MemoryCloud(AdoptionCase.NEWEST);
        ClusterIdentity longest = new ClusterIdentity("c".repeat(length), CLUSTER.id());
        Service one = new ServiceBuilder().named("default", "web-one").build();
        Service two = new ServiceBuilder()
                .named("default", "web-two")
                .uid("two")
                .ports(MAIL)
                .build();
        assertThat(ensure(longest, one)).isInstanceOf(Outcome.Converged.class);
        assertThat(ensure(longest, two)).isInstanceOf(Outcome.Converged.class);
        assertThat(cloud.octavia().loadBalancers()).hasSize(2);
        cloud.countFromHere();
        assertThat(ensure(longest, one)).isInstanceOf(Outcome.Converged.class);
        assertThat(ensure(longest, two)).isInstanceOf(Outcome.Converged.class);
        assertThat(cloud.mutations()).isEmpty();
        release(longest, two);
        assertThat(cloud.octavia().loadBalancers())
                .singleElement()
                .satisfies(left -> assertThat(left.description()).contains("default/web-one"));
    }

    @Test
    void norDoTheyShareOne() {
        cloud = new MemoryCloud(AdoptionCase.NEWEST);
        ClusterIdentity longest = new ClusterIdentity("c".repeat(239), CLUSTER.id());
        assertThat(ensure(longest, new ServiceBuilder().build())).isInstanceOf(Outcome.Converged.class);
        cloud.countFromHere();
        Service joins = new ServiceBuilder()
                .named("default", "mail")
                .ports(MAIL)
                .annotation(
                        "load-balancer-id",
                        cloud.octavia().loadBalancers().getFirst().id())
                .build();
        assertRefused(longest, joins, "cut off");
    }

    /** A backup that is restored into a new cluster under the old id keeps what it had, though no status came along. */
    @Test
    void aRestoredClusterThatNamesItsOldIdKeepsItsLoadBalancers() {
        cloud = new MemoryCloud(AdoptionCase.NEWEST);
        Service web = world.asked().build();
        Service served = cloud.recorded(web, (Outcome.Converged) ensure(CLUSTER, web));
        cloud.countFromHere();
        Map<String, String> annotations = served.annotations();
        ServiceBuilder restored = world.asked().uid("33333333-0000-4000-8000-000000000003");
        annotations.forEach(restored::annotation);
        assertRefused(TWIN, restored.build(), "another cluster");
        assertThat(ensure(CLUSTER, restored.build())).isInstanceOf(Outcome.Converged.class);
        assertThat(cloud.mutations()).isEmpty();
    }
}
