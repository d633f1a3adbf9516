package io.octavialb.net;

import io.octavialb.vrrp.Family;
import io.octavialb.vrrp.IpAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Socket addresses as the C library takes them: families and interface numbers in the machine's order, the rest in the network's. */
final class SocketAddresses {
    /** sockaddr_in is 16 octets, sockaddr_in6 28. */
    private static final int IPV4_OCTETS = 16;

    private static final int IPV6_OCTETS = 28;
    private static final int LINK_OCTETS = 20;
    private static final int NETLINK_OCTETS = 12;

    private SocketAddresses() {}

    /** Memory for an address of this family, to be filled by {@link #write}. */
    static MemorySegment allocate(Family family) {
        return Arena.ofAuto().allocate(family == Family.IPV4 ? IPV4_OCTETS : IPV6_OCTETS, Long.BYTES);
    }

    /**
     * Fills in sockaddr_in or sockaddr_in6 without a port. Allocates nothing.
     *
     * @param linkIndex the zone of an IPv6 address of link-local scope
     */
    static void write(ByteBuffer into, IpAddress address, int linkIndex) {
        into.clear().order(ByteOrder.nativeOrder());
        if (address.family() == Family.IPV4) {
            into.putShort((short) Linux.AF_INET).putShort((short) 0).order(ByteOrder.BIG_ENDIAN);
            address.write(into);
        } else {
            into.putShort((short) Linux.AF_INET6).putShort((short) 0).putInt(0).order(ByteOrder.BIG_ENDIAN);
            address.write(into);
            into.order(ByteOrder.nativeOrder()).putInt(linkIndex);
        }
    }

    /** sockaddr_in or sockaddr_in6. */
    static MemorySegment of(IpAddress address, int linkIndex) {
        MemorySegment segment = allocate(address.family());
        write(segment.asByteBuffer(), address, linkIndex);
        return segment;
    }

    /** sockaddr_ll: a frame of this protocol to a 48-bit hardware address. */
    static MemorySegment link(int linkIndex, int protocol, long hardwareAddress) {
        MemorySegment segment = Arena.ofAuto().allocate(LINK_OCTETS, Long.BYTES);
        ByteBuffer octets = Octets.of(segment);
        octets.putShort((short) Linux.AF_PACKET);
        octets.order(ByteOrder.BIG_ENDIAN).putShort((short) protocol);
        octets.order(ByteOrder.nativeOrder()).putInt(linkIndex);
        octets.putShort((short) 0).put((byte) 0).put((byte) NeighbourMessages.HARDWARE_OCTETS);
        NeighbourMessages.putHardware(octets.order(ByteOrder.BIG_ENDIAN), hardwareAddress);
        return segment;
    }

    /** sockaddr_nl of this process, with the groups subscribed to; the kernel chooses the port. */
    static MemorySegment netlink(int groups) {
        MemorySegment segment = Arena.ofAuto().allocate(NETLINK_OCTETS, Long.BYTES);
        Octets.of(segment).putInt(Linux.AF_NETLINK).putInt(0).putInt(groups);
        return segment;
    }
}
