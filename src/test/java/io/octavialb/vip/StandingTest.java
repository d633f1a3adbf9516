package io.octavialb.vip;

import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.vip.Standing.Health;
import io.octavialb.vip.config.InstanceSettings;
import io.octavialb.vip.config.Tracked;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What tracked interfaces and checks make of an instance's priority and of its part. */
class StandingTest {
    private static Standing of(int priority, List<Tracked> interfaces, List<Tracked> checks, String unusable) {
        InstanceSettings instance = Settings.instance("vi", 1, priority, "192.0.2.10");
        Map<String, Health> health = Map.of("good", Health.GOOD, "bad", Health.BAD);
        return Standing.of(instance, interfaces, checks, unusable, new Standing.Conditions() {
            @Override
            public boolean up(String interfaceName) {
                return Set.of("up").contains(interfaceName);
            }

            @Override
            public Health check(String name) {
                return health.getOrDefault(name, Health.UNKNOWN);
            }
        });
    }

    private static int priority(int configured, Tracked... checks) {
        return of(configured, List.of(), List.of(checks), "").priority();
    }

    @Test
    void aNegativeWeightCountsWhileTheCheckFails() {
        assertThat(priority(100, new Tracked("bad", -30))).isEqualTo(70);
        assertThat(priority(100, new Tracked("good", -30))).isEqualTo(100);
    }

    @Test
    void aPositiveWeightCountsWhileTheCheckSucceeds() {
        assertThat(priority(100, new Tracked("good", 30))).isEqualTo(130);
        assertThat(priority(100, new Tracked("bad", 30))).isEqualTo(100);
    }

    @Test
    void aCheckThatHasNotSaidAnythingCountsNothing() {
        assertThat(priority(100, new Tracked("later", 30), new Tracked("later", -30)))
                .isEqualTo(100);
    }

    @Test
    void weightsAddUpWithinTheRangeOfAPriority() {
        assertThat(priority(200, new Tracked("good", 50), new Tracked("good", 50)))
                .isEqualTo(254);
        assertThat(priority(20, new Tracked("bad", -50))).isEqualTo(1);
    }

    @Test
    void anOwnersPriorityIsNotWeighed() {
        assertThat(priority(255, new Tracked("bad", -50))).isEqualTo(255);
    }

    @Test
    void withoutAWeightFailureIsAFault() {
        Standing standing =
                of(100, List.of(new Tracked("down", 0), new Tracked("up", 0)), List.of(new Tracked("bad", 0)), "");
        assertThat(standing.faults()).containsExactly("interface down is down", "check bad fails");
        assertThat(standing.cutOff()).isFalse();
        assertThat(standing.priority()).isEqualTo(100);
    }

    @Test
    void aTrackedInterfaceIsWeighedAsACheckIs() {
        assertThat(of(100, List.of(new Tracked("down", -20), new Tracked("up", 5)), List.of(), "")
                        .priority())
                .isEqualTo(85);
    }

    @Test
    void onlyACheckThatCouldBeAFaultIsAwaited() {
        assertThat(of(100, List.of(), List.of(new Tracked("later", 0)), "").awaited())
                .isTrue();
        assertThat(of(100, List.of(), List.of(new Tracked("later", -5)), "").awaited())
                .isFalse();
        assertThat(of(100, List.of(), List.of(new Tracked("good", 0)), "").awaited())
                .isFalse();
    }

    @Test
    void itsOwnInterfaceCutsItOff() {
        Standing standing = of(100, List.of(), List.of(), "interface eth0 is not there");
        assertThat(standing.cutOff()).isTrue();
        assertThat(standing.faults()).containsExactly("interface eth0 is not there");
    }
}
