package io.octavialb.demo;

import io.octavialb.demo.Screen.Tone;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What {@code ./dev demo} runs. Exit codes: 0 with {@code --once} when every stage was seen, 130 after Ctrl-C, 1 when
 * something was not seen or the demo can't go on, 64 when the command line is wrong.
 */
final class DemoCommand {
    private static final int USAGE = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(Integer.getInteger("demo.patience", 30));
    private static final String HINTS = """

            Try it from another terminal, after the first line above:
                kubectl get services,nodes
                kubectl describe service web
                kubectl annotate service web loadbalancer.openstack.org/connection-limit=100
                kubectl delete node node-2
                kubectl delete service web
                kubectl apply -f deploy/examples/web.yaml
            What the controller would do, without doing it (after both lines; ./dev build makes the program):
                target/octavia-lb/bin/octavia-lb plan --cluster-name demo -f deploy/examples/web.yaml
            Ctrl-C ends it; nothing is left behind.
            """;

    private DemoCommand() {}

    public static void main(String[] arguments) throws InterruptedException {
        boolean once = List.of(arguments).equals(List.of("--once"));
        if (arguments.length > 0 && !once) {
            fail(USAGE, String.join(" ", arguments) + ": say ./dev demo, or ./dev demo --once");
        }
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        Screen screen = new Screen(out, Boolean.getBoolean("demo.colour"));
        CompletableFuture<String> end = new CompletableFuture<>();
        try {
            Path folder = folder();
            AtomicReference<@Nullable Demo> running = new AtomicReference<>();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> cleanUp(running.get(), folder), "clean-up"));
            Demo demo = new Demo(screen, folder, end::complete);
            running.set(demo);
            Tour tour = new Tour(demo, screen, Demo.example(), PATIENCE);
            System.exit((once ? tour.all() : stay(tour, screen, end)) ? 0 : 1);
        } catch (IOException | RuntimeException e) {
            fail(1, String.valueOf(e.getMessage()));
        }
    }

    private static Path folder() throws IOException {
        try {
            return Files.createTempDirectory("octavia-lb-demo-");
        } catch (IOException e) {
            throw new IOException(
                    System.getProperty("java.io.tmpdir") + ": no folder can be made there (" + e
                            + "): set TMPDIR to one that you can write to",
                    e);
        }
    }

    /** Until the controller can't go on, or nobody reads what is shown; Ctrl-C ends the program by itself. */
    private static boolean stay(Tour tour, Screen screen, CompletableFuture<String> end) throws InterruptedException {
        if (!tour.create()) {
            return false;
        }
        screen.line(Tone.STRONG, "demo ready");
        HINTS.lines().forEach(line -> screen.line(Tone.PLAIN, line));
        while (!screen.closed()) {
            try {
                fail(1, "the controller ends: " + end.get(1, TimeUnit.SECONDS));
            } catch (TimeoutException e) {
                // All is well.
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
        return true;
    }

    private static void cleanUp(@Nullable Demo demo, Path folder) {
        try {
            if (demo != null) {
                demo.close();
            }
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            System.err.println("demo: " + folder + " could not be removed: " + e);
        }
    }

    private static void fail(int exitCode, String why) {
        System.err.println("demo: " + why);
        System.exit(exitCode);
    }
}
