package io.octavialb.netns;

import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.netns.Comparison.Seen;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Alone, as the flood takes a processor. */
@Tag("netns")
@Isolated
class FloodTest {
    private static final int SECONDS = 5;

    @Test
    void invalidPacketsMoveNothing() {
        var rate = new AtomicLong();
        Seen ours = underFlood(Implementation.OURS, rate);
        long rateOfOurs = rate.get();
        Seen keepalived = underFlood(Implementation.KEEPALIVED, rate);
        Comparison.say("flood of invalid packets: ours %s at %d/s; keepalived %s at %d/s"
                .formatted(ours, rateOfOurs, keepalived, rate.get()));
        assertThat(ours.holds()).as("b stays backup").isTrue();
        assertThat(rateOfOurs).as("packets a second").isGreaterThan(5_000);
    }

    private static Seen underFlood(Implementation kind, AtomicLong rate) {
        try (var pair = new Pair(kind, kind, RouterConfig.v3(100))) {
            pair.settleOnA();
            pair.wireB().forget();
            pair.rig().spareFromMulticast(pair.rig().client());
            long from = WallClock.now();
            try (var flood = Flood.ofInvalidPackets(pair.c())) {
                Await.until(
                        "the flood lasts " + SECONDS + " s",
                        Duration.ofSeconds(2L * SECONDS),
                        pair::details,
                        () -> WallClock.now() - from > SECONDS * 1_000 * WallClock.MILLISECOND);
                rate.set(flood.sent() / SECONDS);
            }
            ProbeRecord record = pair.probe().completeSince(from);
            boolean stayed = pair.wireB().sent().isEmpty() && pair.a().holds(RouterConfig.VIP);
            return new Seen(record.longestGap().length(), record.lost(), stayed);
        }
    }
}
