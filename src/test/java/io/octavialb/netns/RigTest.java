package io.octavialb.netns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.Isolated;

/** That the rig measures what it says: with keepalived on both sides, whose figures are known. */
@Tag("netns")
@Isolated
@Execution(ExecutionMode.SAME_THREAD)
class RigTest {
    @Test
    void aPowerLossIsAnOutageOfWhatTheTimersSay() {
        RouterConfig config = RouterConfig.v3(100);
        try (var pair = new Pair(Implementation.KEEPALIVED, Implementation.KEEPALIVED, config)) {
            pair.settleOnA();
            Fault.Outcome outcome = Fault.POWER_LOSS.inflict(pair, 0.5);
            assertThat(outcome.tooShort()).isEmpty();
            assertThat(outcome.outage() / WallClock.MILLISECOND).isBetween(300L, 2_000L);
            Fault.POWER_LOSS.repair(pair);
            pair.settleOnA();
        }
    }

    @Test
    void theProbeSendsAboutEveryMillisecond() {
        RouterConfig config = RouterConfig.v3(100);
        try (var pair = new Pair(Implementation.KEEPALIVED, Implementation.KEEPALIVED, config)) {
            pair.settleOnA();
            long from = WallClock.now();
            Await.until(
                    "1000 answers",
                    pair.patience(),
                    pair::details,
                    () -> pair.probe().since(from).settledOn(pair.a(), 1000));
            assertThat(WallClock.now() - from).isLessThan(2_000 * WallClock.MILLISECOND);
            assertThat(pair.probe().completeSince(from).lost()).isZero();
        }
    }

    @Test
    void nothingIsLeftBehind() {
        List<String> names;
        try (var rig = Rig.pair()) {
            names = rig.hosts().stream().map(host -> host.namespace().name()).toList();
            assertThat(Command.run("ip", "netns", "list")).contains(names);
            rig.host(0).namespace().ip("addr add 10.77.0.9/32 dev eth0");
            assertThat(rig.host(0).holds("10.77.0.9")).isTrue();
        }
        assertThat(Command.run("ip", "netns", "list")).doesNotContain(names);
    }
}
