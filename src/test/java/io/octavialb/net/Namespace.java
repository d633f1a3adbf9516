package io.octavialb.net;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A network namespace that lasts until it is closed, and a thread of this process that lives in it (setns(2) concerns one
 * kernel thread, and a platform thread is one). Sockets opened on that thread stay in the namespace whoever uses them.
 */
final class Namespace implements AutoCloseable {
    private static final int CLONE_NEWNET = 0x4000_0000;
    private static final int SECONDS_AT_MOST = 30;

    private final String name;
    private final ExecutorService thread;

    private Namespace(String name) {
        this.name = name;
        thread = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name(name).daemon().factory());
    }

    /** Makes it anew, with loopback up; one of the same name that an aborted run left is deleted first. */
    static Namespace create(String name) {
        command(true, "ip", "netns", "del", name);
        command(false, "ip", "netns", "add", name);
        Namespace namespace = new Namespace(name);
        namespace.call(() -> enter(name));
        namespace.call(() -> {
            // A link-local address is usable at once, not after duplicate address detection.
            Files.writeString(Path.of("/proc/sys/net/ipv6/conf/default/accept_dad"), "0");
            return namespace.ip("link", "set", "lo", "up");
        });
        return namespace;
    }

    String name() {
        return name;
    }

    /** Runs code on the thread of the namespace and waits for it; what it throws is thrown here. */
    <T extends @Nullable Object> T call(Callable<T> code) {
        try {
            return thread.submit(code).get(SECONDS_AT_MOST, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw sneak(Objects.requireNonNull(e.getCause()));
        } catch (Exception e) {
            throw new IllegalStateException("in namespace " + name, e);
        }
    }

    /** {@code ip -n NAME …}; what it prints. Throws when it fails. */
    String ip(String... arguments) {
        return command(false, with(List.of("ip", "-n", name), arguments));
    }

    /** Runs a command in the namespace and waits for it; what it prints. Throws when it fails. */
    String run(String... command) {
        return command(false, with(List.of("ip", "netns", "exec", name), command));
    }

    /** Starts a command in the namespace; its standard error goes into its standard output. */
    Process start(String... command) {
        try {
            return new ProcessBuilder(with(List.of("ip", "netns", "exec", name), command))
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lays a cable between two namespaces; both ends are up. */
    static void connect(Namespace left, String leftInterface, Namespace right, String rightInterface) {
        left.ip("link", "add", leftInterface, "type", "veth", "peer", "name", rightInterface, "netns", right.name);
        left.ip("link", "set", leftInterface, "up");
        right.ip("link", "set", rightInterface, "up");
    }

    /** Deletes it with its interfaces; sockets and processes in it keep the kernel's part alive until they are gone. */
    @Override
    public void close() {
        thread.shutdown();
        command(true, "ip", "netns", "del", name);
    }

    private static String[] with(List<String> first, String... more) {
        List<String> all = new ArrayList<>(first);
        all.addAll(Arrays.asList(more));
        return all.toArray(String[]::new);
    }

    private static String command(boolean mayFail, String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0 && !mayFail) {
                throw new IllegalStateException(String.join(" ", command) + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("restricted")
    private static int enter(String name) throws Exception {
        try (Arena arena = Arena.ofConfined()) {
            int fd = (int) function("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT))
                    .invokeExact(arena.allocateFrom("/run/netns/" + name), 0);
            int entered = (int) function("setns", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT))
                    .invokeExact(fd, CLONE_NEWNET);
            if (fd < 0 || entered < 0) {
                throw new IllegalStateException("cannot enter network namespace " + name + "; is this root?");
            }
            return (int)
                    function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT)).invokeExact(fd);
        } catch (Throwable e) {
            throw sneak(e);
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle function(String name, FunctionDescriptor descriptor) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
