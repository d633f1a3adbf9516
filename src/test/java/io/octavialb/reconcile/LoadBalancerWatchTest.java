package io.octavialb.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.octavialb.model.kubernetes.ObjectKey;
import io.octavialb.openstack.CloudException;
import io.octavialb.openstack.CloudException.Fault;
import io.octavialb.openstack.CloudException.Kind;
import io.octavialb.openstack.Octavia;
import io.octavialb.reconcile.LoadBalancerWatch.Pace;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoadBalancerWatchTest {
    private static final ObjectKey WEB = new ObjectKey("default", "web");
    private static final ObjectKey MAIL = new ObjectKey("default", "mail");

    private final Map<String, String> statuses = new ConcurrentHashMap<>();
    private final AtomicInteger listings = new AtomicInteger();
    private final BlockingQueue<ObjectKey> woken = new LinkedBlockingQueue<>();
    /** A listing asks here for its answer while it is held. */
    private final SynchronousQueue<Map<String, String>> answers = new SynchronousQueue<>();

    private volatile boolean held;
    private volatile @Nullable Throwable failure;
    private final LoadBalancerWatch watch = new LoadBalancerWatch(octavia(), woken::add, Duration.ofMillis(1));

    @AfterEach
    void close() {
        watch.close();
    }

    private Octavia octavia() {
        return (Octavia) Proxy.newProxyInstance(
                Octavia.class.getClassLoader(), new Class<?>[] {Octavia.class}, (_, method, _) -> {
                    assertThat(method.getName()).isEqualTo("provisioningStatuses");
                    listings.incrementAndGet();
                    if (held) {
                        return answers.take();
                    }
                    Throwable fails = failure;
                    if (fails != null) {
                        throw fails;
                    }
                    return Map.copyOf(statuses);
                });
    }

    private @Nullable ObjectKey woken() throws InterruptedException {
        return woken.poll(10, TimeUnit.SECONDS);
    }

    @Test
    void wakesOnceActive() throws InterruptedException {
        statuses.put("lb", "PENDING_CREATE");
        watch.await("lb", WEB);
        await().until(() -> listings.get() >= 3);
        assertThat(woken).isEmpty();
        assertThat(watch.settled("lb", WEB)).isNull();
        statuses.put("lb", "ACTIVE");
        assertThat(woken()).isEqualTo(WEB);
        assertThat(watch.settled("lb", WEB)).isEqualTo("ACTIVE");
    }

    @Test
    void anErrorEndsItAndIsSeen() {
        assertThat(watch.alive()).isTrue();
        failure = new StackOverflowError("told to");
        watch.await("lb", WEB);
        await().until(() -> !watch.alive());
    }

    @Test
    void oneListingATickWhateverTheNumberOfWaiters() throws InterruptedException {
        held = true;
        for (int i = 0; i < 500; i++) {
            watch.await("lb-" + i, new ObjectKey("default", "web-" + i));
            statuses.put("lb-" + i, "ACTIVE");
        }
        await().until(() -> listings.get() == 1);
        answers.put(Map.copyOf(statuses));
        await().until(() -> listings.get() == 2 || woken.size() == 500);
        held = false;
        if (woken.size() < 500) {
            answers.put(Map.copyOf(statuses));
        }
        await().until(() -> woken.size() == 500);
        assertThat(listings).hasValueLessThanOrEqualTo(2);
    }

    @Test
    void noListingWhileNobodyWaits() throws InterruptedException {
        statuses.put("lb", "ACTIVE");
        watch.await("lb", WEB);
        assertThat(woken()).isEqualTo(WEB);
        int before = listings.get();
        assertThat(woken.poll(50, TimeUnit.MILLISECONDS)).isNull();
        assertThat(listings).hasValue(before);
    }

    @Test
    void listingThatBeganBeforeTheWaitDoesNotCount() throws InterruptedException {
        held = true;
        watch.await("other", MAIL);
        await().until(() -> listings.get() == 1);
        watch.await("lb", WEB);
        answers.put(Map.of("other", "ACTIVE", "lb", "ACTIVE"));
        assertThat(woken()).isEqualTo(MAIL);
        answers.put(Map.of("lb", "PENDING_UPDATE"));
        await().until(() -> listings.get() == 3);
        assertThat(woken).isEmpty();
        answers.put(Map.of("lb", "ACTIVE"));
        assertThat(woken()).isEqualTo(WEB);
    }

    @Test
    void waitedForAgainIsNotSettledByWhatWasBefore() throws InterruptedException {
        statuses.put("lb", "ACTIVE");
        watch.await("lb", WEB);
        assertThat(woken()).isEqualTo(WEB);
        statuses.put("lb", "PENDING_UPDATE");
        watch.await("lb", WEB);
        assertThat(watch.settled("lb", WEB)).isNull();
    }

    @Test
    void servicesThatShareALoadBalancerAreAllWokenAndSettledEachForItself() throws InterruptedException {
        statuses.put("lb", "PENDING_UPDATE");
        watch.await("lb", WEB);
        watch.await("lb", MAIL);
        statuses.put("lb", "ACTIVE");
        assertThat(Arrays.asList(woken(), woken())).containsExactlyInAnyOrder(WEB, MAIL);
        statuses.put("lb", "PENDING_UPDATE");
        watch.await("lb", MAIL);
        assertThat(watch.settled("lb", WEB)).isEqualTo("ACTIVE");
        assertThat(watch.settled("lb", MAIL)).isNull();
    }

    @Test
    void goneIsToldAsDeletedAndErrorAsError() throws InterruptedException {
        watch.await("gone", WEB);
        assertThat(woken()).isEqualTo(WEB);
        assertThat(watch.settled("gone", WEB)).isEqualTo(LoadBalancerWatch.GONE);
        statuses.put("lb", "ERROR");
        watch.await("lb", WEB);
        assertThat(woken()).isEqualTo(WEB);
        assertThat(watch.settled("lb", WEB)).isEqualTo("ERROR");
    }

    @Test
    void failuresWakeNobodyAndEndNothing() throws InterruptedException {
        statuses.put("lb", "ACTIVE");
        failure = new CloudException(new Fault(Kind.SERVER_ERROR, "GET", false, 503, "busy", null, null), null);
        watch.await("lb", WEB);
        await().until(() -> listings.get() >= 2);
        failure = new IllegalStateException("a bug");
        int before = listings.get();
        await().until(() -> listings.get() >= before + 2);
        assertThat(woken).isEmpty();
        failure = null;
        assertThat(woken()).isEqualTo(WEB);
    }

    @Test
    void forgottenIsNotWaitedFor() throws InterruptedException {
        statuses.put("lb", "PENDING_UPDATE");
        statuses.put("other", "PENDING_UPDATE");
        watch.await("lb", WEB);
        watch.await("other", MAIL);
        watch.forget("lb", WEB);
        statuses.put("lb", "ACTIVE");
        statuses.put("other", "ACTIVE");
        assertThat(woken()).isEqualTo(MAIL);
        assertThat(woken).isEmpty();
        watch.forget("other", MAIL);
        assertThat(watch.settled("other", MAIL)).isNull();
    }

    @Test
    void closedListsNoMore() throws InterruptedException {
        statuses.put("lb", "PENDING_UPDATE");
        watch.await("lb", WEB);
        await().until(() -> listings.get() >= 1);
        watch.close();
        await().during(Duration.ofMillis(50)).until(new Unchanged(listings)::get);
    }

    /** The passes of each minute find it PENDING again. */
    @Test
    void oneThatIsStuckIsAskedForRarelyAndANewOneOftenAgain() throws InterruptedException {
        watch.close();
        try (LoadBalancerWatch slowing =
                new LoadBalancerWatch(octavia(), woken::add, new Pace(1, 3, Duration.ofMillis(50), (int)
                        Duration.ofHours(1).toMillis()))) {
            statuses.put("stuck", "PENDING_UPDATE");
            slowing.awaitFound("stuck", WEB);
            AtomicInteger before = new AtomicInteger();
            await().pollInterval(Duration.ofMillis(500)).until(() -> {
                slowing.awaitFound("stuck", WEB);
                return before.getAndSet(listings.get()) == listings.get();
            });
            statuses.put("new", "ACTIVE");
            slowing.await("new", MAIL);
            assertThat(woken()).isEqualTo(MAIL);
        }
    }

    @Test
    void oneThatWasOnlyFoundPendingIsForgottenAtItsEnd() throws InterruptedException {
        statuses.put("lb", "ACTIVE");
        watch.awaitFound("lb", WEB);
        assertThat(woken()).isEqualTo(WEB);
        assertThat(watch.settled("lb", WEB)).isNull();
    }

    /** Whoever changed it asks how that ended. */
    @Test
    void oneThatWasChangedAndThenFoundPendingIsToldOf() throws InterruptedException {
        statuses.put("lb", "PENDING_UPDATE");
        watch.await("lb", WEB);
        watch.awaitFound("lb", WEB);
        statuses.put("lb", "ACTIVE");
        assertThat(woken()).isEqualTo(WEB);
        watch.awaitFound("lb", WEB);
        assertThat(woken()).isEqualTo(WEB);
        assertThat(watch.settled("lb", WEB)).isEqualTo("ACTIVE");
    }

    /** True as long as a counter stands still, after at most one step that was under way. */
    private static final class Unchanged {
        private final AtomicInteger counter;
        private final int first;

        Unchanged(AtomicInteger counter) {
            this.counter = counter;
            this.first = counter.get();
        }

        boolean get() {
            return counter.get() <= first + 1;
        }
    }
}
