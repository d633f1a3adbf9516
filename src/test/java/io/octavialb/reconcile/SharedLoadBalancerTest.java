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
import io.octavialb.model.OctaviaVersion;
import io.octavialb.model.Outcome;
import io.octavialb.model.desired.DesiredListener;
import io.octavialb.model.kubernetes.Node;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.kubernetes.ServicePort;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.model.observed.LoadBalancerTree;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Services on one load balancer: who gives it an address, who may join, and who turns off the light. */
class SharedLoadBalancerTest {
    private static final Service WEB = new ServiceBuilder().build();
    private static final String WEB_TAG = "kube_service_kubernetes_default_web";

    private final MemoryCloud cloud = new MemoryCloud(new OctaviaVersion(2, 30));

    private Service settled(Service service) {
        Outcome outcome = cloud.converge(cloud.reconciliation(CONFIG, CLUSTER), service, NODES);
        assertThat(outcome).isInstanceOf(Outcome.Converged.class);
        cloud.countFromHere();
        return cloud.recorded(service, (Outcome.Converged) outcome);
    }

    private void release(Service service) {
        assertThat(cloud.release(cloud.reconciliation(CONFIG, CLUSTER), service))
                .isEqualTo(new Outcome.Released());
    }

    private LoadBalancer loadBalancer() {
        return cloud.octavia().loadBalancers().getFirst();
    }

    private ServiceBuilder joining(String name, int port) {
        return new ServiceBuilder()
                .named("default", name)
                .ports(List.of(new ServicePort(name, "TCP", port, 30000 + port)))
                .annotation("load-balancer-id", loadBalancer().id());
    }

