package io.octavialb.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.Lock;
import io.octavialb.kubernetes.ControllerSettings.LeaseSettings;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The default Lease: 15 s, to be renewed within 10 s. */
class LeaseTenureTest {
    private static final Duration WRITING = Duration.ofSeconds(1);

    private final Cluster cluster = new Cluster();
    private final KubernetesClient client = cluster.user();
    private Duration now = Duration.ofHours(1);
    private boolean written = true;
    private @Nullable LeaderElectionRecord held;
    private final LeaseTenure tenure = new LeaseTenure(LeaseSettings.DEFAULT, () -> now.toNanos());
    private final Lock lock = new MonotonicLock(
            new Lock() {
                @Override
                public @Nullable LeaderElectionRecord get(KubernetesClient asked) {
                    return held;
                }

                @Override
                public void create(KubernetesClient asked, LeaderElectionRecord lease) {
                    update(asked, lease);
                }

                @Override
                public void update(KubernetesClient asked, LeaderElectionRecord lease) {
                    pass(WRITING);
                    if (!written) {
                        throw new KubernetesClientException("409");
                    }
                }

                @Override
                public String identity() {
                    return "me";
                }

                @Override
                public String describe() {
                    return "a lock";
                }
            },
            tenure,
            () -> now.toNanos());

    @AfterEach
    void close() {
        cluster.close();
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private static LeaderElectionRecord lease(Duration duration) {
        ZonedDateTime time = ZonedDateTime.of(2026, 11, 21, 0, 0, 0, 0, ZoneOffset.UTC);
        return new LeaderElectionRecord("me", duration, time, time, 0);
    }

    private void renew() {
        lock.update(client, lease(LeaseSettings.DEFAULT.duration()));
    }

    @Test
    void withoutTheLeaseThereIsNone() {
        assertThat(tenure.allowsStart()).isFalse();
        assertThat(tenure.left()).isZero();
    }

    @Test
    void itLastsAsLongAsTheLeaseSinceTheRenewalWasSent() {
        renew();
        assertThat(tenure.left()).isEqualTo(LeaseSettings.DEFAULT.duration().minus(WRITING));
    }

    @Test
    void changesStartUntilTheRenewDeadline() {
        lock.create(client, lease(LeaseSettings.DEFAULT.duration()));
        pass(Duration.ofSeconds(10).minus(WRITING).minusMillis(1));
        assertThat(tenure.allowsStart()).isTrue();
        pass(Duration.ofMillis(1));
        assertThat(tenure.allowsStart()).isFalse();
        assertThat(tenure.left()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aRenewalThatFailsDoesNotMakeItLonger() {
        renew();
        Duration before = tenure.left();
        written = false;
        assertThatThrownBy(this::renew).isInstanceOf(KubernetesClientException.class);
        assertThat(tenure.left()).isEqualTo(before.minus(WRITING));
    }

    @Test
    void aProcessThatWasSuspendedFindsItOver() {
        renew();
        pass(Duration.ofMinutes(5));
        assertThat(tenure.allowsStart()).isFalse();
        assertThat(tenure.left()).isNegative();
    }

    @Test
    void givingTheLeaseUpEndsIt() {
        renew();
        lock.update(client, lease(Duration.ofSeconds(1)));
        assertThat(tenure.allowsStart()).isFalse();
    }

    @Test
    void anotherLeaderEndsIt() {
        renew();
        tenure.over();
        assertThat(tenure.allowsStart()).isFalse();
        assertThat(tenure.left()).isZero();
    }

    private static LeaderElectionRecord anothers(String renewed) {
        ZonedDateTime time = ZonedDateTime.parse(renewed);
        return new LeaderElectionRecord("another", LeaseSettings.DEFAULT.duration(), time, time, 0);
    }

    /** How long ago the elector takes the Lease to have been renewed. */
    private Duration sinceRenewal() {
        LeaderElectionRecord read = Objects.requireNonNull(lock.get(client));
        return Duration.between(read.getRenewTime(), ZonedDateTime.now(ZoneOffset.UTC));
    }

    private static void isAbout(Duration actual, Duration expected) {
        assertThat(actual).isCloseTo(expected, Duration.ofMillis(500));
    }

    @Test
    void anotherLeadersClockDoesNotMatter() {
        held = anothers("2020-01-01T00:00:00Z");
        isAbout(sinceRenewal(), Duration.ZERO);
        pass(Duration.ofSeconds(14));
        isAbout(sinceRenewal(), Duration.ofSeconds(14));
        held = anothers("2020-01-01T00:00:02Z");
        isAbout(sinceRenewal(), Duration.ZERO);
    }

    @Test
    void aLeaseThatIsNotThereIsNotThere() {
        assertThat(lock.get(client)).isNull();
    }
}
