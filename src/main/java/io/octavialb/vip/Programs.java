package io.octavialb.vip;

import io.octavialb.vip.config.Notify;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Starts the programs of checks and of notifications, without a shell, as the user they are to run as. */
final class Programs {
    private static final File NOTHING = new File("/dev/null");

    private volatile Optional<String> user;
    private final Users users = new Users();

    /** How a program ended. */
    sealed interface Exit {
        record Status(int status) implements Exit {}

        /** It was killed, with all it had started. */
        record TimedOut() implements Exit {}

        record NotStarted(String why) implements Exit {}
    }

    /** @param user whom a program runs as that names none; empty is this process's own user */
    Programs(Optional<String> user) {
        this.user = user;
    }

    /** From now on a program runs as that one that names none. */
    void runAs(Optional<String> now) {
        user = now;
    }

    /** Waits for the end, for as long as the timeout allows. */
    Exit run(Notify.Command command, Duration timeout) throws InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(words(command))
                    .redirectInput(Redirect.from(NOTHING))
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            return new Exit.NotStarted(String.valueOf(e.getMessage()));
        }
        return end(process, timeout);
    }

    /** How a program ends; one that has not ended in time, or is waited for no longer, is killed with all it started. */
    static Exit end(Process process, Duration timeout) throws InterruptedException {
        try {
            if (process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                return new Exit.Status(process.exitValue());
            }
            return new Exit.TimedOut();
        } finally {
            if (process.isAlive()) {
                List<ProcessHandle> all = process.descendants().toList();
                process.destroyForcibly();
                all.forEach(ProcessHandle::destroyForcibly);
            }
        }
    }

    /** setpriv of util-linux becomes the user, without the sessions that su and runuser open. */
    private List<String> words(Notify.Command command) throws IOException {
        Optional<String> wanted = command.user().or(() -> user).filter(name -> !name.equals(Users.own()));
        if (wanted.isEmpty()) {
            return command.words();
        }
        String name = wanted.get();
        List<String> words = new ArrayList<>(
                List.of("setpriv", "--reuid=" + name, "--regid=" + users.group(name), "--init-groups", "--"));
        words.addAll(command.words());
        return words;
    }
}
