package io.octavialb.netns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hosts and a client on one or two links. Host n (from 1) has 10.77.LINK.n and fd77:LINK::n on interface ethLINK; the client is
 * 254. Each link is a bridge; its ports are named HOST-LINK. Closing the rig ends every process in it and removes it.
 */
final class Rig implements AutoCloseable {
    static final int CLIENT = 254;
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String prefix = "olb-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet() + "-";
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final List<Host> hosts = new ArrayList<>();
    private final NetworkNamespace bridges;
    private final Batch ports;
    private final Host client;
    private final Path directory;

    /** Two hosts and a client on one link. */
    static Rig pair() {
        return new Rig(2, 1);
    }

    @SuppressWarnings("this-escape")
    Rig(int hostCount, int links) {
        Requirements.check();
        Runtime.getRuntime().addShutdownHook(removal);
        try {
            directory = Files.createTempDirectory("octavia-lb-netns-");
            keep(() -> Command.run("rm", "-r", directory.toString()));
            bridges = keep(NetworkNamespace.create(prefix + "br"));
            for (int link = 0; link < links; link++) {
                bridges.ip(
                        "link add br" + link + " type bridge stp_state 0 mcast_snooping 0 forward_delay 0",
                        "link set br" + link + " up");
            }
            ports = keep(new Batch(List.of("bridge", "-n", bridges.name(), "-force", "-batch", "-")));
            client = addHost("client", CLIENT, links);
            for (int n = 1; n <= hostCount; n++) {
                hosts.add(addHost(Character.toString('a' + n - 1), n, links));
            }
        } catch (IOException e) {
            close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private final Thread removal = new Thread(this::removeAll);

    private Host addHost(String name, int number, int links) {
        var host = new Host(name, number, this, keep(NetworkNamespace.create(prefix + name)));
        host.namespace().ip("link set lo up");
        for (int link = 0; link < links; link++) {
            connect(host, link);
        }
        return host;
    }

    /** Gives a host its interface on a link; also after {@link #disconnect}. */
    void connect(Host host, int link) {
        String port = host.port(link);
        bridges.ip(
                "link add " + port + " type veth peer name eth" + link + " netns "
                        + host.namespace().name(),
                "link set " + port + " master br" + link,
                "link set " + port + " up");
        host.namespace()
                .ip(
                        "addr add 10.77." + link + "." + host.number() + "/24 dev eth" + link,
                        "addr add fd77:" + link + "::" + Integer.toHexString(host.number()) + "/64 dev eth" + link
                                + " nodad",
                        "link set eth" + link + " up");
    }

    /** Removes a host's interface altogether. */
    void disconnect(Host host, int link) {
        bridges.ip("link delete " + host.port(link));
    }

    /** Power loss, as others see it: nothing gets from or to the host, which does not notice. */
    void isolate(Host host) {
        ports.say("link set dev " + host.port(0) + " state 0");
    }

    /** Ends {@link #isolate}. */
    void heal(Host host) {
        ports.say("link set dev " + host.port(0) + " state 3");
    }

    /** Loses part of the advertisements of a host, from now on. */
    void loseAdvertisements(Host host, int percent) {
        Command.run(
                List.of("ip", "netns", "exec", bridges.name(), "nft", "-f", "-"), """
                table bridge loss {
                    chain forward {
                        type filter hook forward priority 0;
                        iifname "%s" ip protocol 112 numgen random mod 100 < %d drop
                    }
                }
                """.formatted(host.port(0), percent));
    }

    void loseNothing() {
        bridges.run("nft", "flush", "ruleset");
    }

    /** Keeps multicasts from a host's port, so that it does not count a flood as its own. */
    void spareFromMulticast(Host host) {
        Command.run("bridge", "-n", bridges.name(), "link", "set", "dev", host.port(0), "mcast_flood", "off");
    }

    Host host(int index) {
        return hosts.get(index);
    }

    List<Host> hosts() {
        return hosts;
    }

    Host client() {
        return client;
    }

    NetworkNamespace bridges() {
        return bridges;
    }

    /** For configurations, logs and state files; readable by other users. */
    Path directory() {
        return directory;
    }

    String hostOf(long mac) {
        return hosts.stream()
                .filter(host -> host.mac() == mac)
                .map(Host::name)
                .findFirst()
                .orElse("?");
    }

    /** Closes this with the rig, before what is older. */
    <T extends AutoCloseable> T keep(T resource) {
        open.push(resource);
        return resource;
    }

    @Override
    public void close() {
        removeAll();
        try {
            Runtime.getRuntime().removeShutdownHook(removal);
        } catch (IllegalStateException _) {
            // The machine shuts down: the hook does it.
        }
    }

    private synchronized void removeAll() {
        RuntimeException failed = null;
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                failed = new IllegalStateException("the rig " + prefix + " is not quite removed", e);
            }
        }
        if (failed != null) {
            throw failed;
        }
    }
}
