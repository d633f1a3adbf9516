package io.octavialb.net;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PollerTest {
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    @Test
    void endsWhenTheTimeIsOver() throws Exception {
        try (Poller poller = Poller.open()) {
            long before = System.nanoTime();
            poller.await(TimeUnit.MILLISECONDS.toNanos(20));
            assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(20));
            poller.await(-1);
        }
    }

    @Test
    void isWokenByAnotherThread() throws Exception {
        try (Poller poller = Poller.open()) {
            Thread other = Thread.ofPlatform().start(poller::wake);
            poller.await(MINUTE);
            other.join();
        }
    }

    @Test
    void wakingBeforehandEndsTheNextWaitOnly() throws Exception {
        try (Poller poller = Poller.open()) {
            poller.wake();
            poller.wake();
            poller.await(MINUTE);
            long before = System.nanoTime();
            poller.await(TimeUnit.MILLISECONDS.toNanos(20));
            assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    @Test
    void wakingAfterClosingDoesNothing() throws Exception {
        Poller poller = Poller.open();
        poller.close();
        poller.wake();
    }

    @Test
    void knowsWhichOfManyIsReady() throws Exception {
        int[] descriptors = new int[40];
        try (Poller poller = Poller.open()) {
            for (int i = 0; i < descriptors.length; i++) {
                descriptors[i] = counter();
                poller.add(descriptors[i]);
            }
            signal(descriptors[7]);
            signal(descriptors[39]);
            poller.remove(descriptors[3]);
            poller.remove(descriptors[3]);
            poller.await(MINUTE);
            for (int i = 0; i < descriptors.length; i++) {
                assertThat(poller.ready(descriptors[i])).isEqualTo(i == 7 || i == 39);
            }
        } finally {
            for (int descriptor : descriptors) {
                Libc.close(descriptor);
            }
        }
    }

    @Test
    void aDescriptorThatWasClosedIsReadySoThatItsErrorIsSeen() throws Exception {
        try (Poller poller = Poller.open()) {
            int descriptor = counter();
            poller.add(descriptor);
            Libc.close(descriptor);
            poller.await(MINUTE);
            assertThat(poller.ready(descriptor)).isTrue();
        }
    }

    private static int counter() {
        return Libc.eventfd(Linux.EFD_CLOEXEC | Linux.EFD_NONBLOCK);
    }

    private static void signal(int descriptor) {
        MemorySegment one = Arena.ofAuto().allocate(Long.BYTES, Long.BYTES);
        one.set(JAVA_LONG, 0, 1);
        assertThat(Libc.write(descriptor, one)).isEqualTo(Long.BYTES);
    }
}
