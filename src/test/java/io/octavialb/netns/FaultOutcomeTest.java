package io.octavialb.netns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The rule that tells a measurement from something else. */
class FaultOutcomeTest {
    private static final long LEAST = 311 * WallClock.MILLISECOND;

    private static Fault.Outcome outcome(long outage) {
        return new Fault.Outcome(Fault.POWER_LOSS, 0.5, 0.5, outage, LEAST, 1000, 300, List.of());
    }

    @Test
    void anOutageThatTheTimersAllowIsOne() {
        assertThat(outcome(LEAST).tooShort()).isEmpty();
    }

    @Test
    void aShorterOneIsNot() {
        assertThat(outcome(LEAST - 1).tooShort())
                .hasValueSatisfying(reason -> assertThat(reason).contains("power-loss", "311.0 ms"));
    }

    @Test
    void theBackupsTimerIsThreeIntervalsAndTheSkewOfItsPriority() {
        assertThat(RouterConfig.v3(100).activeDownNanos()).isEqualTo(360_937_500);
        assertThat(RouterConfig.v2().activeDownNanos()).isEqualTo(3_609_375_000L);
    }
}
