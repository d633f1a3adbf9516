package io.octavialb.netns;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The advertisements that pass a host's port of the bridge: those it sends, and those that reach it. */
final class Wire implements AutoCloseable {
    private static final int IPV4_HEADER = 14;
    private static final int IPV6_PAYLOAD = 54;

    private final List<Advert> sent = new ArrayList<>();
    private final List<Advert> heard = new ArrayList<>();
    private final Capture capture;

    Wire(Host host) {
        this(host, 0);
    }

    Wire(Host host, int link) {
        capture = new Capture(PacketSocket.openForVrrp(host.rig().bridges(), host.port(link)), this::frame);
    }

    private void frame(PacketSocket socket, int length) {
        boolean ipv4 = socket.ethertype() == PacketSocket.ETH_P_IP;
        int at = ipv4 ? IPV4_HEADER + 4 * (socket.unsigned8(IPV4_HEADER) & 0xf) : IPV6_PAYLOAD;
        if (length < at + 3) {
            return;
        }
        var advert = new Advert(
                socket.time(),
                socket.source(),
                socket.unsigned8(at) >> 4,
                socket.unsigned8(at + 1),
                socket.unsigned8(at + 2));
        synchronized (this) {
            (socket.outgoing() ? heard : sent).add(advert);
            notifyAll();
        }
    }

    synchronized List<Advert> sent() {
        return List.copyOf(sent);
    }

    synchronized List<Advert> heard() {
        return List.copyOf(heard);
    }

    synchronized int sentCount() {
        return sent.size();
    }

    synchronized void forget() {
        sent.clear();
        heard.clear();
    }

    /** Waits for the next advertisement that reaches the host. */
    synchronized Advert nextHeard(Duration within) {
        return next(heard, within);
    }

    /** Waits for the next advertisement that the host sends. */
    synchronized Advert nextSent(Duration within) {
        return next(sent, within);
    }

    private synchronized Advert next(List<Advert> adverts, Duration within) {
        int known = adverts.size();
        long end = System.nanoTime() + within.toNanos();
        try {
            while (adverts.size() == known) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    throw new AssertionError("no advertisement within " + within);
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            throw Command.interrupted(e);
        }
        return adverts.get(known);
    }

    @Override
    public void close() {
        capture.close();
    }
}
