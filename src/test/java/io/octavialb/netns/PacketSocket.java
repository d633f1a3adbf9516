package io.octavialb.netns;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Frames of an interface, each with the time at which the kernel saw it (packet(7), SO_TIMESTAMPNS). */
final class PacketSocket implements AutoCloseable {
    static final int ETH_P_ALL = 3;
    static final int ETH_P_IP = 0x0800;
    static final int ETH_P_IPV6 = 0x86dd;

    /** Begin of the hardware address that a flood comes from, which is not to cost those who look on. */
    static final int FLOOD_SOURCE = 0x0200_0000;

    /** VRRP over IPv4 or IPv6 but for a flood, as a program for the kernel (bpf(4)): code, jumps, value. */
    private static final int[][] VRRP_ONLY = {
        {0x20, 0, 0, 6}, // ld source
        {0x15, 8, 0, FLOOD_SOURCE},
        {0x28, 0, 0, 12}, // ldh ethertype
        {0x15, 0, 2, ETH_P_IP},
        {0x30, 0, 0, 23}, // ldb protocol
        {0x15, 3, 4, 112},
        {0x15, 0, 3, ETH_P_IPV6},
        {0x30, 0, 0, 20}, // ldb next header
        {0x15, 0, 1, 112},
        {0x06, 0, 0, 0xffff},
        {0x06, 0, 0, 0}
    };

    private static final int[][] EVERYTHING = {};
    private static final int PACKET_OUTGOING = 4;
    private static final int FRAME = 2048;
    private static final int CONTROL = 128;
    private static final int SOCKADDR_LL = 20;
    private static final int MSGHDR = 56;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment frame = arena.allocate(FRAME, 8);
    private final MemorySegment control = arena.allocate(CONTROL, 8);
    private final MemorySegment from = arena.allocate(SOCKADDR_LL, 8);
    private final MemorySegment message = arena.allocate(MSGHDR, 8);
    private final MemorySegment here = arena.allocate(SOCKADDR_LL, 8);
    private final int fd;

    /** Opens it in a namespace, for one ethertype; with ETH_P_ALL also for what the interface sends. */
    static PacketSocket open(NetworkNamespace namespace, String device, int ethertype) {
        return namespace.within(() -> new PacketSocket(device, ethertype, EVERYTHING));
    }

    static PacketSocket openForVrrp(NetworkNamespace namespace, String device) {
        return namespace.within(() -> new PacketSocket(device, ETH_P_ALL, VRRP_ONLY));
    }

    private PacketSocket(String device, int ethertype, int[][] filter) throws IOException {
        fd = Linux.socket(Linux.AF_PACKET, Linux.SOCK_RAW, 0);
        MemorySegment vector = arena.allocate(16, 8);
        vector.set(ADDRESS, 0, frame);
        vector.set(JAVA_LONG, 8, FRAME);
        message.set(ADDRESS, 0, from);
        message.set(ADDRESS, 16, vector);
        message.set(JAVA_LONG, 24, 1);
        message.set(ADDRESS, 32, control);
        if (filter.length > 0) {
            attach(filter);
        }
        Linux.setOption(fd, Linux.SOL_SOCKET, Linux.SO_RCVBUF_FORCE, 8 << 20);
        Linux.setOption(fd, Linux.SOL_SOCKET, Linux.SO_TIMESTAMPNS, 1);
        MemorySegment limit = arena.allocate(16, 8);
        limit.set(JAVA_LONG, 8, 50_000);
        Linux.setOption(fd, Linux.SOL_SOCKET, Linux.SO_RCVTIMEO, limit);
        here.set(JAVA_SHORT, 0, (short) Linux.AF_PACKET);
        here.set(JAVA_BYTE, 2, (byte) (ethertype >> 8));
        here.set(JAVA_BYTE, 3, (byte) ethertype);
        here.set(JAVA_INT, 4, Linux.interfaceIndex(device));
        Linux.bind(fd, here);
    }

    private void attach(int[][] filter) throws IOException {
        MemorySegment program = arena.allocate(8L * filter.length, 8);
        for (int i = 0; i < filter.length; i++) {
            program.set(JAVA_SHORT, 8L * i, (short) filter[i][0]);
            program.set(JAVA_BYTE, 8L * i + 2, (byte) filter[i][1]);
            program.set(JAVA_BYTE, 8L * i + 3, (byte) filter[i][2]);
            program.set(JAVA_INT, 8L * i + 4, filter[i][3]);
        }
        MemorySegment header = arena.allocate(16, 8);
        header.set(JAVA_SHORT, 0, (short) filter.length);
        header.set(ADDRESS, 8, program);
        Linux.setOption(fd, Linux.SOL_SOCKET, Linux.SO_ATTACH_FILTER, header);
    }

    /** Waits a short while for a frame; returns its length, or -1. Its accessors hold until the next call. */
    int receive() throws IOException {
        message.set(JAVA_INT, 8, SOCKADDR_LL);
        message.set(JAVA_LONG, 40, CONTROL);
        return Linux.receive(fd, message);
    }

    /** Nanoseconds since the epoch, as {@link WallClock}. */
    long time() {
        return control.get(JAVA_LONG, 16) * 1_000_000_000 + control.get(JAVA_LONG, 24);
    }

    /** Whether the interface sent it, seen from its own namespace. */
    boolean outgoing() {
        return from.get(JAVA_BYTE, 10) == PACKET_OUTGOING;
    }

    long source() {
        return (long) unsigned16(6) << 32 | (long) unsigned16(8) << 16 | unsigned16(10);
    }

    int ethertype() {
        return unsigned16(12);
    }

    int unsigned8(int offset) {
        return frame.get(JAVA_BYTE, offset) & 0xff;
    }

    int unsigned16(int offset) {
        return unsigned8(offset) << 8 | unsigned8(offset + 1);
    }

    int int32(int offset) {
        return unsigned16(offset) << 16 | unsigned16(offset + 2);
    }

    /** Sends a frame as it is. */
    boolean send(byte[] octets) {
        MemorySegment.copy(octets, 0, frame, JAVA_BYTE, 0, octets.length);
        return Linux.send(fd, frame, octets.length, here);
    }

    @Override
    public void close() {
        Linux.close(fd);
        arena.close();
    }
}
