package io.octavialb.netns;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A network stack of its own; closing it takes everything in it along. */
record NetworkNamespace(String name) implements AutoCloseable {
    static NetworkNamespace create(String name) {
        Command.run("ip", "netns", "add", name);
        var namespace = new NetworkNamespace(name);
        // Addresses are usable at once, and only those that the rig gives.
        namespace.within(() -> {
            for (String scope : List.of("all", "default")) {
                Path settings = Path.of("/proc/sys/net/ipv6/conf", scope);
                Files.writeString(settings.resolve("accept_dad"), "0");
                Files.writeString(settings.resolve("dad_transmits"), "0");
                Files.writeString(settings.resolve("accept_ra"), "0");
            }
            return true;
        });
        return namespace;
    }

    /** Runs an action on a thread inside; a socket it opens stays inside. */
    <T> T within(Callable<T> action) {
        var outcome = new CompletableFuture<T>();
        // A thread of its own, as it never leaves the namespace.
        Thread.ofPlatform().start(() -> {
            try {
                Linux.enterNamespace(name);
                outcome.complete(action.call());
            } catch (Exception e) {
                outcome.completeExceptionally(e);
            }
        });
        try {
            return outcome.join();
        } catch (CompletionException e) {
            throw new IllegalStateException("in namespace " + name, e.getCause());
        }
    }

    /** Runs {@code ip} inside, one command a line. */
    void ip(String... lines) {
        Command.run(List.of("ip", "-n", name, "-batch", "-"), String.join("\n", lines));
    }

    String run(String... words) {
        return Command.run(command(List.of(words)), "");
    }

    Command.Result attempt(String... words) {
        return Command.attempt(command(List.of(words)), "");
    }

    /** A program's command line when it is to run inside; its process is the program's own. */
    List<String> command(List<String> words) {
        var all = new ArrayList<>(List.of("ip", "netns", "exec", name));
        all.addAll(words);
        return all;
    }

    @Override
    public void close() {
        try {
            for (String pid : Command.run("ip", "netns", "pids", name).lines().toList()) {
                Linux.signal(Long.parseLong(pid.strip()), Linux.SIGKILL);
            }
        } finally {
            Command.run("ip", "netns", "delete", name);
        }
    }

    String mac(String device) {
        return within(() -> readMac(device));
    }

    private static String readMac(String device) throws IOException {
        // sysfs shows the namespace it was mounted in; rtnetlink the thread's.
        byte[] mac = java.net.NetworkInterface.getByName(device).getHardwareAddress();
        return Mac.text(mac);
    }
}
