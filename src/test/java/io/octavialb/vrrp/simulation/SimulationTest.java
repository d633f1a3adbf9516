package io.octavialb.vrrp.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.vrrp.StateMachine;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code -Dvrrp.seeds=100000} runs more; {@code -Dvrrp.seed=17} runs one and tells all that happened. */
class SimulationTest {
    private static final long SEEDS = Long.getLong("vrrp.seeds", 5_000);
    private static final int SEEDS_PER_PLANT = 400;

    @Test
    void theInvariantsHold() {
        Long only = Long.getLong("vrrp.seed");
        if (only != null) {
            Scenario.run(only, StateMachine::turn, true);
            return;
        }
        OptionalLong broken = firstBroken(StateMachine::turn, SEEDS);
        broken.ifPresent(seed -> {
            throw new AssertionError("seed " + seed + ": " + told(seed, StateMachine::turn));
        });
    }

    @ParameterizedTest
    @EnumSource
    void aPlantedBugIsFound(Plant plant) {
        assertThat(firstBroken(plant, SEEDS_PER_PLANT))
                .as("a seed that finds %s", plant)
                .isPresent();
    }

    private static OptionalLong firstBroken(Engine engine, long seeds) {
        return LongStream.range(0, seeds).filter(seed -> breaks(seed, engine)).findFirst();
    }

    private static boolean breaks(long seed, Engine engine) {
        try {
            Scenario.run(seed, engine, false);
            return false;
        } catch (Violation _) {
            return true;
        }
    }

    private static String told(long seed, Engine engine) {
        try {
            Scenario.run(seed, engine, true);
            return "not again";
        } catch (Violation violation) {
            return String.valueOf(violation.getMessage());
        }
    }
}
