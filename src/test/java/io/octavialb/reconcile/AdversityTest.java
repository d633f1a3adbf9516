package io.octavialb.reconcile;

import static io.octavialb.cloud.Clusters.CLUSTER;
import static io.octavialb.cloud.Clusters.CONFIG;
import static io.octavialb.cloud.Clusters.NODES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.octavialb.cloud.MemoryCloud;
import io.octavialb.cloud.MemoryOctavia;
import io.octavialb.cloud.ServiceBuilder;
import io.octavialb.model.OctaviaVersion;
import io.octavialb.model.Outcome;
import io.octavialb.model.kubernetes.ObjectKey;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.kubernetes.ServicePort;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.model.observed.LoadBalancerTree;
import io.octavialb.openstack.CloudException.Kind;
import io.octavialb.openstack.Octavia;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What users and clouds do at the worst moment; each of these once went wrong. */
class AdversityTest {
    private static final Service WEB = new ServiceBuilder().build();

    private final MemoryCloud cloud = new MemoryCloud(new OctaviaVersion(2, 30));
    private final CloudReconciliation reconciliation = cloud.reconciliation(CONFIG, CLUSTER);

    private Service settled(Service service) {
        Outcome outcome = cloud.converge(cloud.reconciliation(CONFIG, CLUSTER), service, NODES);
        assertThat(outcome).isInstanceOf(Outcome.Converged.class);
        cloud.countFromHere();
        return cloud.recorded(service, (Outcome.Converged) outcome);
    }

    private Outcome release(Service service) {
        return cloud.release(cloud.reconciliation(CONFIG, CLUSTER), service);
    }

    private LoadBalancer loadBalancer() {
        return cloud.octavia().loadBalancers().getFirst();
    }

    private void put(String id, String name, String... tags) {
        LoadBalancer loadBalancer = new LoadBalancer(
                id,
                name,
                "",
                "ACTIVE",
                "ONLINE",
                "amphora",
                "10.6.0.50",
                "vip-" + id,
                "sub-private",
                null,
                List.of(),
                null,
                null,
                List.of(tags),
                null);
        cloud.octavia().put(new LoadBalancerTree(loadBalancer, List.of(), List.of()));
    }

    @Test
    void releaseFindsOursAlthoughTheAnnotationNamesAPersons() {
        settled(WEB);
        put("lb-bob", "bob");
        Service pointed =
                new ServiceBuilder().annotation("load-balancer-id", "lb-bob").build();
        assertThat(release(pointed)).isEqualTo(new Outcome.Released());
        assertThat(cloud.octavia().loadBalancers())
                .extracting(LoadBalancer::name)
                .containsExactly("bob");
        assertThat(cloud.neutron().floatingIps()).isEmpty();
    }

    @Test
    void releaseFindsOursAlthoughTheAnnotationNamesAnotherClusters() {
        settled(WEB);
        put("lb-x", "x", "octavia-lb:cluster=zzz");
        Service pointed =
                new ServiceBuilder().annotation("load-balancer-id", "lb-x").build();
        assertThat(reconciliation.ensure(pointed, NODES)).isInstanceOf(Outcome.Rejected.class);
        assertThat(release(pointed)).isEqualTo(new Outcome.Released());
        assertThat(cloud.octavia().loadBalancers()).extracting(LoadBalancer::id).containsExactly("lb-x");
    }

