package io.octavialb.netns;

import static io.octavialb.netns.Implementation.KEEPALIVED;
import static io.octavialb.netns.Implementation.OURS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Ours with keepalived, in either role: takeover and return, by silence and by notice. */
@Tag("netns")
@Execution(ExecutionMode.CONCURRENT)
class InteropTest {
    private static Stream<Arguments> configs() {
        return bothWays(List.of(
                named("v2, 1 s", RouterConfig.v2()),
                named("v2 with a password, 1 s", RouterConfig.v2().withPassword("secret12")),
                named("v3, 1 s", RouterConfig.v3(1000)),
                named("v3, 100 ms", RouterConfig.v3(100)),
                named("v3, unicast, 1 s", RouterConfig.v3(1000).withUnicast()),
                named("v3, unicast, 100 ms", RouterConfig.v3(100).withUnicast()),
                named("v2, unicast, 1 s", RouterConfig.v2().withUnicast()),
                named("IPv6, 1 s", RouterConfig.v6(1000)),
                named("IPv6, 100 ms", RouterConfig.v6(100))));
    }

    static Stream<Arguments> bothWays(List<Named<RouterConfig>> configs) {
        return configs.stream()
                .flatMap(
                        config -> Stream.of(OURS, KEEPALIVED).map(first -> Arguments.of(config, first, first.other())));
    }

    static Named<RouterConfig> named(String name, RouterConfig config) {
        return Named.of(name, config);
    }

    @ParameterizedTest(name = "{0}: {1} active, {2} backup")
    @MethodSource("configs")
    void takesOverAndGivesBack(RouterConfig config, Implementation active, Implementation backup) {
        show(config, active, backup);
    }

    static void show(RouterConfig config, Implementation active, Implementation backup) {
        try (var pair = new Pair(active, backup, config)) {
            pair.settleOnA();
            takeoverAndReturn(pair, Fault.POWER_LOSS);
            takeoverAndReturn(pair, Fault.GRACEFUL_STOP);
        }
    }

    static void takeoverAndReturn(Pair pair, Fault fault) {
        Fault.Outcome outcome = fault.inflict(pair, 0.5);
        assertThat(outcome.tooShort()).isEmpty();
        fault.repair(pair);
        pair.settleOnA();
    }
}
