package io.octavialb.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Needs CAP_SYS_NICE, as root has it. */
@Tag("netns")
class RealtimeTest {
    private static final int STATE_FIELD = 3;
    private static final int POLICY_FIELD = 41;

    @Test
    void isOfTheCallingThreadOnly() throws Exception {
        try (ExecutorService thread =
                Executors.newSingleThreadExecutor(Thread.ofPlatform().factory())) {
            assertThat(thread.submit(() -> Realtime.enter(10)).get()).isEmpty();
            assertThat(thread.submit(RealtimeTest::policy).get()).isEqualTo(Linux.SCHED_FIFO);
            assertThat(thread.submit(RealtimeTest::policyOfANewThread).get()).isZero();
        }
        assertThat(policy()).isZero();
    }

    private static int policyOfANewThread() throws Exception {
        FutureTask<Integer> policy = new FutureTask<>(RealtimeTest::policy);
        Thread.ofPlatform().start(policy).join();
        return policy.get();
    }

    @Test
    void aPriorityThatThereIsNotIsAnError() {
        assertThat(Realtime.enter(100))
                .get()
                .extracting(Throwable::getMessage)
                .isEqualTo("sched_setscheduler(SCHED_FIFO) to priority 100: EINVAL (Invalid argument)");
    }

    /** Of the calling thread (proc_pid_stat(5)); the state follows the name, which is in parentheses. */
    private static int policy() throws IOException {
        String stat = Files.readString(Path.of("/proc/thread-self/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Integer.parseInt(fields[POLICY_FIELD - STATE_FIELD]);
    }
}
