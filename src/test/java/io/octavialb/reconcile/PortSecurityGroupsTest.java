package io.octavialb.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.octavialb.cloud.MemoryCloud;
import io.octavialb.model.OctaviaVersion;
import io.octavialb.model.observed.Port;
import io.octavialb.openstack.CloudException;
import io.octavialb.openstack.Neutron;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A node's port, which every Service's pass and other programs write as a whole. */
class PortSecurityGroupsTest {
    private static final int PASSES = 10;
    private static final String PORT = "port-node-1";

    private final MemoryCloud cloud = new MemoryCloud(new OctaviaVersion(2, 30));
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger mostRunning = new AtomicInteger();
    private final AtomicInteger writes = new AtomicInteger();
    private final List<Integer> pauses = new ArrayList<>();

    private Port read() {
        return cloud.neutron().port(PORT).orElseThrow();
    }

    /** One that takes its time to answer, and counts. */
    private Neutron slow() {
        return (Neutron) Proxy.newProxyInstance(
                Neutron.class.getClassLoader(), new Class<?>[] {Neutron.class}, (_, method, arguments) -> {
                    mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
                    if (method.getName().equals("updatePortSecurityGroups")) {
                        writes.incrementAndGet();
                    }
                    LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
                    try {
                        return method.invoke(cloud.neutron(), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        running.decrementAndGet();
                    }
                });
    }

    private static List<String> with(List<String> groups, String group) {
        return Stream.concat(groups.stream(), Stream.of(group)).toList();
    }

    @Test
    void passesThatWriteItAtOnceTakeTurns() throws Exception {
        PortSecurityGroups groups = new PortSecurityGroups(slow(), _ -> {});
        Port read = read();
        CyclicBarrier start = new CyclicBarrier(PASSES);
        try (ExecutorService passes = Executors.newFixedThreadPool(PASSES)) {
            List<Future<Port>> done = IntStream.range(0, PASSES)
                    .mapToObj(pass -> passes.submit(() -> {
                        start.await();
                        return groups.changed(read, present -> with(present, "sg-" + pass))
                                .orElseThrow();
                    }))
                    .toList();
            for (Future<Port> pass : done) {
                pass.get();
            }
        }
        assertThat(read().securityGroups())
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, PASSES)
                        .mapToObj(pass -> "sg-" + pass)
                        .toList());
        assertThat(mostRunning).hasValue(1);
        assertThat(writes.get()).as("each is refused once at most").isLessThanOrEqualTo(2 * PASSES);
    }

    @Test
    void anotherProgramThatIsFasterIsGivenTimeAndLosesNothing() {
        PortSecurityGroups groups = new PortSecurityGroups(cloud.neutron(), pauses::add);
        AtomicInteger theirs = new AtomicInteger();
        cloud.neutron().beforePortUpdates(_ -> {
            if (theirs.incrementAndGet() <= 3) {
                cloud.neutron().secure(PORT, "sg-theirs-" + theirs);
            }
        });
        assertThat(groups.changed(read(), present -> with(present, "sg-ours")))
                .hasValueSatisfying(
                        port -> assertThat(port.securityGroups()).containsExactly("sg-theirs-3", "sg-ours"));
        assertThat(pauses).containsExactly(1, 2, 3);
    }

    @Test
    void oneThatIsAlwaysFasterEndsThePass() {
        PortSecurityGroups groups = new PortSecurityGroups(cloud.neutron(), pauses::add);
        cloud.neutron().beforePortUpdates(_ -> cloud.neutron().secure(PORT, "sg-theirs"));
        assertThatThrownBy(() -> groups.changed(read(), present -> with(present, "sg-ours")))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("412");
        assertThat(pauses).hasSize(4);
    }
}
