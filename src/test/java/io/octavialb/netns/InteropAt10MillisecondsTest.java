package io.octavialb.netns;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link InteropTest} where a busy machine is a fault by itself: an active router is missed after 36 ms. */
@Tag("netns")
@Isolated
@Execution(ExecutionMode.SAME_THREAD)
class InteropAt10MillisecondsTest {
    private static Stream<Arguments> configs() {
        return InteropTest.bothWays(List.of(
                InteropTest.named("v3, 10 ms", RouterConfig.v3(10)),
                InteropTest.named("v3, unicast, 10 ms", RouterConfig.v3(10).withUnicast()),
                InteropTest.named("IPv6, 10 ms", RouterConfig.v6(10))));
    }

    @ParameterizedTest(name = "{0}: {1} active, {2} backup")
    @MethodSource("configs")
    void takesOverAndGivesBack(RouterConfig config, Implementation active, Implementation backup) {
        InteropTest.show(config, active, backup);
    }
}
