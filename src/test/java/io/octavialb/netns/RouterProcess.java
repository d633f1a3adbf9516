package io.octavialb.netns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A router's process, and those that it has started (keepalived's protocol runs in a child). */
final class RouterProcess implements Router {
    private final Process process;
    private final Path config;
    private final Path log;
    private final boolean wrapped;

    RouterProcess(Host host, List<String> command, Path config) {
        this.config = config;
        wrapped = host.wraps();
        log = config.resolveSibling(config.getFileName() + "-" + System.nanoTime() + ".log");
        try {
            process = new ProcessBuilder(host.command(command))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Children first: keepalived's protocol process takes the end of its parent for a SIGTERM, and stops as it should. */
    private List<Long> pids() {
        return Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .map(ProcessHandle::pid)
                .toList();
    }

    private long program() {
        return wrapped
                ? process.children().mapToLong(ProcessHandle::pid).findFirst().orElse(process.pid())
                : process.pid();
    }

    @Override
    public void signal(int signal) {
        // A stop or a reload is asked of the parent, which passes it on; what cannot be passed on goes to each.
        List<Long> pids = signal == Linux.SIGTERM || signal == Linux.SIGHUP ? List.of(program()) : pids();
        pids.forEach(pid -> Linux.signal(pid, signal));
    }

    @Override
    public boolean isRunning() {
        return process.isAlive();
    }

    @Override
    public int waitForEnd() {
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                throw new AssertionError("still runs after 20 s:\n" + log());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw Command.interrupted(e);
        }
    }

    @Override
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public long residentKilobytes() {
        return pids().stream().mapToLong(RouterProcess::resident).max().orElse(0);
    }

    private static long resident(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Path config() {
        return config;
    }

    @Override
    public void close() {
        if (isRunning()) {
            signal(Linux.SIGKILL);
            waitForEnd();
        }
    }
}
