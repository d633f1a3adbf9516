package io.octavialb.net;

import io.octavialb.vrrp.Family;
import io.octavialb.vrrp.IpAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The multicast groups of VRRP (RFC 9568 §5.1.1.2, §5.1.2.2), and joining them. */
public final class VrrpGroup {
    public static final IpAddress IPV4 = IpAddress.parse("224.0.0.18");
    public static final IpAddress IPV6 = IpAddress.parse("ff02::12");

    /** Where in a VRRP packet the checksum is. */
    static final int CHECKSUM_OFFSET = 6;

    private VrrpGroup() {}

    public static IpAddress of(Family family) {
        return family == Family.IPV4 ? IPV4 : IPV6;
    }

    static void join(KernelSocket socket, Family family, int linkIndex) throws SystemCallException {
        if (family == Family.IPV4) {
            socket.set(Linux.IPPROTO_IP, Linux.IP_ADD_MEMBERSHIP, "IP_ADD_MEMBERSHIP", ipv4Request(IPV4, linkIndex));
        } else {
            socket.set(Linux.IPPROTO_IPV6, Linux.IPV6_ADD_MEMBERSHIP, "IPV6_ADD_MEMBERSHIP", ipv6Request(linkIndex));
        }
    }

    /** ip_mreqn: group, address of this node (any), interface; with group 0 also the value of IP_MULTICAST_IF. */
    static MemorySegment ipv4Request(IpAddress group, int linkIndex) {
        MemorySegment request = Arena.ofAuto().allocate(12, Integer.BYTES);
        ByteBuffer octets = request.asByteBuffer();
        group.write(octets);
        octets.order(ByteOrder.nativeOrder()).putInt(0).putInt(linkIndex);
        return request;
    }

    /** ipv6_mreq: group, interface. */
    private static MemorySegment ipv6Request(int linkIndex) {
        MemorySegment request = Arena.ofAuto().allocate(20, Integer.BYTES);
        ByteBuffer octets = request.asByteBuffer();
        IPV6.write(octets);
        octets.order(ByteOrder.nativeOrder()).putInt(linkIndex);
        return request;
    }
}