    @ParameterizedTest
    @EnumSource(names = {"FORBIDDEN", "BAD_REQUEST"})
    void anIdThatCannotBeReadIsRefusedAndHoldsUpNoDeletion(Kind kind) {
        CloudReconciliation forbidden = answering("lb-foreign", kind);
        Service pointed = new ServiceBuilder()
                .annotation("load-balancer-id", "lb-foreign")
                .build();
        assertThat(forbidden.ensure(pointed, NODES))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.problems().getFirst().message())
                                .contains("load-balancer-id", "lb-foreign", "another project"));
        assertThat(forbidden.release(pointed)).isEqualTo(new Outcome.Released());
    }

    private CloudReconciliation answering(String id, Kind kind) {
        Octavia octavia = (Octavia) Proxy.newProxyInstance(
                Octavia.class.getClassLoader(), new Class<?>[] {Octavia.class}, (_, method, arguments) -> {
                    if (method.getName().equals("loadBalancer") && id.equals(arguments[0])) {
                        throw MemoryOctavia.fault(kind, 403, "Policy does not allow this request");
                    }
                    try {
                        return method.invoke(cloud.octavia(), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return new CloudReconciliation(
                CONFIG,
                CLUSTER,
                octavia,
                cloud.neutron(),
                new LoadBalancerWatch(octavia, _ -> {}, Duration.ofMillis(1)),
                InstantSource.system());
    }

    @Test
    void aMistypedLoadBalancerIdIsRefused() {
        Service mistyped =
                new ServiceBuilder().annotation("load-balancer-id", "no-such").build();
        assertThat(reconciliation.ensure(mistyped, NODES)).isInstanceOf(Outcome.Rejected.class);
        assertThat(cloud.mutations()).isEmpty();
    }

    private Service pointedAt(String id, Service served) {
        ServiceBuilder pointed = new ServiceBuilder();
        served.annotations().forEach(pointed::annotation);
        served.ingress().forEach(ingress -> pointed.statusIp(String.valueOf(ingress.ip())));
        return pointed.annotation("load-balancer-id", id).build();
    }

    private void assertRefused(Service service, String... words) {
        assertThat(cloud.converge(cloud.reconciliation(CONFIG, CLUSTER), service, NODES))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.problems().getFirst().message())
                                .contains(words));
        assertThat(cloud.mutations()).isEmpty();
    }

    /** As long as the Service's own is there; the id that a user wrote is never overwritten without a word. */
    @Test
    void aMistypedLoadBalancerIdOfAServiceThatIsServedIsRefusedToo() {
        Service web = settled(WEB);
        String id = loadBalancer().id();
        assertRefused(pointedAt("no-such", web), "no-such", id, "remove the annotation");
        cloud.octavia().deleteLoadBalancer(id, true);
        cloud.octavia().settle();
        cloud.countFromHere();
        assertRefused(pointedAt("no-such", web), "no-such", "remove the annotation");
    }

    /** It was served by a controller that kept no record of what it wrote. */
    @Test
    void withoutARecordItIsRefusedWhileTheServicesOwnIsThere() {
        Service web = settled(WEB);
        String address = String.valueOf(web.ingress().getFirst().ip());
        Service mistyped = new ServiceBuilder()
                .annotation("load-balancer-id", "no-such")
                .annotation("load-balancer-address", address)
                .statusIp(address)
                .build();
        assertRefused(mistyped, "no-such", loadBalancer().id(), "remove the annotation");
    }

    @Test
    void whereTheServiceJoinedOneThatIsGoneItGetsNoneOfItsOwn() {
        put("lb-bob", "bob");
        Service joined = settled(
                new ServiceBuilder().annotation("load-balancer-id", "lb-bob").build());
        cloud.octavia().deleteLoadBalancer("lb-bob", true);
        cloud.octavia().settle();
        cloud.countFromHere();
        assertRefused(joined, "lb-bob", "joined", "remove the annotation");
        assertThat(cloud.neutron().floatingIps()).isEmpty();
    }

    @Test
    void itsOwnThatIsGoneIsMadeAnewAndTold() {
        Service web = settled(WEB);
        String id = loadBalancer().id();
        cloud.octavia().deleteLoadBalancer(id, true);
        cloud.octavia().settle();
        Outcome first = reconciliation.ensure(web, NODES);
        assertThat(first)
                .isInstanceOfSatisfying(
                        Outcome.Waiting.class,
                        waiting -> assertThat(waiting.knownNotices()).anySatisfy(notice -> {
                            assertThat(notice.reason()).isEqualTo("LoadBalancerGone");
                            assertThat(notice.message()).contains(id);
                        }));
        assertThat(cloud.converge(reconciliation, MemoryCloud.published(web, first), NODES))
                .isInstanceOf(Outcome.Converged.class);
    }

    @Test
    void itIsToldAlsoWhenTheAnswerToTheCreationWasLost() {
        Service web = settled(WEB);
        String id = loadBalancer().id();
        cloud.octavia().deleteLoadBalancer(id, true);
        cloud.octavia().settle();
        assertThat(cloud.dyingReconciliation(CONFIG, CLUSTER).ensure(web, NODES))
                .isNotInstanceOf(Outcome.Converged.class);
        assertThat(cloud.reconciliation(CONFIG, CLUSTER).ensure(web, NODES))
                .isInstanceOfSatisfying(
                        Outcome.Waiting.class,
                        waiting -> assertThat(waiting.knownNotices())
                                .singleElement()
                                .satisfies(
                                        notice -> assertThat(notice.message()).contains(id)));
    }

    /** A restart found it PENDING, so that its id was published and nothing else. */
    @Test
    void itsOwnThatNeverServedAndIsGoneIsMadeAnewAsWell() {
        assertThat(reconciliation.ensure(WEB, NODES)).isInstanceOf(Outcome.Waiting.class);
        Outcome found = cloud.reconciliation(CONFIG, CLUSTER).ensure(WEB, NODES);
        Service web = MemoryCloud.published(WEB, found);
        assertThat(web.annotations()).doesNotContainKey("loadbalancer.openstack.org/load-balancer-address");
        String id = loadBalancer().id();
        cloud.octavia().settle();
        cloud.octavia().deleteLoadBalancer(id, true);
        cloud.octavia().settle();
        assertThat(cloud.converge(cloud.reconciliation(CONFIG, CLUSTER), web, NODES))
                .isInstanceOf(Outcome.Converged.class);
        assertThat(loadBalancer().id()).isNotEqualTo(id);
    }

    @Test
    void anAddressThatIsNoneIsRefusedBeforeAnythingIsMade() {
        Service asking = new ServiceBuilder().loadBalancerIp("foo").build();
        assertThat(reconciliation.ensure(asking, NODES)).isInstanceOf(Outcome.Rejected.class);
        assertThat(cloud.mutations()).isEmpty();
    }

    @Test
    void aTypeChangedBackWhileItsLoadBalancerGoesWaitsForTheEnd() {
        Service web = settled(WEB);
        assertThat(reconciliation.release(web)).isInstanceOf(Outcome.Waiting.class);
        cloud.countFromHere();
        assertThat(reconciliation.ensure(web, NODES)).isInstanceOf(Outcome.Waiting.class);
        assertThat(cloud.mutations()).isEmpty();
        assertThat(cloud.converge(reconciliation, web, NODES)).isInstanceOf(Outcome.Converged.class);
        assertThat(cloud.octavia().loadBalancers()).hasSize(1);
    }

    @Test
    void whatWasSeenBeforeARefusalIsNotBelievedAfterIt() {
        assertThat(reconciliation.ensure(WEB, NODES)).isInstanceOf(Outcome.Waiting.class);
        Service bad = new ServiceBuilder().annotation("node-selector", "=a").build();
        assertThat(reconciliation.ensure(bad, NODES)).isInstanceOf(Outcome.Rejected.class);
        cloud.octavia().settle();
        String id = loadBalancer().id();
        cloud.octavia().deleteLoadBalancer(id, true);
        cloud.octavia().settle();
        assertThat(cloud.converge(reconciliation, WEB, NODES))
                .isInstanceOfSatisfying(
                        Outcome.Converged.class,
                        converged -> assertThat(converged.identity().loadBalancerId())
                                .isNotEqualTo(id));
    }

    @Test
    void aWakeThatFailsKeepsNobodyElseAsleep() {
        Service web = settled(WEB);
        AtomicInteger woken = new AtomicInteger();
        try (LoadBalancerWatch watch = new LoadBalancerWatch(
                cloud.octavia(),
                _ -> {
                    if (woken.incrementAndGet() == 1) {
                        throw new IllegalStateException("queue is full");
                    }
                },
                Duration.ofMillis(1))) {
            watch.await(loadBalancer().id(), web.key());
            await().until(() -> woken.get() == 1);
            watch.await(loadBalancer().id(), new ObjectKey("default", "other"));
            await().atMost(Duration.ofSeconds(3)).until(() -> woken.get() == 2);
        }
    }

    @Test
    void aLoadBalancerThatCameToErrorWhileItWasMadeIsMadeAgainWithItsFloatingIp() {
        assertThat(reconciliation.ensure(WEB, NODES)).isInstanceOf(Outcome.Waiting.class);
        String address = cloud.neutron().floatingIps().getFirst().floatingIpAddress();
        Outcome found = cloud.reconciliation(CONFIG, CLUSTER).ensure(WEB, NODES);
        Service recorded = MemoryCloud.published(WEB, found);
        String stillBorn = loadBalancer().id();
        CloudReconciliation restarted = cloud.reconciliation(CONFIG, CLUSTER);
        cloud.octavia().creationFails(stillBorn);
        assertThat(restarted.ensure(recorded, NODES)).isInstanceOf(Outcome.Failed.class);
        cloud.octavia().settle();
        assertThat(cloud.converge(restarted, recorded, NODES))
                .isInstanceOfSatisfying(Outcome.Converged.class, converged -> {
                    assertThat(converged.identity().loadBalancerId()).isNotEqualTo(stillBorn);
                    assertThat(converged.identity().address()).isEqualTo(address);
                });
        assertThat(cloud.octavia().loadBalancers()).hasSize(1);
        assertThat(cloud.neutron().floatingIps()).hasSize(1);
    }

    @Test
    void oneThatHasServedIsNeverDeletedForAnError() {
        Service web = settled(WEB);
        cloud.octavia().status(loadBalancer().id(), "ERROR");
        assertThat(cloud.reconciliation(CONFIG, CLUSTER).ensure(web, NODES))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.message()).contains("failover"));
        assertThat(cloud.mutations()).isEmpty();
    }

    /** What tells that a load balancer in ERROR has served when the Service's status does not. */
    enum Trace {
        CHILDREN_ACTIVE,
        VIP_RECORDED,
        OPERATED,
        ADOPTED
    }

    @ParameterizedTest
    @EnumSource(Trace.class)
    void restoredWithoutItsStatusItIsNeverDeletedForAnErrorEither(Trace trace) {
        settled(WEB);
        LoadBalancer served = loadBalancer();
        if (trace == Trace.CHILDREN_ACTIVE) {
            cloud.octavia().status(served.id(), "ERROR");
        } else {
            cloud.octavia().creationFails(served.id());
        }
        if (trace == Trace.OPERATED) {
            cloud.octavia().change(served.id(), "operating_status", "ERROR");
        }
        if (trace == Trace.ADOPTED) {
            cloud.octavia().change(served.id(), "description", "");
        }
        Service restored = trace == Trace.VIP_RECORDED
                ? new ServiceBuilder()
                        .annotation("load-balancer-vip-address", "10.6.0.100")
                        .build()
                : WEB;
        assertThat(cloud.reconciliation(CONFIG, CLUSTER).ensure(restored, NODES))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed ->
                                assertThat(failed.message()).contains(served.id(), "openstack loadbalancer failover"));
        assertThat(cloud.octavia().loadBalancers()).extracting(LoadBalancer::id).containsExactly(served.id());
        assertThat(cloud.mutations()).isEmpty();
    }

    @Test
    void aConflictAtReleasePublishesNothing() {
        Service web = settled(WEB);
        String id = loadBalancer().id();
        cloud.octavia()
                .nextMutationFails(
                        MemoryOctavia.fault(Kind.CONFLICT, 409, "Invalid state PENDING_UPDATE"),
                        () -> cloud.octavia().status(id, "PENDING_UPDATE"));
        assertThat(cloud.reconciliation(CONFIG, CLUSTER).release(web))
                .isInstanceOfSatisfying(
                        Outcome.Waiting.class,
                        waiting -> assertThat(waiting.identity()).isNull());
    }

    @Test
    void aPersonsLoadBalancerInErrorIsToldAndNotAskedWithoutEnd() {
        put("lb-bob", "bob");
        Service attached = settled(new ServiceBuilder()
                .internal()
                .annotation("load-balancer-id", "lb-bob")
                .build());
        cloud.octavia().status("lb-bob", "ERROR");
        assertThat(cloud.reconciliation(CONFIG, CLUSTER).release(attached))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.message()).contains("lb-bob", "failover"));
        assertThat(cloud.mutations()).isEmpty();
    }

    @Test
    void aServiceThatJoinedMeanwhileKeepsItsListenerWhenTheFirstIsReleased() {
        assertThat(reconciliation.ensure(WEB, NODES)).isInstanceOf(Outcome.Waiting.class);
        cloud.octavia().settle();
        settled(new ServiceBuilder()
                .named("default", "mail")
                .ports(List.of(new ServicePort("smtp", "TCP", 25, 30025)))
                .annotation("load-balancer-id", loadBalancer().id())
                .build());
        assertThat(cloud.release(reconciliation, WEB)).isEqualTo(new Outcome.Released());
        assertThat(cloud.octavia().listeners(loadBalancer().id()))
                .singleElement()
                .satisfies(listener -> assertThat(listener.protocolPort()).isEqualTo(25));
    }
}
