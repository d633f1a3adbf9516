package io.octavialb.netns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A program of the system that is run to its end. */
final class Command {
    private Command() {}

    /** Returns what it printed. Throws IllegalStateException with that when it fails. */
    static String run(String... words) {
        return run(List.of(words), "");
    }

    static String run(List<String> words, String input) {
        Result result = attempt(words, input);
        if (result.status() != 0) {
            throw new IllegalStateException(String.join(" ", words) + ": " + result.output() + input);
        }
        return result.output();
    }

    record Result(int status, String output) {}

    static Result attempt(List<String> words, String input) {
        try {
            Process process =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            try (var stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(String.join(" ", words), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException(e);
    }
}
