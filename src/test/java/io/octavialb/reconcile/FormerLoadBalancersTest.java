package io.octavialb.reconcile;

import static io.octavialb.cloud.Clusters.CLUSTER;
import static io.octavialb.cloud.Clusters.CONFIG;
import static io.octavialb.cloud.Clusters.NODES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.octavialb.build.EventReasons;
import io.octavialb.cloud.MemoryCloud;
import io.octavialb.cloud.RefusedRequests;
import io.octavialb.cloud.ServiceBuilder;
import io.octavialb.model.OctaviaVersion;
import io.octavialb.model.Outcome;
import io.octavialb.model.kubernetes.Ingress;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.kubernetes.ServicePort;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.model.observed.LoadBalancerTree;
import io.octavialb.openstack.CloudException;
import io.octavialb.openstack.CloudException.Fault;
import io.octavialb.openstack.CloudException.Kind;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A Service moves to another load balancer because the one it is on does not work: its new address must not wait. */
class FormerLoadBalancersTest {
    private static final String NEW_ADDRESS = "10.6.0.50";

    private final MemoryCloud cloud = new MemoryCloud(new OctaviaVersion(2, 30));
    private String former = "";
    private Service moved = new ServiceBuilder().build();

    private Service settled(Service service) {
        Outcome outcome = cloud.converge(cloud.reconciliation(CONFIG, CLUSTER), service, NODES);
        return cloud.recorded(service, (Outcome.Converged) outcome);
    }

    private static ServiceBuilder mail() {
        return new ServiceBuilder()
                .named("default", "mail")
                .uid("1c5e0f52-0000-4000-8000-000000000025")
                .ports(List.of(new ServicePort("smtp", "TCP", 25, 30025)));
    }

    @BeforeEach
    void move() {
        settled(new ServiceBuilder().build());
        former = cloud.octavia().loadBalancers().getFirst().id();
        Service mail = settled(mail().annotation("load-balancer-id", former).build());
        put("lb-bob", "bob", "vip-bob", NEW_ADDRESS, List.of());
        ServiceBuilder builder = mail();
        mail.annotations().forEach(builder::annotation);
        mail.ingress().forEach(ingress -> builder.statusIp(String.valueOf(ingress.ip())));
        moved = builder.annotation("load-balancer-id", "lb-bob").build();
    }

    private void put(String id, String name, String port, String vip, List<String> tags) {
        LoadBalancer loadBalancer = new LoadBalancer(
                id,
                name,
                "",
                "ACTIVE",
                "ONLINE",
                "amphora",
                vip,
                port,
                "sub-private",
                "net-private",
                List.of(),
                null,
                null,
                tags,
                null);
        cloud.octavia().put(new LoadBalancerTree(loadBalancer, List.of(), List.of()));
    }

    /** Passes until it comes to something else than waiting for the new load balancer; the former one stays as it is. */
    private Outcome ensured(ServiceReconciliation reconciliation, Service service, String status) {
        return await().pollInSameThread()
                .until(
                        () -> {
                            cloud.octavia().settle();
                            cloud.octavia().status(former, status);
                            return reconciliation.ensure(service, NODES);
                        },
                        outcome -> !(outcome instanceof Outcome.Waiting waiting)
                                || waiting.reason().contains(former));
    }

    private void assertPublished(Outcome outcome) {
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Partial.class, partial -> {
            assertThat(partial.identity().loadBalancerId()).isEqualTo("lb-bob");
            assertThat(partial.identity().address()).isEqualTo(NEW_ADDRESS);
            assertThat(partial.ingress()).extracting(Ingress::ip).containsExactly(NEW_ADDRESS);
            assertThat(partial.retryable()).isTrue();
            assertThat(partial.failures()).singleElement().satisfies(failure -> {
                assertThat(failure.notice().reason()).isEqualTo(EventReasons.FORMER_NOT_LEFT);
                assertThat(failure.notice().message()).containsAnyOf(former, "503");
            });
        });
    }

    private void assertLeftLater(CloudReconciliation reconciliation) {
        Service published = mail().annotation("load-balancer-id", "lb-bob")
                .statusIp(NEW_ADDRESS)
                .build();
        cloud.octavia().status(former, "ACTIVE");
        await().pollInSameThread().until(() -> {
            cloud.octavia().settle();
            return reconciliation.ensure(published, NODES) instanceof Outcome.Converged;
        });
        assertThat(cloud.octavia().listeners(former)).hasSize(1);
        assertThat(cloud.octavia().tree(former).loadBalancer().tags())
                .doesNotContain("kube_service_kubernetes_default_mail");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ERROR", "PENDING_UPDATE"})
    void oneThatTakesNoChangesIsLeftLater(String status) {
        CloudReconciliation reconciliation = cloud.reconciliation(CONFIG, CLUSTER);
        assertPublished(ensured(reconciliation, moved, status));
        assertLeftLater(reconciliation);
    }

    @Test
    void oneWhoseListenerCanNotBeDeletedIsLeftLater() {
        RefusedRequests refused = new RefusedRequests();
        refused.refuse("deleteListener", "", busy());
        CloudReconciliation reconciliation = cloud.reconciliation(CONFIG, CLUSTER, refused);
        assertPublished(ensured(reconciliation, moved, "ACTIVE"));
        refused.refuseNothing();
        assertLeftLater(reconciliation);
    }

    /** After a restart nothing tells that it is on two; its tag is found when it is released. */
    @Test
    void oneThatWasNeverLeftIsLeftWithTheRelease() {
        assertPublished(ensured(cloud.reconciliation(CONFIG, CLUSTER), moved, "ERROR"));
        cloud.octavia().status(former, "ACTIVE");
        Service published = mail().annotation("load-balancer-id", "lb-bob")
                .statusIp(NEW_ADDRESS)
                .build();
        assertThat(cloud.release(cloud.reconciliation(CONFIG, CLUSTER), published))
                .isEqualTo(new Outcome.Released());
        assertThat(cloud.octavia().listeners(former)).hasSize(1);
        assertThat(cloud.octavia().listeners("lb-bob")).isEmpty();
    }

    /** The old address in the status is all that tells whose it is. */
    @ParameterizedTest
    @ValueSource(strings = {"ERROR", "PENDING_UPDATE"})
    void oneWithoutTheMarkHoldsTheAddressBack(String status) {
        LoadBalancerTree tree = cloud.octavia().tree(former);
        LoadBalancer marked = tree.loadBalancer();
        put(
                former,
                marked.name(),
                String.valueOf(marked.vipPortId()),
                String.valueOf(marked.vipAddress()),
                List.of("kube_service_kubernetes_default_web", "kube_service_kubernetes_default_mail"));
        Outcome outcome = ensured(cloud.reconciliation(CONFIG, CLUSTER), moved, status);
        if (status.equals("ERROR")) {
            assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        } else {
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Outcome.Waiting.class,
                            waiting -> assertThat(waiting.identity())
                                    .isEqualTo(new Outcome.Identity("lb-bob", false, null)));
        }
    }

    private static CloudException busy() {
        return new CloudException(new Fault(Kind.SERVER_ERROR, "DELETE", false, 503, "busy", null, null), null);
    }
}
