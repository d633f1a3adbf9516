package io.octavialb.it;

import static io.octavialb.it.Cluster.port;
import static io.octavialb.it.LabCluster.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.octavialb.config.ServiceOptions;
import io.octavialb.lab.Call;
import io.octavialb.lab.CountingProxy;
import io.octavialb.lab.Fault;
import io.octavialb.lab.Lab;
import io.octavialb.model.observed.FloatingIp;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.model.observed.LoadBalancerTree;
import io.octavialb.model.observed.LoadBalancerTree.PoolTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What {@code ./dev crash} tries on the cloud in memory, for a sample on the real one: the controller is stopped at a
 * request, before it or without its answer, and the next one comes to what an uninterrupted one comes to.
 */
@Tag(Lab.TAG)
@SuppressWarnings("UnnecessaryLambda")
class LabCrashTest {
    private static final Consumer<LabCrashTest> WEB = test -> test.kubernetes.create("web", Map.of(), port("TCP", 80));
    private static final Consumer<LabCrashTest> PORT_443 = test -> test.kubernetes.edit(
            "web", service -> service.editSpec().addToPorts(port("TCP", 443)).endSpec());
    private static final Consumer<LabCrashTest> MAIL = test -> test.kubernetes.create(
            "mail", Map.of(ServiceOptions.LOAD_BALANCER_ID_KEY, test.lab.loadBalancerId("web")), port("TCP", 25));
    private static final Consumer<LabCrashTest> NO_WEB = test -> test.kubernetes.delete("web");

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
        proxy.clearFaults();
        lab.close();
    }

    static Stream<Arguments> points() {
        Fault before = new Fault.DropRequest();
        Fault lost = new Fault.DropAnswer();
        return Stream.of(
                point("create", List.of(), WEB, "POST loadbalancers", lost),
                point("create", List.of(), WEB, "POST floatingips", lost),
                point("add-port", List.of(WEB), PORT_443, "POST listeners", lost),
                point("share", List.of(WEB), MAIL, "PUT loadbalancers", before),
                point("delete", List.of(WEB), NO_WEB, "DELETE loadbalancers", before),
                point("delete", List.of(WEB), NO_WEB, "DELETE loadbalancers", lost));
    }

    private static Arguments point(
            String operation,
            List<Consumer<LabCrashTest>> before,
            Consumer<LabCrashTest> change,
            String call,
            Fault fault) {
        return Arguments.of(operation, before, change, call, fault);
    }

    @ParameterizedTest(name = "{0} {3} {4}")
    @MethodSource("points")
    void theNextControllerComesToTheSame(
            String operation,
            List<Consumer<LabCrashTest>> before,
            Consumer<LabCrashTest> change,
            String call,
            Fault fault) {
        before.forEach(this::settled);
        AtomicBoolean stopped = stopAt(call, fault);
        change.accept(this);
        eventually().untilTrue(stopped);
        proxy.clearFaults();
        lab.restart();
        awaitRest();
        Map<String, String> interrupted = state();

        kubernetes.client().services().inNamespace(Cluster.NAMESPACE).delete();
        awaitRest();
        assertThat(state()).as("nothing is left").isEmpty();
        before.forEach(this::settled);
        settled(change);
        assertThat(interrupted).as(operation).isEqualTo(state());
    }

    /** From that request on nothing of the controller arrives. */
    private AtomicBoolean stopAt(String point, Fault fault) {
        AtomicBoolean stopped = new AtomicBoolean();
        Predicate<Call> here = call -> named(call).equals(point) && stopped.compareAndSet(false, true);
        proxy.inject(1, here, fault);
        proxy.inject(Integer.MAX_VALUE, _ -> stopped.get(), new Fault.DropRequest());
        return stopped;
    }

    /** Method and resource, without ids. */
    private static String named(Call call) {
        return call.method() + " "
                + call.path().replaceFirst("/[0-9a-f]{8}-[0-9a-f-]{27}$", "").replaceFirst(".*/", "");
    }

    private void settled(Consumer<LabCrashTest> change) {
        change.accept(this);
        awaitRest();
    }

    /** Until every Service is served as it is now, and those that are deleted are gone. */
    private void awaitRest() {
        eventually()
                .untilAsserted(() -> assertThat(services()).allSatisfy(service -> {
                    assertThat(service.getMetadata().getDeletionTimestamp()).isNull();
                    assertThat(service.getStatus().getConditions()).anySatisfy(condition -> {
                        assertThat(condition.getType()).endsWith("LoadBalancerReady");
                        assertThat(condition.getStatus()).isEqualTo("True");
                        assertThat(condition.getObservedGeneration())
                                .isEqualTo(service.getMetadata().getGeneration());
                    });
                    assertThat(lab.active(service.getMetadata().getName())).isTrue();
                }));
    }

    private List<Service> services() {
        return kubernetes
                .client()
                .services()
                .inNamespace(Cluster.NAMESPACE)
                .list()
                .getItems();
    }

    /** What is there of this cluster, without what is drawn by lot: ids, addresses, times, node ports. */
    private Map<String, String> state() {
        Map<String, String> state = new TreeMap<>();
        for (LoadBalancer loadBalancer : lab.cloud().octavia().loadBalancers()) {
            if (ofThisCluster(loadBalancer.name())) {
                state.merge(loadBalancer.name(), text(tree(loadBalancer)), (one, other) -> one + " AND " + other);
            }
        }
        for (FloatingIp floatingIp : lab.cloud().neutron().floatingIps()) {
            if (ofThisCluster(floatingIp.description())) {
                state.merge(
                        floatingIp.description(),
                        floatingIp.portId() == null ? "detached" : "attached",
                        (one, other) -> one + " AND " + other);
            }
        }
        for (Service service : services()) {
            state.put(
                    "Service " + service.getMetadata().getName(),
                    String.join(
                            " ",
                            service.getMetadata().getFinalizers().toString(),
                            service.getMetadata().getAnnotations().keySet().stream()
                                    .sorted()
                                    .toList()
                                    .toString(),
                            String.valueOf(service.getStatus()
                                    .getLoadBalancer()
                                    .getIngress()
                                    .size())));
        }
        return state;
    }

    private boolean ofThisCluster(String text) {
        return text.contains(lab.name());
    }

    private LoadBalancerTree tree(LoadBalancer loadBalancer) {
        return lab.tree(loadBalancer);
    }

    private static String text(LoadBalancerTree tree) {
        List<String> parts = new ArrayList<>();
        parts.add(tree.loadBalancer().provisioningStatus() + " "
                + tree.loadBalancer().tags().stream().sorted().toList());
        tree.listeners().stream()
                .map(listener -> listener.name() + " " + listener.protocol() + " " + listener.protocolPort() + " "
                        + listener.allowedCidrs() + " " + listener.tags() + " "
                        + (tree.pool(String.valueOf(listener.defaultPoolId())) != null))
                .sorted()
                .forEach(parts::add);
        tree.pools().stream().map(LabCrashTest::text).sorted().forEach(parts::add);
        return String.join("; ", parts);
    }

    private static String text(PoolTree pool) {
        return pool.pool().name() + " " + pool.pool().protocol()
                + pool.members().stream()
                        .map(member -> member.name() + " " + member.address())
                        .sorted()
                        .toList()
                + (pool.healthMonitor() == null ? "" : pool.healthMonitor().name());
    }
}
