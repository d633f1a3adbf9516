package io.octavialb.net;

import java.util.function.Consumer;

/** Tells what changes of interfaces and addresses, whoever changes it, in the network namespace of the thread that opened it. */
public final class NetlinkMonitor implements AutoCloseable {
    private static final int RECEIVE_BUFFER = 1 << 20;

    private final NetlinkSocket socket;

    private NetlinkMonitor(NetlinkSocket socket) {
        this.socket = socket;
    }

    /** Opened before the first {@link Netlink#links}, nothing is missed in between. */
    public static NetlinkMonitor open() throws SystemCallException {
        throw new UnsupportedOperationException();
    }

    /** For {@link Poller#add}. */
    public int fd() {
        return socket.fd();
    }

    /** Hands over all events that are there, without waiting. */
    public void drain(Consumer<LinkEvent> events) throws SystemCallException {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        socket.close();
    }
}
