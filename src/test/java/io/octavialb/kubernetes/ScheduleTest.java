package io.octavialb.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private final Schedule schedule = new Schedule(
            Duration.ofMinutes(10), Duration.ofSeconds(5), Duration.ofSeconds(300), RandomGenerator.getDefault());

    private long seconds(String uid, NextPass next) {
        return schedule.control(uid, next).getScheduleDelay().orElseThrow() / 1000;
    }

    private void fail(int times) {
        IntStream.range(0, times).forEach(_ -> schedule.control("u1", new NextPass.Retry()));
    }

    @Test
    void pausesGrowWithEachFailureAlsoWhenItWasWaitedInBetween() {
        assertThat(IntStream.range(0, 8).mapToLong(_ -> {
                    schedule.control("u1", new NextPass.Wake());
                    return seconds("u1", new NextPass.Retry());
                }))
                .containsExactly(5L, 10L, 20L, 40L, 80L, 160L, 300L, 300L);
        assertThat(seconds("u2", new NextPass.Retry())).isEqualTo(5);
    }

    @Test
    void serviceThatIsServedOrReleasedBeginsAnew() {
        fail(5);
        assertThat(seconds("u1", new NextPass.Drift())).isBetween(540L, 660L);
        assertThat(seconds("u1", new NextPass.Retry())).isEqualTo(5);
        fail(5);
        assertThat(schedule.control("u1", new NextPass.Never()).getScheduleDelay())
                .isEmpty();
        assertThat(seconds("u1", new NextPass.Retry())).isEqualTo(5);
    }
}
