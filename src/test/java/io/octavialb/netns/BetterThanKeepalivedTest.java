package io.octavialb.netns;

import static io.octavialb.netns.Implementation.KEEPALIVED;
import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.netns.Comparison.Seen;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Disturbances that a client need not notice, with keepalived in the same role beside. */
@Tag("netns")
@Isolated
@Execution(ExecutionMode.SAME_THREAD)
class BetterThanKeepalivedTest {
    private static final int INTERVAL = 100;
    /** Below what a backup needs to notice that the active router is gone. */
    private static final long NO_TAKEOVER = 3 * INTERVAL * WallClock.MILLISECOND;

    @ParameterizedTest
    @ValueSource(ints = {1000, 100})
    void aStopLosesNothing(int interval) {
        Seen seen = Comparison.of("stop, " + interval + " ms", kind -> stop(kind, kind, interval));
        assertThat(seen.lost()).isZero();
    }

    @Test
    void aStopLosesNothingWhenKeepalivedTakesOver() {
        Seen seen = Comparison.of("stop, 1000 ms, keepalived takes over", kind -> stop(kind, KEEPALIVED, 1000));
        assertThat(seen.lost()).isZero();
    }

    private static Seen stop(Implementation a, Implementation b, int interval) {
        try (var pair = new Pair(a, b, RouterConfig.v3(interval))) {
            pair.settleOnA();
            Fault.Outcome outcome = Fault.GRACEFUL_STOP.inflict(pair, 0.5);
            return new Seen(outcome.outage(), outcome.lost(), !pair.a().holds(RouterConfig.VIP));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 30})
    void anActiveThatWasPausedIsFoundAgain(int percentLost) {
        Seen seen = Comparison.of("SIGSTOP and SIGCONT of the active, %d %% loss".formatted(percentLost), kind -> {
            try (var pair = pair(kind)) {
                if (percentLost > 0) {
                    pair.rig().loseAdvertisements(pair.a(), percentLost);
                }
                pair.routerA().signal(Linux.SIGSTOP);
                pair.awaitAnswersOf(pair.b());
                pair.routerA().signal(Linux.SIGCONT);
                return seenUntilSettledOnA(pair);
            }
        });
        assertThat(seen.holds()).isTrue();
        assertThat(seen.longestGap()).isLessThan(NO_TAKEOVER);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 30})
    void aPartitionHeals(int percentLost) {
        Seen seen = Comparison.of("healed partition, %d %% loss".formatted(percentLost), kind -> {
            try (var pair = pair(kind)) {
                pair.rig().isolate(pair.a());
                pair.awaitAnswersOf(pair.b());
                if (percentLost > 0) {
                    pair.rig().loseAdvertisements(pair.a(), percentLost);
                }
                pair.rig().heal(pair.a());
                return seenUntilSettledOnA(pair);
            }
        });
        assertThat(seen.holds()).isTrue();
        assertThat(seen.longestGap()).isLessThan(NO_TAKEOVER);
    }

    /** From now on, until a alone has the address and a second has gone by in which the client was answered by a. */
    private static Seen seenUntilSettledOnA(Pair pair) {
        long from = WallClock.now();
        pair.settleOnA();
        pair.awaitAnswers(pair.a(), 1000);
        return seen(pair, from, true);
    }

    private static Seen seen(Pair pair, long from, boolean holds) {
        ProbeRecord record = pair.probe().completeSince(from);
        return new Seen(record.longestGap().length(), record.lost(), holds);
    }

    private static Pair pair(Implementation kind) {
        var pair = new Pair(kind, kind, RouterConfig.v3(INTERVAL));
        pair.settleOnA();
        pair.wireB().forget();
        return pair;
    }

    @Test
    void anAddressThatSomebodyRemovesIsBackAtOnce() {
        Seen seen = Comparison.of("address removed by hand", kind -> {
            try (var pair = pair(kind)) {
                long from = WallClock.now();
                pair.a().removeAddress(RouterConfig.VIP, "eth0");
                pair.settleOnA();
                pair.awaitAnswers(pair.a(), 500);
                return seen(pair, from, tookNoPart(pair.wireB()));
            }
        });
        assertThat(seen.holds()).as("b stays backup").isTrue();
        assertThat(seen.longestGap()).isLessThan(NO_TAKEOVER);
    }

    private static boolean tookNoPart(Wire wire) {
        return wire.sent().isEmpty();
    }

    @Test
    void aForeignRouterDoesNotStealTheAddress() {
        Seen seen = Comparison.of("foreign router with our VRID", kind -> {
            try (var pair = pair(kind)) {
                long from = WallClock.now();
                try (var stranger = Flood.ofAnotherRouter(pair.c())) {
                    Await.until(
                            "the foreign router advertises for a while",
                            pair.patience(),
                            pair::details,
                            () -> stranger.sent() > 100);
                }
                boolean reported = kind == KEEPALIVED
                        || pair.routerA().log().contains(pair.c().address(0));
                return seen(pair, from, reported && pair.a().holds(RouterConfig.VIP) && tookNoPart(pair.wireB()));
            }
        });
        assertThat(seen.holds())
                .as("a keeps the address and names the foreign router")
                .isTrue();
        assertThat(seen.longestGap()).isLessThan(NO_TAKEOVER);
    }

    @Test
    void anInterfaceThatComesBackHeals() {
        Seen seen = Comparison.of("interface removed and made again", kind -> {
            try (var pair = pair(kind)) {
                pair.rig().disconnect(pair.a(), 0);
                pair.awaitAnswersOf(pair.b());
                long from = WallClock.now();
                pair.rig().connect(pair.a(), 0);
                pair.rewireA();
                pair.settleOnA();
                return seen(pair, from, true);
            }
        });
        assertThat(seen.longestGap()).isLessThan(NO_TAKEOVER);
    }

    @Test
    void whatAKilledActiveLeftIsRemovedByTheNextWhichIsBackup() {
        Seen seen = Comparison.of("addresses left by kill -9, next start is a backup", kind -> {
            try (var pair = pair(kind)) {
                pair.routerA().signal(Linux.SIGKILL);
                pair.awaitAnswersOf(pair.b());
                assertThat(pair.a().holds(RouterConfig.VIP)).isTrue();
                long from = WallClock.now();
                pair.restartA(pair.configOf(0).withPriority(50));
                Await.until(
                        "a gives up the address",
                        Duration.ofSeconds(20),
                        pair::details,
                        () -> !pair.a().holds(RouterConfig.VIP));
                pair.settleOnB();
                return seen(pair, from, true);
            }
        });
        assertThat(seen.longestGap()).isLessThan(NO_TAKEOVER);
    }

    @Test
    void aReloadChangesWhatIsDifferentAndNothingElse() {
        Seen seen = Comparison.of("reload with one address more and another priority", kind -> {
            try (var pair = pair(kind)) {
                long from = WallClock.now();
                pair.reload(
                        1,
                        pair.configOf(1)
                                .withAddresses(RouterConfig.VIP, "10.77.0.101")
                                .withPriority(90));
                pair.reload(
                        0,
                        pair.configOf(0)
                                .withAddresses(RouterConfig.VIP, "10.77.0.101")
                                .withPriority(160));
                Await.until(
                        "a has the second address",
                        pair.patience(),
                        pair::details,
                        () -> pair.a().holds("10.77.0.101"));
                Await.until(
                        "a advertises the new priority",
                        pair.patience(),
                        pair::details,
                        () -> pair.wireA().nextSent(pair.patience()).priority() == 160);
                pair.awaitAnswers(pair.a(), 500);
                return seen(pair, from, pair.a().holds(RouterConfig.VIP));
            }
        });
        assertThat(seen.holds()).isTrue();
        assertThat(seen.lost()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aGroupMovesAsOne(Implementation kind) {
        try (var rig = new Rig(2, 2)) {
            RouterConfig config = RouterConfig.v3(INTERVAL);
            for (int i = 0; i < 2; i++) {
                Host host = rig.host(i);
                RouterConfig mine = config.withPriority(150 - 50 * i);
                kind.start(
                        host,
                        RouterConfig.global(host)
                                + "vrrp_sync_group both {\n    group {\n        vip\n        second\n    }\n}\n"
                                + mine.instance(host, "vip", "eth0")
                                + mine.withAddresses("10.77.1.100").instance(host, "second", "eth1"));
            }
            awaitBoth(rig, 0);
            rig.host(0).namespace().ip("link set eth1 down");
            awaitBoth(rig, 1);
            rig.host(0).namespace().ip("link set eth1 up");
            awaitBoth(rig, 0);
        }
    }

    private static void awaitBoth(Rig rig, int index) {
        Await.until(
                "host " + index + " alone has both addresses",
                Duration.ofSeconds(20),
                () -> "",
                () -> rig.host(index).holds(RouterConfig.VIP)
                        && rig.host(index).holds("10.77.1.100")
                        && !rig.host(1 - index).holds(RouterConfig.VIP)
                        && !rig.host(1 - index).holds("10.77.1.100"));
    }
}
