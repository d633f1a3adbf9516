package io.octavialb.reconcile;

import static io.octavialb.cloud.Clusters.CLUSTER;
import static io.octavialb.cloud.Clusters.CONFIG;
import static io.octavialb.cloud.Clusters.NODES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.octavialb.cloud.MemoryCloud;
import io.octavialb.cloud.ServiceBuilder;
import io.octavialb.model.OctaviaVersion;
import io.octavialb.model.Outcome;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.kubernetes.ServicePort;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.model.observed.LoadBalancerTree;
import io.octavialb.openstack.Octavia;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Service that leaves its former load balancer does so in its turn, and holds no other meanwhile. */
class LoadBalancerTurnsTest {
    private final MemoryCloud cloud = new MemoryCloud(new OctaviaVersion(2, 30));
    private final CountDownLatch leaving = new CountDownLatch(1);
    private final CountDownLatch mayGoOn = new CountDownLatch(1);
    private final List<String> callsOfOthers = new CopyOnWriteArrayList<>();
    private final CloudReconciliation both = reconciliation();
    private Service web;
    private Service moved;
    private Service guest;
    private String former;

    private CloudReconciliation reconciliation() {
        Octavia slow = (Octavia) Proxy.newProxyInstance(
                Octavia.class.getClassLoader(), new Class<?>[] {Octavia.class}, (_, method, args) -> {
                    boolean aboutFormer = args != null && args.length > 0 && args[0].equals(former);
                    if (aboutFormer && Thread.currentThread().getName().equals("leaves")) {
                        leaving.countDown();
                        mayGoOn.await();
                    } else if (aboutFormer) {
                        callsOfOthers.add(method.getName());
                    }
                    try {
                        return method.invoke(cloud.octavia(), args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return new CloudReconciliation(
                CONFIG, CLUSTER, slow, cloud.neutron(), new LoadBalancerWatch(slow, _ -> {}), InstantSource.system());
    }

    private Service settled(Service service) {
        return cloud.recorded(
                service, (Outcome.Converged) cloud.converge(cloud.reconciliation(CONFIG, CLUSTER), service, NODES));
    }

    private static ServiceBuilder named(String name, int port) {
        return new ServiceBuilder()
                .named("default", name)
                .uid("1c5e0f52-0000-4000-8000-0000000000" + port)
                .ports(List.of(new ServicePort(name, "TCP", port, 30000 + port)));
    }

    @BeforeEach
    void serve() {
        web = settled(new ServiceBuilder().build());
        former = cloud.octavia().loadBalancers().getFirst().id();
        LoadBalancer persons = new LoadBalancer(
                "lb-bob",
                "bob",
                "",
                "ACTIVE",
                "ONLINE",
                "amphora",
                "10.6.0.9",
                "vip-bob",
                "sub-private",
                "net-private",
                List.of(),
                null,
                null,
                List.of(),
                null);
        cloud.octavia().put(new LoadBalancerTree(persons, List.of(), List.of()));
        guest = settled(
                named("guest", 26).annotation("load-balancer-id", "lb-bob").build());
        Service mail =
                settled(named("mail", 25).annotation("load-balancer-id", former).build());
        ServiceBuilder builder = named("mail", 25);
        mail.annotations().forEach(builder::annotation);
        mail.ingress().forEach(ingress -> builder.statusIp(String.valueOf(ingress.ip())));
        moved = builder.annotation("load-balancer-id", "lb-bob").build();
    }

    @AfterEach
    void letItGoOn() {
        mayGoOn.countDown();
    }

    @Test
    void itLeavesInTheTurnOfTheFormerOneAlone() throws InterruptedException {
        Thread leaves = Thread.ofPlatform().name("leaves").start(this::leave);
        await().until(() -> leaving.getCount() == 0);
        Thread waits = Thread.ofPlatform().name("waits").start(() -> both.ensure(web, NODES));
        await().until(() -> waits.getState() == Thread.State.WAITING);
        assertThat(callsOfOthers).as("web waits for its turn").isEmpty();
        assertThat(both.ensure(guest, NODES)).as("guest does not").isInstanceOf(Outcome.Converged.class);
        mayGoOn.countDown();
        leaves.join();
        waits.join();
        assertThat(cloud.octavia().listeners(former)).hasSize(1);
    }

    /** Two passes may work: one does, and as many as there are wait for its turn to end. */
    @Test
    void whoWaitsForATurnKeepsNobodyFromWorking() throws Exception {
        PassPermits two = new PassPermits(2);
        Thread leaves = Thread.ofPlatform().name("leaves").start(() -> permitted(two, this::leave));
        await().until(() -> leaving.getCount() == 0);
        List<Thread> waiting = Stream.generate(() ->
                        Thread.ofPlatform().name("waits").start(() -> permitted(two, () -> both.ensure(web, NODES))))
                .limit(3)
                .toList();
        await().until(() -> waiting.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));
        assertThat(CompletableFuture.supplyAsync(() -> permitted(two, () -> both.ensure(guest, NODES)))
                        .get(10, TimeUnit.SECONDS))
                .isInstanceOf(Outcome.Converged.class);
        assertThat(callsOfOthers).isEmpty();
        mayGoOn.countDown();
        leaves.join();
        for (Thread thread : waiting) {
            thread.join();
        }
        assertThat(CompletableFuture.supplyAsync(() -> permitted(two, () -> both.ensure(guest, NODES)))
                        .get(10, TimeUnit.SECONDS))
                .as("all permits are back")
                .isInstanceOf(Outcome.Converged.class);
    }

    private static <T> T permitted(PassPermits permits, Supplier<T> pass) {
        try {
            return permits.during(pass);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean leave() {
        await().pollInSameThread().until(() -> {
            cloud.octavia().settle();
            return both.ensure(moved, NODES) instanceof Outcome.Converged;
        });
        return true;
    }
}
