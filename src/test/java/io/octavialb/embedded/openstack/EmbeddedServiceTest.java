package io.octavialb.embedded.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.Uninterruptibles;
import io.octavialb.cloud.Clusters;
import io.octavialb.cloud.ServiceBuilder;
import io.octavialb.config.CloudConfig;
import io.octavialb.config.CloudConfigResult;
import io.octavialb.model.Outcome;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.kubernetes.ServicePort;
import io.octavialb.openstack.Attempt;
import io.octavialb.openstack.OpenStack;
import io.octavialb.reconcile.CloudReconciliation;
import io.octavialb.reconcile.LoadBalancerWatch;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Service's life with the real client, over HTTP to the cloud in memory. */
class EmbeddedServiceTest {
    private final EmbeddedOpenStack cloud = new EmbeddedOpenStack();
    private final List<Exchange> changes = new CopyOnWriteArrayList<>();
    private OpenStackServer server;
    private OpenStack openStack;
    private LoadBalancerWatch watch;
    private CloudReconciliation reconciliation;

    @BeforeEach
    void open() {
        server = new OpenStackServer(cloud);
        CloudConfig config = config();
        openStack = OpenStack.open(
                config.global(), Duration.ofSeconds(10), Attempt.Observer.NOBODY, InstantSource.system());
        watch = new LoadBalancerWatch(openStack.octavia(), _ -> {}, Duration.ofMillis(20));
        reconciliation = new CloudReconciliation(
                config, Clusters.CLUSTER, openStack.octavia(), openStack.neutron(), watch, InstantSource.system());
        cloud.observe(new ExchangeObserver() {
            @Override
            public Fate after(Exchange exchange) {
                if (exchange.request().changes() && !exchange.request().path().startsWith("/identity")) {
                    changes.add(exchange);
                }
                return Fate.GOES_ON;
            }
        });
    }

    @AfterEach
    void close() {
        watch.close();
        openStack.close();
        server.close();
    }

    private CloudConfig config() {
        String text = "[Global]\nauth-url = " + server.authUrl() + "\nregion = " + cloud.region()
                + "\napplication-credential-id = " + cloud.applicationCredentialId()
                + "\napplication-credential-secret = " + cloud.applicationCredentialSecret()
                + "\n[LoadBalancer]\nsubnet-id = " + cloud.subnet("private-subnet") + "\nfloating-network-id = "
                + cloud.network("public") + "\ncreate-monitor = true\nmax-shared-lb = 10\n";
        return switch (CloudConfig.parse("cloud.conf", text, path -> {
            throw new IllegalStateException(path);
        })) {
            case CloudConfigResult.Valid valid -> valid.config();
            case CloudConfigResult.Invalid invalid -> throw new IllegalStateException(invalid.toString());
        };
    }

    private static void until(Class<? extends Outcome> wanted, Supplier<Outcome> pass) {
        AtomicReference<Outcome> outcome = new AtomicReference<>();
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            outcome.set(pass.get());
            return wanted.isInstance(outcome.get()) || !(outcome.get() instanceof Outcome.Waiting);
        });
        assertThat(outcome.get()).isInstanceOf(wanted);
    }

    @Test
    void aServiceIsCreatedUpdatedAndReleased() {
        Service web = new ServiceBuilder().build();
        until(Outcome.Converged.class, () -> reconciliation.ensure(web, Clusters.NODES));
        assertThat(changes).extracting(it -> it.request().method()).containsExactly("POST", "POST");
        assertThat(cloud.tree())
                .contains("VIP 10.6.0.100, floating IP 203.0.113.", "listener TCP 80", "pool TCP ROUND_ROBIN")
                .contains("member 10.6.0.11 30080 node-1", "member 10.6.0.12 30080 node-2", "health monitor TCP")
                .contains("ACTIVE ONLINE");

        Service more = new ServiceBuilder()
                .ports(List.of(new ServicePort("http", "TCP", 80, 30080), new ServicePort("https", "TCP", 443, 30443)))
                .build();
        until(Outcome.Converged.class, () -> reconciliation.ensure(more, Clusters.nodes(1, 2, 3)));
        assertThat(cloud.tree()).contains("listener TCP 443", "member 10.6.0.13 30443");
        assertThat(changes).allSatisfy(it -> assertThat(it.answer().status()).isLessThan(300));

        until(Outcome.Released.class, () -> reconciliation.release(more));
        assertThat(cloud.tree()).isEqualTo("no load balancers\n");
    }

    /** On a cloud so fast that it never answers 409, and where the first change of tags may be overtaken by others. */
    @Test
    void servicesThatShareTakeTurnsSoThatNoTagIsLost() throws Exception {
        cloud.pace(Duration.ZERO);
        Service web = new ServiceBuilder().build();
        until(Outcome.Converged.class, () -> reconciliation.ensure(web, Clusters.NODES));
        CountDownLatch overtaken = new CountDownLatch(1);
        AtomicBoolean first = new AtomicBoolean(true);
        cloud.observe(new ExchangeObserver() {
            @Override
            public Fate before(CloudRequest request) {
                if (request.is("PUT") && request.path().contains("/loadbalancers/") && first.getAndSet(false)) {
                    var _ = Uninterruptibles.awaitUninterruptibly(overtaken, Duration.ofSeconds(1));
                }
                return Fate.GOES_ON;
            }
        });
        String id = openStack.octavia().loadBalancers().getFirst().id();
        List<Service> guests = IntStream.range(1, 4)
                .mapToObj(number -> new ServiceBuilder()
                        .named("default", "guest-" + number)
                        .ports(List.of(new ServicePort("p", "TCP", 8000 + number, 30000 + number)))
                        .annotation("load-balancer-id", id)
                        .build())
                .toList();
        try (ExecutorService together = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Void>> passes = guests.stream()
                    .map(guest -> (Callable<Void>) () -> {
                        until(Outcome.Converged.class, () -> reconciliation.ensure(guest, Clusters.NODES));
                        overtaken.countDown();
                        return null;
                    })
                    .toList();
            for (Future<Void> ended : together.invokeAll(passes)) {
                ended.get();
            }
        }
        assertThat(openStack.octavia().loadBalancer(id).orElseThrow().tags())
                .containsAll(guests.stream()
                        .map(guest ->
                                "kube_service_kubernetes_default_" + guest.key().name())
                        .toList());
        assertThat(openStack.octavia().listeners(id)).hasSize(4);
        assertThat(changes).allSatisfy(it -> assertThat(it.answer().status()).isLessThan(300));
    }

    @Test
    void passesThatAreCutOffBeforeAndAfterChangesLeaveNothingTwice() {
        Service web = new ServiceBuilder().build();
        CutOff cutOff = new CutOff();
        cloud.observe(cutOff);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> reconciliation.ensure(web, Clusters.NODES) instanceof Outcome.Converged);
        assertThat(cutOff.creates).isEqualTo(4);
        assertThat(cloud.tree()).containsOnlyOnce("load balancer ").containsOnlyOnce("floating IP ");
    }

    /** The first create of each kind is never begun, the answer to the second is lost. */
    private static final class CutOff implements ExchangeObserver {
        private int creates;

        private static boolean creates(CloudRequest request) {
            return request.is("POST") && !request.path().startsWith("/identity");
        }

        @Override
        public synchronized Fate before(CloudRequest request) {
            return creates(request) && ++creates % 2 == 1 ? Fate.IS_LOST : Fate.GOES_ON;
        }

        @Override
        public synchronized Fate after(Exchange exchange) {
            return creates(exchange.request()) ? Fate.IS_LOST : Fate.GOES_ON;
        }
    }
}
