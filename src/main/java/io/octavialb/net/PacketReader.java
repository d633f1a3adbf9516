package io.octavialb.net;

import io.octavialb.vrrp.Family;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads packets from a raw socket into memory that is used again and again.
 *
 * <p>An IPv4 packet comes with its header, which tells source, destination and TTL; an IPv6 packet without, and tells the
 * same by the socket address and by control messages.
 */
final class PacketReader {
    /** The largest IPv4 header and 255 IPv6 addresses fit; of what is longer the end is cut off. */
    private static final int PACKET_OCTETS = 4352;

    private static final int ADDRESS_OCTETS = 28;
    private static final int CONTROL_OCTETS = 128;
    private static final int MESSAGE_OCTETS = 56;
    private static final int CONTROL_HEADER_OCTETS = 16;
    private static final int IPV4_HEADER_OCTETS = 20;

    private final int fd;
    private final String subject;
    private final MemorySegment message;
    private final ByteBuffer lengths;
    private final ByteBuffer packet;
    private final ByteBuffer address;
    private final ByteBuffer control;

    PacketReader(int fd, String subject) {
        this.fd = fd;
        this.subject = subject;
        MemorySegment memory =
                Arena.ofAuto().allocate(MESSAGE_OCTETS + 16 + CONTROL_OCTETS + 32 + PACKET_OCTETS, Long.BYTES);
        message = memory.asSlice(0, MESSAGE_OCTETS);
        MemorySegment vector = memory.asSlice(MESSAGE_OCTETS, 16);
        MemorySegment controls = memory.asSlice(MESSAGE_OCTETS + 16, CONTROL_OCTETS);
        MemorySegment addresses = memory.asSlice(MESSAGE_OCTETS + 16 + CONTROL_OCTETS, ADDRESS_OCTETS);
        MemorySegment packets = memory.asSlice(MESSAGE_OCTETS + 16 + CONTROL_OCTETS + 32, PACKET_OCTETS);
        Octets.of(vector).putLong(0, packets.address()).putLong(8, PACKET_OCTETS);
        lengths = Octets.of(message)
                .putLong(0, addresses.address())
                .putLong(16, vector.address())
                .putLong(24, 1)
                .putLong(32, controls.address());
        packet = packets.asByteBuffer();
        address = addresses.asByteBuffer();
        control = Octets.of(controls);
    }

    /**
     * Takes the next packet that is whole; what is shorter than its header is passed over.
     *
     * @return whether there was one
     */
    boolean receive(ReceivedPacket into, Family family) throws SystemCallException {
        while (true) {
            // The kernel overwrites these two with the lengths that it used.
            lengths.putInt(8, ADDRESS_OCTETS);
            lengths.putLong(40, CONTROL_OCTETS);
            int received = Libc.recvmsg(fd, message);
            if (received == -Errno.EAGAIN) {
                return false;
            }
            if (received < 0 && received != -Errno.EINTR) {
                throw new SystemCallException("recvmsg", subject, -received);
            }
            if (received >= 0 && (family == Family.IPV4 ? readIpv4(into, received) : readIpv6(into, received))) {
                return true;
            }
        }
    }

    private boolean readIpv4(ReceivedPacket into, int received) {
        int header = (packet.get(0) & 0xf) * Integer.BYTES;
        if (received < IPV4_HEADER_OCTETS || received < header) {
            return false;
        }
        into.source(Family.IPV4, 0, packet.getInt(12) & 0xffff_ffffL);
        into.destination(Family.IPV4, 0, packet.getInt(16) & 0xffff_ffffL);
        into.set(packet.clear().position(header).limit(received), packet.get(8) & 0xff);
        return true;
    }

    private boolean readIpv6(ReceivedPacket into, int received) {
        into.source(Family.IPV6, address.getLong(8), address.getLong(16));
        into.set(packet.clear().limit(received), 0);
        int end = (int) lengths.getLong(40);
        for (int at = 0; at + CONTROL_HEADER_OCTETS <= end; ) {
            readControl(into, at);
            int length = Math.max(CONTROL_HEADER_OCTETS, (int) control.getLong(at));
            at += (length + Long.BYTES - 1) & -Long.BYTES;
        }
        return true;
    }

    private void readControl(ReceivedPacket into, int at) {
        if (control.getInt(at + 8) != Linux.IPPROTO_IPV6) {
            return;
        }
        int type = control.getInt(at + 12);
        int data = at + CONTROL_HEADER_OCTETS;
        if (type == Linux.IPV6_HOPLIMIT) {
            into.set(into.payload(), control.getInt(data));
        } else if (type == Linux.IPV6_PKTINFO) {
            // in6_pktinfo begins with the address in network order; this view of the memory is in the machine's.
            into.destination(
                    Family.IPV6, networkOrder(control.getLong(data)), networkOrder(control.getLong(data + Long.BYTES)));
        }
    }

    private static long networkOrder(long value) {
        return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? value : Long.reverseBytes(value);
    }
}
