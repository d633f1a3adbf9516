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
        return open(RECEIVE_BUFFER);
    }

    static NetlinkMonitor open(int receiveBuffer) throws SystemCallException {
        NetlinkSocket socket =
                NetlinkSocket.open(Linux.RTMGRP_LINK | Linux.RTMGRP_IPV4_IFADDR | Linux.RTMGRP_IPV6_IFADDR);
        socket.receiveBuffer(receiveBuffer);
        return new NetlinkMonitor(socket);
    }

    /** For {@link Poller#add}. */
    public int fd() {
        return socket.fd();
    }

    /** Hands over all events that are there, without waiting. */
    public void drain(Consumer<LinkEvent> events) throws SystemCallException {
        while (true) {
            int received = socket.read();
            if (received == -Errno.EAGAIN) {
                return;
            } else if (received == -Errno.ENOBUFS) {
                events.accept(new LinkEvent.Overrun());
            } else if (received < 0) {
                throw socket.failed(received);
            } else {
                socket.messages(received).forEach(message -> message.event().ifPresent(events));
            }
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
