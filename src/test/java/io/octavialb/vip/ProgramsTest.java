package io.octavialb.vip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is done to a program that ends, and to one that does not. */
class ProgramsTest {
    private final List<String> done = new ArrayList<>();

    /** A process that notes what is asked of it. */
    private final class Noted extends Process {
        private final boolean alive;

        Noted(boolean alive) {
            this.alive = alive;
        }

        @Override
        public OutputStream getOutputStream() {
            return OutputStream.nullOutputStream();
        }

        @Override
        public InputStream getInputStream() {
            return InputStream.nullInputStream();
        }

        @Override
        public InputStream getErrorStream() {
            return InputStream.nullInputStream();
        }

        @Override
        public int waitFor() {
            return exitValue();
        }

        @Override
        public boolean waitFor(long timeout, TimeUnit unit) {
            return !alive;
        }

        @Override
        public int exitValue() {
            return 3;
        }

        @Override
        public boolean isAlive() {
            return alive;
        }

        @Override
        public Stream<ProcessHandle> descendants() {
            done.add("looked for what it started");
            return Stream.empty();
        }

        @Override
        public Process destroyForcibly() {
            done.add("killed it");
            return this;
        }

        @Override
        public void destroy() {
            done.add("ended it");
        }
    }

    /** Looking for them reads all processes of the node. */
    @Test
    void ofAProgramThatHasEndedNothingIsLookedFor() throws InterruptedException {
        assertThat(Programs.end(new Noted(false), Duration.ofSeconds(1))).isEqualTo(new Programs.Exit.Status(3));
        assertThat(done).isEmpty();
    }

    @Test
    void oneThatDoesNotEndIsKilledAfterItIsKnownWhatItStarted() throws InterruptedException {
        assertThat(Programs.end(new Noted(true), Duration.ofSeconds(1))).isEqualTo(new Programs.Exit.TimedOut());
        assertThat(done).containsExactly("looked for what it started", "killed it");
    }
}