    private void makePersons(String... tags) {
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
                List.of(tags),
                null);
        cloud.octavia().put(new LoadBalancerTree(persons, List.of(), List.of()));
    }

    private void assertNothingLeft() {
        assertThat(cloud.octavia().loadBalancers()).isEmpty();
        assertThat(cloud.neutron().floatingIps()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 30})
    void lastServiceDeletesItThoughItWasMadeForOneThatLeftBefore(int minorVersion) {
        cloud.octavia().version(new OctaviaVersion(2, minorVersion));
        Service web = settled(WEB);
        Service mail = settled(joining("mail", 25).build());
        release(web);
        assertThat(cloud.octavia().loadBalancers()).hasSize(1);
        release(mail);
        assertNothingLeft();
    }

    /** The mark is put there by the Service it was made for, with the change that takes its tag away. */
    @Test
    void lastServiceDeletesAnAdoptedOne() {
        Service web = settled(WEB);
        Service mail = settled(joining("mail", 25).build());
        cloud.octavia()
                .updateLoadBalancer(
                        loadBalancer().id(),
                        new Changes(List.of(
                                new Change("tags", null, List.of(WEB_TAG, "kube_service_kubernetes_default_mail")))));
        cloud.octavia().settle();
        release(web);
        release(mail);
        assertNothingLeft();
    }

    @Test
    void unmarkedOneOfAnotherServiceIsNeverDeleted() {
        settled(WEB);
        cloud.octavia()
                .updateLoadBalancer(
                        loadBalancer().id(),
                        new Changes(List.of(
                                new Change("tags", null, List.of(WEB_TAG)),
                                new Change("description", null, "made by another program"))));
        cloud.octavia().settle();
        Service mail = settled(joining("mail", 25).build());
        assertThat(loadBalancer().tags()).doesNotContain(CLUSTER.mark());
        release(mail);
        assertThat(loadBalancer().tags()).containsExactly(WEB_TAG);
        assertThat(cloud.octavia().listeners(loadBalancer().id())).hasSize(1);
        assertThat(cloud.neutron().floatingIps()).hasSize(1);
    }

    @Test
    void onlyItsOwnServiceGivesItAFloatingIp() {
        makePersons();
        Service mail = settled(joining("mail", 25).build());
        assertThat(cloud.neutron().floatingIps()).isEmpty();
        assertThat(mail.ingress())
                .singleElement()
                .satisfies(ingress -> assertThat(ingress.ip()).isEqualTo("10.6.0.50"));
        release(mail);
        assertThat(cloud.octavia().listeners("lb-bob")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void floatingIpThatWasMadeForTheServiceLeavesAPersonsLoadBalancerWithIt(boolean keep) {
        makePersons();
        cloud.neutron()
                .createFloatingIp(
                        "net-public",
                        null,
                        null,
                        "vip-bob",
                        "Floating IP for Kubernetes external service default/mail from cluster kubernetes "
                                + CLUSTER.mark());
        cloud.neutron().createFloatingIp("net-public", null, null, "vip-bob", "Bob's");
        Service mail = settled(joining("mail", 25)
                .annotation("keep-floatingip", String.valueOf(keep))
                .build());
        release(mail);
        assertThat(cloud.neutron().floatingIps()).hasSize(keep ? 2 : 1);
        assertThat(cloud.neutron().floatingIpsOn("vip-bob"))
                .singleElement()
                .satisfies(floatingIp -> assertThat(floatingIp.description()).isEqualTo("Bob's"));
    }

    @Test
    void personsLoadBalancerLosesTheMarkWithTheLastServiceOfTheCluster() {
        makePersons("team", "kube_service_prod_default_api");
        Service mail = settled(
                joining("mail", 25).annotation("load-balancer-tags", "ours").build());
        cloud.octavia()
                .updateLoadBalancer(
                        "lb-bob",
                        new Changes(List.of(new Change(
                                "tags",
                                null,
                                List.of(
                                        "team",
                                        "ours",
                                        CLUSTER.mark(),
                                        "kube_service_kubernetes_default_mail",
                                        "kube_service_prod_default_api",
                                        "kube_service_kubernetes_default_api")))));
        cloud.octavia().settle();
        release(mail);
        assertThat(loadBalancer().tags())
                .containsExactly(
                        "team",
                        "ours",
                        CLUSTER.mark(),
                        "kube_service_prod_default_api",
                        "kube_service_kubernetes_default_api");
        Service api = new ServiceBuilder()
                .named("default", "api")
                .annotation("load-balancer-id", "lb-bob")
                .annotation("load-balancer-tags", "ours")
                .build();
        release(api);
        assertThat(loadBalancer().tags()).containsExactly("team", "kube_service_prod_default_api");
    }

    @Test
    void thirdServiceIsRefused() {
        settled(WEB);
        settled(joining("mail", 25).build());
        Service third = joining("third", 26).build();
        assertThat(cloud.converge(cloud.reconciliation(CONFIG, CLUSTER), third, NODES))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.problems())
                                .singleElement()
                                .satisfies(notice -> assertThat(notice.message())
                                        .contains("load-balancer-id: \""
                                                + loadBalancer().id() + "\"")
                                        .contains("max-shared-lb in [LoadBalancer] is 2")));
        assertThat(cloud.mutations()).isEmpty();
    }

    /** A max-shared-lb that is lowered does not throw out who is there already. */
    @Test
    void whoIsThereStays() {
        settled(WEB);
        Service mail = settled(joining("mail", 25).build());
        CloudConfig one = Clusters.config("max-shared-lb = 1\n");
        assertThat(cloud.converge(cloud.reconciliation(one, CLUSTER), WEB, NODES))
                .isInstanceOf(Outcome.Converged.class);
        assertThat(cloud.converge(cloud.reconciliation(one, CLUSTER), mail, NODES))
                .isInstanceOf(Outcome.Converged.class);
    }

    @Test
    void internalServiceIsRefused() {
        settled(WEB);
        Service mail = joining("mail", 25).internal().build();
        assertThat(cloud.converge(cloud.reconciliation(CONFIG, CLUSTER), mail, NODES))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.problems())
                                .singleElement()
                                .satisfies(
                                        notice -> assertThat(notice.message()).contains("internal", WEB_TAG)));
        assertThat(cloud.mutations()).isEmpty();
    }

    /** It says nothing, so that what was said before is not said again afterwards. */
    @Test
    void whileAnotherServiceChangesItNoWordIsSaid() {
        Service mail = mailBesideWeb();
        cloud.octavia().status(loadBalancer().id(), "PENDING_UPDATE");
        assertThat(cloud.reconciliation(CONFIG, CLUSTER).ensure(mail, NODES))
                .isInstanceOfSatisfying(
                        Outcome.Waiting.class,
                        waiting -> assertThat(waiting.notices()).isNull());
    }

    /** What a pass over a Service that is served comes to when something of it can't be had. */
    private Outcome.Partial partial(Service service, List<Node> nodes) {
        Outcome outcome = cloud.converge(cloud.reconciliation(CONFIG, CLUSTER), service, nodes);
        assertThat(outcome).isInstanceOf(Outcome.Partial.class);
        return (Outcome.Partial) outcome;
    }

    private static void assertOneProblem(Outcome.Partial partial, String... words) {
        assertThat(partial.allNotices())
                .singleElement()
                .satisfies(notice -> assertThat(notice.message()).contains(words));
    }

    private void assertFollows(int port, List<Node> nodes) {
        String id = loadBalancer().id();
        String pool = cloud.octavia().listeners(id).stream()
                .filter(listener -> listener.protocolPort() == port)
                .map(listener -> String.valueOf(listener.defaultPoolId()))
                .findFirst()
                .orElseThrow();
        assertThat(cloud.octavia().members(pool)).hasSameSizeAs(nodes);
    }

    @Test
    void aPortThatAnotherServiceHasKeepsNodesFromNoOtherPort() {
        mailBesideWeb();
        Service both = moved(
                new ServiceBuilder()
                        .named("default", "mail")
                        .ports(List.of(
                                new ServicePort("smtp", "TCP", 25, 30025), new ServicePort("http", "TCP", 80, 30080)))
                        .build(),
                loadBalancer().id());
        List<Node> oneNode = NODES.subList(0, 1);
        assertOneProblem(partial(both, oneNode), "TCP/80", WEB_TAG, "choose another port");
        assertFollows(25, oneNode);
        assertFollows(80, NODES);
    }

    @Test
    void aListenerOfAPersonOnOurOwnLoadBalancerKeepsNodesFromNoOtherPort() {
        settled(WEB);
        String id = loadBalancer().id();
        cloud.octavia().createListener(id, persons(443), null);
        cloud.octavia().settle();
        Service both = moved(
                new ServiceBuilder()
                        .ports(List.of(
                                new ServicePort("https", "TCP", 443, 30443), new ServicePort("http", "TCP", 80, 30080)))
                        .build(),
                loadBalancer().id());
        List<Node> oneNode = NODES.subList(0, 1);
        Outcome.Partial partial = partial(both, oneNode);
        assertOneProblem(partial, "TCP/443", "not this Service's");
        assertThat(partial.allNotices().getFirst().message()).doesNotContain("remove the annotation");
        assertFollows(80, oneNode);
        assertThat(cloud.octavia().listeners(id))
                .filteredOn(listener -> listener.protocolPort() == 443)
                .singleElement()
                .satisfies(listener -> assertThat(listener.name()).isEqualTo("bob's"));
    }

    private static DesiredListener persons(int port) {
        return new DesiredListener(
                "bob's", "TCP", port, null, null, null, null, null, null, null, null, List.of("bob"), null);
    }

    @Test
    void anAttachedServiceThatBecomesInternalStaysServedAndIsTold() {
        Service mail = mailBesideWeb();
        Service internal = moved(
                new ServiceBuilder()
                        .named("default", "mail")
                        .ports(mail.ports())
                        .internal()
                        .build(),
                loadBalancer().id());
        List<Node> oneNode = NODES.subList(0, 1);
        assertOneProblem(partial(internal, oneNode), "internal", WEB_TAG);
        assertFollows(25, oneNode);
    }

    @Test
    void anInternalServiceOnItsOwnThatOthersShareIsToldThatItStaysPublic() {
        settled(WEB);
        settled(joining("mail", 25).build());
        Service internal =
                moved(new ServiceBuilder().internal().build(), loadBalancer().id());
        String address = cloud.neutron().floatingIps().getFirst().floatingIpAddress();
        assertOneProblem(
                partial(internal, NODES), "reachable from outside", address, "kube_service_kubernetes_default_mail");
        assertThat(cloud.neutron().floatingIps()).hasSize(1);
    }

    /** Its name is that of the Service that the load balancer was made for, and which has left it. */
    @Test
    void anInternalNamesakeOfTheOneThatLeftIsRefused() {
        Service web = settled(WEB);
        settled(joining("mail", 25).build());
        release(web);
        cloud.countFromHere();
        Service namesake = new ServiceBuilder()
                .uid("1c5e0f52-0000-4000-8000-000000000009")
                .internal()
                .build();
        assertThat(cloud.converge(cloud.reconciliation(CONFIG, CLUSTER), namesake, NODES))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.problems().getFirst().message())
                                .contains("internal", "kube_service_kubernetes_default_mail"));
        assertThat(cloud.mutations()).isEmpty();
    }

    private Service moved(Service service, String loadBalancer) {
        ServiceBuilder moved = new ServiceBuilder()
                .named(service.key().namespace(), service.key().name())
                .ports(service.ports());
        service.annotations().forEach(moved::annotation);
        service.ingress().forEach(ingress -> moved.statusIp(String.valueOf(ingress.ip())));
        return moved.annotation("load-balancer-id", loadBalancer).build();
    }

    /** A Service of its own load balancer, and one that joined it. */
    private Service mailBesideWeb() {
        settled(WEB);
        return settled(joining("mail", 25).build());
    }

    private void assertMailIsOnlyOn(String id) {
        cloud.octavia().loadBalancers().stream()
                .filter(loadBalancer -> !loadBalancer.id().equals(id))
                .forEach(former -> {
                    assertThat(former.tags()).doesNotContain("kube_service_kubernetes_default_mail");
                    assertThat(cloud.octavia().listeners(former.id()))
                            .allSatisfy(listener ->
                                    assertThat(listener.protocolPort()).isNotEqualTo(25));
                    assertThat(cloud.octavia().pools(former.id()))
                            .allSatisfy(pool -> assertThat(pool.name()).doesNotContain("mail"));
                });
        assertThat(cloud.octavia().listeners(id).stream().map(listener -> listener.protocolPort()))
                .contains(25);
    }

    @Test
    void whoMovesToAnotherLeavesTheFormerOne() {
        Service mail = mailBesideWeb();
        makePersons();
        Service moved = settled(moved(mail, "lb-bob"));
        assertMailIsOnlyOn("lb-bob");
        assertThat(cloud.octavia().loadBalancers()).hasSize(2);
        assertThat(cloud.converge(cloud.reconciliation(CONFIG, CLUSTER), moved, NODES))
                .isInstanceOf(Outcome.Converged.class);
        assertThat(cloud.mutations()).isEmpty();
    }

    @Test
    void aPreviewShowsWhatIsLeftOnTheFormerOne() {
        Service mail = mailBesideWeb();
        makePersons();
        assertThat(cloud.reconciliation(CONFIG, CLUSTER).preview(moved(mail, "lb-bob"), NODES))
                .isInstanceOfSatisfying(
                        Preview.Plans.class,
                        plans ->
                                assertThat(plans.plan().toString()).contains("+ listener TCP/25", "- listener TCP/25"));
        assertThat(cloud.mutations()).isEmpty();
    }

    @Test
    void killedAfterEveryStepItLeavesItToo() {
        Service mail = mailBesideWeb();
        makePersons();
        assertThat(cloud.convergeByDying(CONFIG, CLUSTER, moved(mail, "lb-bob"), NODES))
                .isInstanceOf(Outcome.Converged.class);
        assertMailIsOnlyOn("lb-bob");
    }

    /** Without the annotation it has one of its own again. */
    @Test
    void whoLosesTheAnnotationLeavesTheFormerOne() {
        Service mail = mailBesideWeb();
        String shared = loadBalancer().id();
        settled(moved(mail, ""));
        LoadBalancer own = cloud.octavia().loadBalancers().getLast();
        assertThat(own.id()).isNotEqualTo(shared);
        assertMailIsOnlyOn(own.id());
        assertThat(cloud.octavia().listeners(shared)).hasSize(1);
    }

    @Test
    void itsOwnGoesWhenTheServiceMovesToAShared() {
        Service web = settled(WEB);
        makePersons();
        settled(moved(web, "lb-bob"));
        assertThat(cloud.octavia().loadBalancers())
                .singleElement()
                .satisfies(left -> assertThat(left.id()).isEqualTo("lb-bob"));
        assertThat(cloud.neutron().floatingIps()).isEmpty();
    }

    @Test
    void itsOwnStaysForTheOthersOnIt() {
        Service web = settled(WEB);
        settled(joining("mail", 25).build());
        makePersons();
        settled(moved(web, "lb-bob"));
        assertThat(cloud.octavia().loadBalancers()).hasSize(2);
        assertMailIsOnlyOn(loadBalancer().id());
        assertThat(cloud.octavia().listeners(loadBalancer().id())).hasSize(1);
    }

    @Test
    void deletedBeforeItLeftItIsReleasedFromBoth() {
        Service mail = mailBesideWeb();
        makePersons();
        release(moved(mail, "lb-bob"));
        assertThat(loadBalancer().tags()).doesNotContain("kube_service_kubernetes_default_mail");
        assertThat(cloud.octavia().listeners(loadBalancer().id())).hasSize(1);
    }

    /** Its tag is there as well, for the clusters have one name. */
    @Test
    void whatHasAnotherClustersMarkIsNotAFormerOne() {
        Service mail = mailBesideWeb();
        makePersons("kube_service_kubernetes_default_mail", "octavia-lb:cluster=another");
        release(mail);
        assertThat(cloud.octavia().tree("lb-bob").loadBalancer().tags())
                .containsExactly("kube_service_kubernetes_default_mail", "octavia-lb:cluster=another");
    }

    /** The person took the mark away: no status speaks for it, for that shows where the Service is now. */
    @Test
    void norIsOneWithoutAMarkThatTheStatusDoesNotShow() {
        Service mail = mailBesideWeb();
        makePersons("kube_service_kubernetes_default_mail");
        release(mail);
        assertThat(cloud.octavia().tree("lb-bob").loadBalancer().tags())
                .containsExactly("kube_service_kubernetes_default_mail");
    }
}
