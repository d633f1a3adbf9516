package io.octavialb.netns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A program that reads commands and carries out each at once, so that a fault does not wait for a process to start. */
final class Batch implements AutoCloseable {
    private final Process process;
    private final Writer commands;

    Batch(List<String> words) {
        try {
            process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            commands = process.outputWriter(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(String.join(" ", words), e);
        }
    }

    void say(String line) {
        try {
            commands.write(line + "\n");
            commands.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(line, e);
        }
    }

    /** The process that it has started, or 0; not before that is the program it is to be. */
    long child() {
        return process.children()
                .filter(child -> child.info().command().orElse("").endsWith("sleep"))
                .mapToLong(ProcessHandle::pid)
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
