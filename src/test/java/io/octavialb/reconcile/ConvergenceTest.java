package io.octavialb.reconcile;

import static io.octavialb.cloud.Clusters.CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.cloud.CloudState;
import io.octavialb.cloud.Clusters;
import io.octavialb.cloud.MemoryCloud;
import io.octavialb.config.CloudConfig;
import io.octavialb.model.OctaviaVersion;
import io.octavialb.model.Outcome;
import io.octavialb.model.desired.DesiredListener;
import io.octavialb.model.desired.DesiredMember;
import io.octavialb.model.desired.DesiredPool;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.observed.FloatingIp;
import io.octavialb.model.observed.Pool;
import io.octavialb.model.observed.Port;
import io.octavialb.model.observed.SecurityGroup;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** From any Service to any other: it always ends, always in the same, and nothing of others is touched. */
class ConvergenceTest {
    /** More are drawn with {@code -Dconvergence.seeds}. */
    private static final int SEEDS = Integer.getInteger("convergence.seeds", 300);

    private static final int HAND_MADE_PORT = 9000;
    private static final List<OctaviaVersion> VERSIONS = List.of(
            new OctaviaVersion(2, 0),
            new OctaviaVersion(2, 5),
            new OctaviaVersion(2, 12),
            new OctaviaVersion(2, 16),
            new OctaviaVersion(2, 22),
            new OctaviaVersion(2, 30));
    private static final CloudConfig BATCHES = Clusters.CONFIG;
    private static final CloudConfig SERIAL = Clusters.config("provider-requires-serial-api-calls = true\n");
    private static final CloudConfig SECURED = Clusters.config("manage-security-groups = true\n");
    private static final List<CloudConfig> CONFIGS = List.of(BATCHES, SERIAL, SECURED);

    /** One draw: a Service, what it becomes, and the cloud it is in. */
    private record Draw(OctaviaVersion version, CloudConfig config, Variant before, Variant after) {
        static Draw of(int seed) {
            Random random = new Random(seed);
            OctaviaVersion version = VERSIONS.get(random.nextInt(VERSIONS.size()));
            return new Draw(
                    version,
                    CONFIGS.get(random.nextInt(CONFIGS.size())),
                    Variant.draw(random, version),
                    Variant.draw(random, version));
        }

        /** A cloud in which the Service was right as it was before, and somebody has made things by hand. */
        MemoryCloud cloud() {
            MemoryCloud cloud = new MemoryCloud(version, Duration.ZERO);
            cloud.settled(config, CLUSTER, before.service(), before.nodes());
            makeByHand(cloud);
            cloud.countFromHere();
            return cloud;
        }

        Service recorded(MemoryCloud cloud) {
            Outcome outcome = cloud.converge(cloud.reconciliation(config, CLUSTER), before.service(), before.nodes());
            return outcome instanceof Outcome.Converged converged
                    ? cloud.recorded(after.service(), converged)
                    : after.service();
        }
    }

    private static void makeByHand(MemoryCloud cloud) {
        String loadBalancer = cloud.octavia().loadBalancers().getFirst().id();
        DesiredMember member = DesiredMember.serving("mine", "10.6.0.99", 9, null, null);
        DesiredPool desired = new DesiredPool("mine", "TCP", "ROUND_ROBIN", null, List.of(member), null, null);
        Pool pool = cloud.octavia().createPool(loadBalancer, desired);
        cloud.octavia().settle();
        cloud.octavia().createMember(pool.id(), member);
        cloud.octavia().settle();
        DesiredListener listener = new DesiredListener(
                "mine", "TCP", HAND_MADE_PORT, 7, null, null, null, null, null, null, null, null, desired);
        cloud.octavia().createListener(loadBalancer, listener, pool.id());
        cloud.octavia().settle();
        cloud.octavia().createPool(loadBalancer, desired);
        cloud.octavia().settle();
        cloud.neutron().put(new FloatingIp("fip-mine", "net-public", "203.0.113.3", null, "mine"));
        cloud.neutron().put(new FloatingIp("fip-server", "net-public", "203.0.113.4", "a-server", "mine too"));
        cloud.neutron().put(new SecurityGroup("sg-mine", "mine", "mine", List.of()));
        cloud.neutron()
                .port("port-node-1")
                .ifPresent(port -> cloud.neutron()
                        .secure(
                                port.id(),
                                Stream.concat(Stream.of("sg-mine"), port.securityGroups().stream())
                                        .toArray(String[]::new)));
    }

