package io.octavialb.netns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Two routers of one virtual router, a with priority 150 and b with 100, and a client that probes the address all the time. */
final class Pair implements AutoCloseable {
    static final int ANSWERS = 30;
    private static final int PRIORITY = 150;

    private final Rig rig = new Rig(3, 1);
    private final RouterConfig config;
    private final Implementation[] implementations;
    private final Router[] routers = new Router[2];
    private final Wire[] wires = new Wire[2];
    private final Probe probe;
    private final Batch link;

    Pair(Implementation a, Implementation b, RouterConfig config) {
        this.config = config;
        implementations = new Implementation[] {a, b};
        try {
            wires[0] = rig.keep(new Wire(a()));
            wires[1] = rig.keep(new Wire(b()));
            link = rig.keep(new Batch(List.of("ip", "-n", a().namespace().name(), "-force", "-batch", "-")));
            probe = rig.keep(new Probe(rig, config.address()));
            restart(0);
            restart(1);
        } catch (RuntimeException | Error e) {
            rig.close();
            throw e;
        }
    }

    Rig rig() {
        return rig;
    }

    Host a() {
        return rig.host(0);
    }

    Host b() {
        return rig.host(1);
    }

    /** A third host on the link, without a router. */
    Host c() {
        return rig.host(2);
    }

    Router routerA() {
        return routers[0];
    }

    Router routerB() {
        return routers[1];
    }

    Wire wireA() {
        return wires[0];
    }

    Wire wireB() {
        return wires[1];
    }

    /** Takes {@code ip} commands for a. */
    Batch link() {
        return link;
    }

    Probe probe() {
        return probe;
    }

    RouterConfig configOf(int index) {
        return config.withPriority(index == 0 ? PRIORITY : 100);
    }

    void restartA() {
        restart(0);
    }

    void restartA(RouterConfig other) {
        routers[0] = implementations[0].start(a(), other);
    }

    /** Changes a running router's configuration. */
    void reload(int index, RouterConfig changed) {
        try {
            Files.writeString(routers[index].config(), changed.text(rig.host(index)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        routers[index].signal(Linux.SIGHUP);
    }

    /** After a's port was replaced. */
    void rewireA() {
        a().interfaceReplaced();
        wires[0] = rig.keep(new Wire(a()));
    }

    private void restart(int index) {
        routers[index] = implementations[index].start(rig.host(index), configOf(index));
    }

    /** How long to wait at most for what takes an active's silence to notice. */
    Duration patience() {
        return Duration.ofMillis(30_000 + 10L * config.intervalMillis());
    }

    /** The state that every run begins in: a has the address, the client knows, and b listens and has heard of it. */
    void settleOnA() {
        settle(0);
    }

    void settleOnB() {
        settle(1);
    }

    private void settle(int index) {
        Host active = rig.host(index);
        Host backup = rig.host(1 - index);
        awaitAnswersOf(active);
        Await.until(
                active.name() + " alone has the address",
                patience(),
                this::details,
                () -> active.holds(config.address()) && !backup.holds(config.address()));
        Await.until(backup.name() + " listens", patience(), this::details, () -> listens(backup));
        Advert heard = wires[1 - index].nextHeard(patience());
        if (heard.source() != active.mac()) {
            throw new AssertionError("the advertisement is not of " + active.name() + "\n" + details());
        }
        awaitAnswersOf(active);
    }

    /** The client's newest answers are of this host. */
    void awaitAnswersOf(Host host) {
        awaitAnswers(host, ANSWERS);
    }

    /** So many of them, in a row. */
    void awaitAnswers(Host host, int answers) {
        long from = WallClock.now();
        Await.until(
                "the client is answered by " + host.name(),
                patience(),
                this::details,
                () -> probe.since(from).settledOn(host, answers));
    }

    /** Whether a socket of protocol 112 is open on the host. */
    private boolean listens(Host host) {
        String table = config.ipv6() ? "raw6" : "raw";
        return host.namespace()
                .within(() -> Files.readString(Path.of("/proc/thread-self/net", table)))
                .contains(":0070 ");
    }

    String details() {
        var text = new StringBuilder();
        for (int i = 0; i < 2; i++) {
            if (routers[i] != null) {
                text.append("-- ")
                        .append(rig.host(i).name())
                        .append(", ")
                        .append(implementations[i])
                        .append(":\n");
                text.append(routers[i].log());
            }
        }
        return text.toString();
    }

    @Override
    public void close() {
        rig.close();
    }
}
