package io.octavialb.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.octavialb.config.CloudConfig;
import io.octavialb.config.CloudConfigResult;
import io.octavialb.config.ServiceOptions;
import io.octavialb.embedded.kubernetes.ApiRequest;
import io.octavialb.embedded.kubernetes.EmbeddedKubernetes;
import io.octavialb.embedded.kubernetes.Refusal;
import io.octavialb.embedded.openstack.CloudRequest;
import io.octavialb.embedded.openstack.EmbeddedOpenStack;
import io.octavialb.embedded.openstack.ExchangeObserver;
import io.octavialb.embedded.openstack.OpenStackServer;
import io.octavialb.model.observed.Listener;
import io.octavialb.openstack.Attempt;
import io.octavialb.openstack.OpenStack;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A leader that can no longer renew its Lease, and does not notice that its process should end, beside the next one.
 *
 * <p>Its last change is on its way to the cloud meanwhile and lands after the next leader has done its work.
 */
class TwoLeadersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String FIRST = "octavia-lb/first";
    private static final String SECOND = "octavia-lb/second";
    private static final String CONNECTION_LIMIT = "loadbalancer.openstack.org/connection-limit";

    private final EmbeddedOpenStack cloud = new EmbeddedOpenStack();
    private final CountDownLatch delayed = new CountDownLatch(1);
    private OpenStackServer server;
    private EmbeddedKubernetes kubernetes;
    private OpenStack reader;
    private Replica first;

    @SuppressWarnings("NullAway.Init")
    private Replica second;

    @BeforeEach
    void startFirst() {
        server = new OpenStackServer(cloud);
        kubernetes = EmbeddedKubernetes.start();
        kubernetes.node("node-1", "openstack:///node-1", "10.6.0.11");
        CloudConfig config = config();
        reader = OpenStack.open(
                config.global(), Duration.ofSeconds(10), Attempt.Observer.NOBODY, InstantSource.system());
        first = new Replica(kubernetes, FIRST, config);
        await().atMost(PATIENCE).until(first::leading);
        kubernetes.client().resource(loadBalancer("web")).create();
        await().atMost(PATIENCE)
                .until(() -> !service("web")
                        .getStatus()
                        .getLoadBalancer()
                        .getIngress()
                        .isEmpty());
        await().atMost(PATIENCE).until(() -> statuses("web").equals(List.of("ACTIVE")));
    }

    @AfterEach
    void close() {
        delayed.countDown();
        second.close();
        first.close();
        reader.close();
        kubernetes.close();
        server.close();
    }

    /** The first request of this kind waits on its way to the cloud. */
    private CountDownLatch delay(String method, String path) {
        CountDownLatch underway = new CountDownLatch(1);
        cloud.observe(new ExchangeObserver() {
            private boolean met;

            @Override
            public Fate before(CloudRequest request) {
                synchronized (this) {
                    if (met
                            || !request.method().equals(method)
                            || !request.path().contains(path)) {
                        return Fate.GOES_ON;
                    }
                    met = true;
                }
                underway.countDown();
                awaited(delayed);
                return Fate.GOES_ON;
            }
        });
        return underway;
    }

    private void secondTakesOver() {
        kubernetes.refuse(request -> isRenewalOfFirst(request)
                ? Optional.of(new Refusal.Answer(503, "ServiceUnavailable", "etcd is away"))
                : Optional.empty());
        second = new Replica(kubernetes, SECOND, config());
        await().atMost(PATIENCE).until(second::leading);
    }

    private static boolean isRenewalOfFirst(ApiRequest request) {
        return request.userAgent().equals(FIRST)
                && !request.method().equals("GET")
                && request.path().contains("/leases/");
    }

    @Test
    void aChangeThatLandsLateIsRepairedByTheNextLeader() {
        CountDownLatch underway = delay("PUT", "/lbaas/listeners/");
        limit("5");
        awaited(underway);
        secondTakesOver();
        limit("10");
        await().atMost(PATIENCE).until(() -> limitIs(10));
        await().atMost(PATIENCE).until(() -> statuses("web").equals(List.of("ACTIVE")));
        int changesInTime = first.changes.size();
        delayed.countDown();
        await().atMost(PATIENCE).until(() -> limitIs(5));
        eventually("web", () -> limitIs(10));
        assertThat(first.ends).containsExactly("lost the Lease kube-system/octavia-lb-controller");
        assertThat(first.changes.subList(changesInTime, first.changes.size())).isEmpty();
        assertThat(first.changes.getLast()).isEqualTo("PUT /v2/lbaas/listeners/{id} NO_ANSWER");
        assertThat(second.ends).isEmpty();
    }

    @Test
    void aLoadBalancerThatIsMadeLateIsDeletedByTheNextLeader() {
        CountDownLatch underway = delay("POST", "/lbaas/loadbalancers");
        kubernetes.client().resource(loadBalancer("api")).create();
        awaited(underway);
        secondTakesOver();
        await().atMost(PATIENCE).until(() -> statuses("api").equals(List.of("ACTIVE")));
        await().atMost(PATIENCE)
                .until(() -> !service("api")
                        .getStatus()
                        .getLoadBalancer()
                        .getIngress()
                        .isEmpty());
        delayed.countDown();
        await().atMost(PATIENCE).until(() -> statuses("api").equals(List.of("ACTIVE", "ACTIVE")));
        eventually("api", () -> statuses("api").equals(List.of("ACTIVE")));
        assertThat(second.ends).isEmpty();
    }

    @Test
    void aLeaderOfThePastWritesNothing() {
        secondTakesOver();
        int changesInTime = first.changes.size();
        limit("10");
        first.wake("web");
        await().atMost(PATIENCE).until(() -> limitIs(10));
        assertThat(first.changes).hasSize(changesInTime);
    }

    /**
     * The second leader's passes come to it. More than one is asked for: one that still waits for its own last change takes the
     * answer to that for what is there.
     */
    private void eventually(String service, Callable<Boolean> condition) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(300)).until(() -> {
            second.wake(service);
            return condition.call();
        });
    }

    private void limit(String value) {
        EmbeddedKubernetes.edit(
                kubernetes.client().services().inNamespace("default").withName("web"), service -> {
                    service.getMetadata().getAnnotations().put(CONNECTION_LIMIT, value);
                    return service;
                });
    }

    private Service service(String name) {
        return kubernetes
                .client()
                .services()
                .inNamespace("default")
                .withName(name)
                .require();
    }

    private String loadBalancerId() {
        return service("web").getMetadata().getAnnotations().getOrDefault(ServiceOptions.LOAD_BALANCER_ID_KEY, "");
    }

    /** The provisioning_status of each load balancer that is named for the Service. */
    private List<String> statuses(String service) {
        return reader.octavia().loadBalancersNamed("kube_service_test_default_" + service).stream()
                .map(loadBalancer -> loadBalancer.provisioningStatus())
                .toList();
    }

    private @Nullable Integer connectionLimit() {
        List<Listener> listeners = reader.octavia().listeners(loadBalancerId());
        return listeners.getFirst().connectionLimit();
    }

    private boolean limitIs(int value) {
        return Integer.valueOf(value).equals(connectionLimit());
    }

    private static Service loadBalancer(String name) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(name)
                .withAnnotations(Map.of(CONNECTION_LIMIT, "1"))
                .endMetadata()
                .withNewSpec()
                .withType("LoadBalancer")
                .addNewPort()
                .withPort(80)
                .endPort()
                .endSpec()
                .build();
    }

    private CloudConfig config() {
        String text = "[Global]\nauth-url = " + server.authUrl() + "\nregion = " + cloud.region()
                + "\napplication-credential-id = " + cloud.applicationCredentialId()
                + "\napplication-credential-secret = " + cloud.applicationCredentialSecret()
                + "\n[LoadBalancer]\nsubnet-id = " + cloud.subnet("private-subnet") + "\nfloating-network-id = "
                + cloud.network("public") + "\n";
        return switch (CloudConfig.parse("cloud.conf", text, path -> {
            throw new IllegalStateException(path);
        })) {
            case CloudConfigResult.Valid valid -> valid.config();
            case CloudConfigResult.Invalid invalid -> throw new IllegalStateException(invalid.toString());
        };
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
