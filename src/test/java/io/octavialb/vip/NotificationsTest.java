package io.octavialb.vip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.octavialb.vip.config.Notify;
import io.octavialb.vrrp.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that are told of a change. */
class NotificationsTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private final Programs programs = new Programs(Optional.empty());

    /** The program of any state: a shell with these commands, to which kind, name, state and priority are $1 to $4. */
    private Notify any(String commands) {
        return new Notify(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Settings.command("sh", "-c", "cd " + folder + "\n" + commands, "notify")));
    }

    @Test
    void anInstancesProgramsComeInTheOrderOfItsChanges() throws IOException {
        try (Notifications notifications = new Notifications(programs, LONG)) {
            Notify notify = any("echo $* >> told");
            notifications.tell(notify, "INSTANCE", "one", Role.BACKUP, 100);
            for (int i = 0; i < 10; i++) {
                notifications.tell(notify, "INSTANCE", "one", Role.ACTIVE, i);
                notifications.tell(notify, "INSTANCE", "one", Role.FAULT, i);
            }
            notifications.tell(notify, "INSTANCE", "one", Role.RELEASING, 100);
            notifications.tell(notify, "INSTANCE", "one", Role.INITIALIZE, 100);
        }
        StringBuilder expected = new StringBuilder("INSTANCE one BACKUP 100\n");
        for (int i = 0; i < 10; i++) {
            expected.append("INSTANCE one MASTER %d\nINSTANCE one FAULT %d\n".formatted(i, i));
        }
        assertThat(folder.resolve("told")).hasContent(expected + "INSTANCE one STOP 100\n");
    }

    /** The one hangs until the other one was told. */
    @Test
    void aProgramThatHangsDelaysNoOtherInstance() throws IOException {
        try (Notifications notifications = new Notifications(programs, LONG)) {
            notifications.tell(
                    any("while [ ! -e other ]; do sleep 0.05; done; touch one"), "INSTANCE", "one", Role.ACTIVE, 100);
            notifications.tell(any("touch other"), "GROUP", "one", Role.ACTIVE, 100);
        }
        assertThat(folder.resolve("one")).exists();
    }

    @Test
    void theEndWaitsForAllProgramsThatWereToldOf() {
        Notifications notifications = new Notifications(programs);
        notifications.tell(any("sleep 2.5"), "INSTANCE", "one", Role.BACKUP, 100);
        notifications.tell(any("touch stopped"), "INSTANCE", "one", Role.INITIALIZE, 100);
        notifications.close();
        assertThat(folder.resolve("stopped")).exists();
    }

    @Test
    void theEndLeavesAloneWhatRunsLonger() throws Exception {
        Notifications notifications = new Notifications(programs, Duration.ofMillis(100));
        notifications.tell(
                any("echo $$ > pid.new; mv pid.new pid; while [ ! -e go ]; do sleep 0.05; done; touch done"),
                "INSTANCE",
                "one",
                Role.BACKUP,
                100);
        await().atMost(LONG).until(() -> Files.exists(folder.resolve("pid")));
        assertTimeoutPreemptively(LONG, notifications::close);
        ProcessHandle left = ProcessHandle.of(
                        Long.parseLong(Files.readString(folder.resolve("pid")).strip()))
                .orElseThrow();
        assertThat(left.isAlive()).isTrue();
        Files.createFile(folder.resolve("go"));
        await().atMost(LONG).until(() -> Files.exists(folder.resolve("done")) && !left.isAlive());
    }
}