    private static List<Object> madeByHand(MemoryCloud cloud) {
        String loadBalancer = cloud.octavia().loadBalancers().getFirst().id();
        List<Pool> pools = cloud.octavia().pools(loadBalancer).stream()
                .filter(pool -> pool.name().equals("mine"))
                .toList();
        return List.of(
                cloud.octavia().listeners(loadBalancer).stream()
                        .filter(listener -> listener.protocolPort() == HAND_MADE_PORT)
                        .toList(),
                pools,
                pools.stream().map(pool -> cloud.octavia().members(pool.id())).toList(),
                cloud.neutron().floatingIps().stream()
                        .filter(floatingIp -> floatingIp.description().startsWith("mine"))
                        .toList(),
                cloud.neutron().securityGroups(List.of("sg-mine")),
                cloud.neutron().portsWithSecurityGroups(List.of("sg-mine")).stream()
                        .map(Port::id)
                        .toList());
    }

    @Test
    void everyChangeConvergesAndLeavesNothingToDo() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Draw draw = Draw.of(seed);
            MemoryCloud cloud = draw.cloud();
            Service after = draw.recorded(cloud);
            List<Object> made = madeByHand(cloud);
            Outcome outcome = cloud.converge(
                    cloud.reconciliation(draw.config(), CLUSTER),
                    after,
                    draw.after().nodes());
            assertThat(outcome).as("seed %d", seed).isInstanceOf(Outcome.Converged.class);
            assertNothingToDo(seed, draw, cloud, cloud.recorded(after, (Outcome.Converged) outcome));
            assertThat(madeByHand(cloud)).as("seed %d", seed).isEqualTo(made);
        }
    }

    private static void assertNothingToDo(int seed, Draw draw, MemoryCloud cloud, Service service) {
        assertThat(cloud.reconciliation(draw.config(), CLUSTER)
                        .preview(service, draw.after().nodes()))
                .as("seed %d", seed)
                .isInstanceOfSatisfying(
                        Preview.Plans.class,
                        plans -> assertThat(plans.plan().steps())
                                .as("seed %d", seed)
                                .isEmpty());
    }

    @Test
    void killedAfterEverySingleStepItEndsInTheSame() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Draw draw = Draw.of(seed);
            MemoryCloud straight = draw.cloud();
            Service after = draw.recorded(straight);
            straight.converge(
                    straight.reconciliation(draw.config(), CLUSTER),
                    after,
                    draw.after().nodes());
            MemoryCloud killed = draw.cloud();
            Outcome outcome = killed.convergeByDying(
                    draw.config(), CLUSTER, draw.recorded(killed), draw.after().nodes());
            assertThat(outcome).as("seed %d", seed).isInstanceOf(Outcome.Converged.class);
            assertThat(CloudState.of(killed)).as("seed %d", seed).isEqualTo(CloudState.of(straight));
            assertThat(killed.mutations())
                    .as("seed %d: no step is taken twice", seed)
                    .hasSameSizeAs(straight.mutations());
        }
    }

    @Test
    void whateverItWasItIsReleased() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Draw draw = Draw.of(seed);
            MemoryCloud cloud = new MemoryCloud(draw.version(), Duration.ZERO);
            cloud.settled(
                    draw.config(),
                    CLUSTER,
                    draw.before().service(),
                    draw.before().nodes());
            Outcome outcome = cloud.release(
                    cloud.reconciliation(draw.config(), CLUSTER), draw.before().service());
            assertThat(outcome).as("seed %d", seed).isEqualTo(new Outcome.Released());
            assertThat(cloud.octavia().loadBalancers()).as("seed %d", seed).isEmpty();
            assertThat(cloud.neutron().securityGroups()).as("seed %d", seed).isEmpty();
            boolean kept =
                    draw.before().service().annotations().containsKey("loadbalancer.openstack.org/keep-floatingip");
            assertThat(cloud.neutron().floatingIps())
                    .as("seed %d", seed)
                    .allSatisfy(floatingIp -> assertThat(kept).isTrue());
        }
    }
}
