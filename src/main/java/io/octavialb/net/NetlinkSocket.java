package io.octavialb.net;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.List;

/** A socket of rtnetlink and the memory that it receives into. */
final class NetlinkSocket implements AutoCloseable {
    /** More than the kernel ever puts into one answer (32 KiB). */
    private static final int BUFFER_OCTETS = 1 << 16;

    private static final String SUBJECT = "of netlink";

    private final KernelSocket socket;
    private final MemorySegment memory = Arena.ofAuto().allocate(BUFFER_OCTETS, Long.BYTES);
    private final ByteBuffer octets = Octets.of(memory);
    private final MemorySegment kernel = SocketAddresses.netlink(0);

    private NetlinkSocket(KernelSocket socket) {
        this.socket = socket;
    }

    /**
     * Opens it, in the network namespace of the calling thread.
     *
     * @param groups RTMGRP_… to be told of; 0 for requests only
     */
    static NetlinkSocket open(int groups) throws SystemCallException {
        KernelSocket socket = KernelSocket.open(Linux.AF_NETLINK, Linux.SOCK_RAW, Linux.NETLINK_ROUTE, SUBJECT);
        socket.set(Linux.SOL_NETLINK, Linux.NETLINK_CAP_ACK, "NETLINK_CAP_ACK", 1);
        socket.set(Linux.SOL_NETLINK, Linux.NETLINK_EXT_ACK, "NETLINK_EXT_ACK", 1);
        socket.bind(SocketAddresses.netlink(groups));
        return new NetlinkSocket(socket);
    }

    int fd() {
        return socket.fd();
    }

    void receiveBuffer(int octets) throws SystemCallException {
        socket.receiveBuffer(octets);
    }

    void send(ByteBuffer request) throws SystemCallException {
        octets.clear().put(0, request, 0, request.limit());
        int sent = Libc.sendto(socket.fd(), memory, request.limit(), kernel);
        if (sent < 0) {
            throw new SystemCallException("sendto", SUBJECT, -sent);
        }
    }

    /** Returns octets received, for {@link #messages}, or the negated error number: EAGAIN nothing there, ENOBUFS something lost */
    int read() {
        return Libc.read(socket.fd(), memory);
    }

    /** What {@link #read} received last. */
    List<NetlinkMessage> messages(int received) {
        return NetlinkMessage.split(octets.clear().limit(received));
    }

    /** The answer to a request, or a part of it. The kernel has it ready when sending the request returns, so there is no waiting. */
    List<NetlinkMessage> answer() throws SystemCallException {
        int received = read();
        if (received < 0) {
            throw failed(received);
        }
        return messages(received);
    }

    /** The error that a result of {@link #read} is. */
    SystemCallException failed(int result) {
        return new SystemCallException("read", SUBJECT, -result);
    }

    @Override
    public void close() {
        socket.close();
    }
}
