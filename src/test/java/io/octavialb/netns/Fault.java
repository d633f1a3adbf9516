package io.octavialb.netns;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What happens to the active router a, and how it is undone. */
enum Fault {
    /** Nothing gets from or to the host any more, and it does not notice. */
    POWER_LOSS("power-loss") {
        @Override
        void begin(Pair pair) {
            pair.rig().isolate(pair.a());
        }

        @Override
        void repair(Pair pair) {
            pair.rig().heal(pair.a());
        }
    },
    LINK_DOWN("link-down") {
        @Override
        void begin(Pair pair) {
            pair.link().say("link set eth0 down");
        }

        @Override
        void repair(Pair pair) {
            pair.link().say("link set eth0 up");
        }
    },
    GRACEFUL_STOP("graceful-stop") {
        @Override
        void begin(Pair pair) {
            pair.routerA().signal(Linux.SIGTERM);
        }

        @Override
        void settle(Pair pair) {
            pair.routerA().waitForEnd();
        }

        @Override
        void repair(Pair pair) {
            pair.restartA();
        }
    },
    /** The dead router's host keeps the address and answers: counted until the new active router does. */
    KILL("kill-9") {
        @Override
        void begin(Pair pair) {
            pair.routerA().signal(Linux.SIGKILL);
        }

        @Override
        void repair(Pair pair) {
            String address = pair.configOf(0).address();
            if (pair.a().holds(address)) {
                pair.a().removeAddress(address, "eth0");
            }
            pair.restartA();
        }
    };

    private static final Duration LEAD = Duration.ofMillis(50);
    /** Between the kernel's stamp of an advertisement at the bridge and the router's own. */
    private static final long TOLERANCE = 2 * WallClock.MILLISECOND;

    private final String shown;

    Fault(String shown) {
        this.shown = shown;
    }

    abstract void begin(Pair pair);

    abstract void repair(Pair pair);

    /** What belongs to the fault and takes its time. */
    void settle(Pair pair) {}

    /**
     * What a client saw of it, times in nanoseconds.
     *
     * @param phase that it was meant for, of an interval
     * @param actualPhase that it happened at
     * @param least the shortest outage that the backup's timer allows, from the last advertisement it heard
     */
    record Outcome(
            Fault fault,
            double phase,
            double actualPhase,
            long outage,
            long least,
            long sent,
            long lost,
            List<ProbeRecord.Gap> gaps) {
        /** Says so when the outage is shorter than it can be: then something else was measured. */
        Optional<String> tooShort() {
            return outage >= least
                    ? Optional.empty()
                    : Optional.of("%s: an outage of %.1f ms, though the timers allow none below %.1f ms"
                            .formatted(fault, outage / 1e6, least / 1e6));
        }
    }

    /** Lets it happen at a phase of the advertisement interval, 0 to 1, and waits until b answers the client. */
    Outcome inflict(Pair pair, double phase) {
        long interval = pair.configOf(0).intervalMillis() * WallClock.MILLISECOND;
        Advert before = pair.wireB().nextHeard(pair.patience());
        WallClock.waitUntil(before.time() + (long) (phase * interval));
        long begun = WallClock.now();
        begin(pair);
        pair.awaitAnswersOf(pair.b());
        settle(pair);
        pair.awaitAnswersOf(pair.b());
        return outcome(pair, phase, begun, interval);
    }

    private Outcome outcome(Pair pair, double phase, long begun, long interval) {
        ProbeRecord record = pair.probe().completeSince(begun - LEAD.toNanos());
        long answered = pair.probe().since(begun).firstAnswerOf(pair.b()).orElseThrow();
        long lastHeard = pair.wireB().heard().stream()
                .filter(advert ->
                        advert.time() <= answered && advert.source() == pair.a().mac())
                .map(Advert::time)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        // A busy machine may carry the fault out late, so it counts from when the client felt it.
        ProbeRecord.Gap gap = this == KILL ? new ProbeRecord.Gap(begun, answered) : record.longestGap();
        // A stop is announced, so no timer has to expire.
        long least =
                this == GRACEFUL_STOP ? 0 : lastHeard + pair.configOf(1).activeDownNanos() - gap.from() - TOLERANCE;
        return new Outcome(
                this,
                phase,
                (begun - lastHeard) / (double) interval,
                gap.length(),
                least,
                record.requests(),
                record.lost(),
                record.gaps(5 * WallClock.MILLISECOND));
    }

    @Override
    public String toString() {
        return shown;
    }
}
