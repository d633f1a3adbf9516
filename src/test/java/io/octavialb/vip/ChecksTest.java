package io.octavialb.vip;

import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.vip.Standing.Health;
import io.octavialb.vip.config.CheckSettings;
import io.octavialb.vip.config.CheckSettings.Probe;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Checks that run, and what is told of them. */
class ChecksTest {
    private record Told(String name, Health health) {}

    private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
    private final AtomicBoolean broken = new AtomicBoolean();
    private final AtomicBoolean onVirtualThread = new AtomicBoolean();
    private final Semaphore lookups = new Semaphore(0);
    private ServerSocket server;
    private Checks checks;

    @BeforeEach
    void start() throws Exception {
        server = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
        Probing probing = new Probing(new Programs(Optional.empty()), _ -> {
            onVirtualThread.compareAndSet(false, Thread.currentThread().isVirtual());
            lookups.release();
            return InetAddress.getLoopbackAddress();
        });
        checks = new Checks(
                check -> {
                    onVirtualThread.compareAndSet(false, Thread.currentThread().isVirtual());
                    if (broken.get()) {
                        throw new StackOverflowError("of a test");
                    }
                    return probing.probe(check);
                },
                (name, health) -> told.add(new Told(name, health)));
    }

    @AfterEach
    void end() throws Exception {
        checks.close();
        server.close();
    }

    private CheckSettings check(Duration interval, boolean startsFailed) {
        Probe tcp = new Probe.Tcp("localhost", server.getLocalPort());
        CheckSettings check = Settings.check("c", tcp, 1, 1, startsFailed);
        return new CheckSettings("c", tcp, interval, check.timeout(), 1, 1, 0, startsFailed, check.place());
    }

    private void awaitTold(Health health) throws InterruptedException {
        assertThat(told.poll(1, TimeUnit.MINUTES)).isEqualTo(new Told("c", health));
    }

    @Test
    void aProbeThatBreaksHasFailedAndIsRunAgain() throws InterruptedException {
        checks.run(List.of(check(Duration.ofMillis(10), false)));
        awaitTold(Health.GOOD);
        broken.set(true);
        awaitTold(Health.BAD);
        broken.set(false);
        awaitTold(Health.GOOD);
    }

    @Test
    void aCheckWhoseSettingsChangeKeepsItsVerdict() throws InterruptedException {
        checks.run(List.of(check(Duration.ofMillis(10), true)));
        awaitTold(Health.BAD);
        awaitTold(Health.GOOD);
        for (int i = 11; i < 30; i++) {
            checks.run(List.of(check(Duration.ofMillis(i), true)));
            awaitTold(Health.GOOD);
        }
        broken.set(true);
        awaitTold(Health.BAD);
        checks.run(List.of(check(Duration.ofMillis(50), true)));
        awaitTold(Health.BAD);
        broken.set(false);
        awaitTold(Health.GOOD);
    }

    /** One that looks up a name would hold its processor, and with it all other virtual threads. */
    @Test
    void noCheckRunsOnAVirtualThread() throws InterruptedException {
        checks.run(List.of(check(Duration.ofMillis(10), false)));
        awaitTold(Health.GOOD);
        assertThat(onVirtualThread).isFalse();
    }

    @Test
    void aCheckThatIsNewStartsFailedAsItSays() throws InterruptedException {
        checks.run(List.of(check(Duration.ofMillis(10), true)));
        awaitTold(Health.BAD);
        awaitTold(Health.GOOD);
        checks.run(List.of());
        checks.run(List.of(check(Duration.ofMillis(10), true)));
        awaitTold(Health.BAD);
        awaitTold(Health.GOOD);
    }

    @Test
    void aCheckThatIsAsBeforeGoesOn() throws InterruptedException {
        CheckSettings hourly = check(Duration.ofHours(1), false);
        checks.run(List.of(hourly));
        awaitTold(Health.GOOD);
        checks.run(List.of(hourly));
        checks.run(List.of(hourly));
        checks.run(List.of(check(Duration.ofMinutes(30), false)));
        awaitTold(Health.GOOD);
        assertThat(lookups.tryAcquire(2, 1, TimeUnit.MINUTES)).isTrue();
        assertThat(told).isEmpty();
        assertThat(lookups.availablePermits()).isZero();
    }
}
