package io.octavialb.netns;

import static io.octavialb.netns.Implementation.KEEPALIVED;
import static io.octavialb.netns.Implementation.OURS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** The same case with ours and with keepalived in the same role, at the same time; a line of {@code target/netns/comparison.txt}. */
final class Comparison {
    private static final Path FILE = Path.of("target", "netns", "comparison.txt");

    private Comparison() {}

    /**
     * What a client saw.
     *
     * @param longestGap between two answers, nanoseconds
     * @param lost requests without an answer
     * @param holds whether what the case asks for came about, beside the figures
     */
    record Seen(long longestGap, long lost, boolean holds) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.1f ms, %d lost%s", longestGap / 1e6, lost, holds ? "" : " (FAILED)");
        }
    }

    /** Returns what was seen with ours; that keepalived does well is not asked for. */
    static Seen of(String name, Function<Implementation, Seen> scenario) {
        try (var threads = Executors.newFixedThreadPool(2)) {
            var ours = CompletableFuture.supplyAsync(() -> scenario.apply(OURS), threads);
            var keepalived = CompletableFuture.supplyAsync(() -> scenario.apply(KEEPALIVED), threads)
                    .handle((seen, failure) -> failure == null ? seen.toString() : "FAILED: " + firstLine(failure));
            String beside = keepalived.join();
            Seen seen = ours.join();
            say("%s: ours %s; keepalived %s".formatted(name, seen, beside));
            return seen;
        } catch (CompletionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(name, e.getCause());
        }
    }

    private static String firstLine(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }

    static synchronized void say(String line) {
        System.out.println(line);
        try {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
