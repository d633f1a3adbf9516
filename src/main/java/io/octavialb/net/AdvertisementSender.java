package io.octavialb.net;

import io.octavialb.vrrp.Family;
import io.octavialb.vrrp.IpAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * Sends VRRP packets from one address of one link, multicast and unicast: TTL or hop limit 255 (RFC 9568 §5.1.1.3,
 * §5.1.2.3), precedence of network control, not looped back. It receives nothing: a raw socket that is bound to an address
 * gets no multicast, which is what {@link AdvertisementReceiver} is for. It is to be opened again when the link's index or
 * the address changes.
 */
public final class AdvertisementSender implements AutoCloseable {
    private static final int PAYLOAD_OCTETS = 4352;
    private static final int HOPS = 255;
    /** DSCP CS6, network control (RFC 2474 §4.2.2.2). */
    private static final int NETWORK_CONTROL = 0xc0;

    private final KernelSocket socket;
    private final Link link;
    private final MemorySegment memory = Arena.ofAuto().allocate(PAYLOAD_OCTETS, Long.BYTES);
    private final ByteBuffer octets = memory.asByteBuffer();
    private final MemorySegment target;
    private final ByteBuffer targetOctets;

    private AdvertisementSender(KernelSocket socket, Link link, Family family) {
        this.socket = socket;
        this.link = link;
        target = SocketAddresses.allocate(family);
        targetOctets = target.asByteBuffer();
    }

    /**
     * Opens the socket for the family of the source.
     *
     * @param source an address of this link; IPv6: the link-local one when multicast. EADDRNOTAVAIL when it is not there
     */
    public static AdvertisementSender open(Link link, IpAddress source) throws SystemCallException {
        boolean ipv4 = source.family() == Family.IPV4;
        KernelSocket socket = KernelSocket.open(
                ipv4 ? Linux.AF_INET : Linux.AF_INET6,
                Linux.SOCK_RAW,
                Linux.IPPROTO_VRRP,
                "on " + link.name() + " from " + source);
        SocketFilter.attach(socket, SocketFilter.nothing());
        socket.bindToDevice(link.name());
        if (ipv4) {
            setIpv4(socket, link);
        } else {
            setIpv6(socket, link);
        }
        // After IP_TOS, which sets a priority of its own.
        socket.set(Linux.SOL_SOCKET, Linux.SO_PRIORITY, "SO_PRIORITY", Linux.TC_PRIO_CONTROL);
        socket.bind(SocketAddresses.of(source, link.index()));
        return new AdvertisementSender(socket, link, source.family());
    }

    private static void setIpv4(KernelSocket socket, Link link) throws SystemCallException {
        socket.set(Linux.IPPROTO_IP, Linux.IP_TTL, "IP_TTL", HOPS);
        socket.set(Linux.IPPROTO_IP, Linux.IP_MULTICAST_TTL, "IP_MULTICAST_TTL", HOPS);
        socket.set(Linux.IPPROTO_IP, Linux.IP_MULTICAST_LOOP, "IP_MULTICAST_LOOP", 0);
        socket.set(Linux.IPPROTO_IP, Linux.IP_TOS, "IP_TOS", NETWORK_CONTROL);
        IpAddress any = new IpAddress(Family.IPV4, 0, 0);
        socket.set(
                Linux.IPPROTO_IP, Linux.IP_MULTICAST_IF, "IP_MULTICAST_IF", VrrpGroup.ipv4Request(any, link.index()));
    }

    private static void setIpv6(KernelSocket socket, Link link) throws SystemCallException {
        socket.set(Linux.IPPROTO_IPV6, Linux.IPV6_UNICAST_HOPS, "IPV6_UNICAST_HOPS", HOPS);
        socket.set(Linux.IPPROTO_IPV6, Linux.IPV6_MULTICAST_HOPS, "IPV6_MULTICAST_HOPS", HOPS);
        socket.set(Linux.IPPROTO_IPV6, Linux.IPV6_MULTICAST_LOOP, "IPV6_MULTICAST_LOOP", 0);
        socket.set(Linux.IPPROTO_IPV6, Linux.IPV6_MULTICAST_IF, "IPV6_MULTICAST_IF", link.index());
        socket.set(Linux.IPPROTO_IPV6, Linux.IPV6_TCLASS, "IPV6_TCLASS", NETWORK_CONTROL);
        socket.set(Linux.IPPROTO_IPV6, Linux.IPV6_CHECKSUM, "IPV6_CHECKSUM", VrrpGroup.CHECKSUM_OFFSET);
    }

    /**
     * Sends a packet, without waiting. Of IPv6 the kernel fills in the checksum.
     *
     * <p>Errors that pass: EAGAIN and ENOBUFS (a queue is full), EPERM (a rule of netfilter). ENETDOWN, ENODEV, ENXIO,
     * ENETUNREACH and EADDRNOTAVAIL mean that link or source are gone.
     *
     * @param payload the VRRP packet, from position to limit, which stay as they are
     */
    public void send(ByteBuffer payload, IpAddress destination) throws SystemCallException {
        int length = payload.remaining();
        octets.clear().put(0, payload, payload.position(), length);
        SocketAddresses.write(targetOctets, destination, link.index());
        int sent = Libc.sendto(socket.fd(), memory, length, target);
        if (sent < 0) {
            throw new SystemCallException("sendto", "on " + link.name() + " to " + destination, -sent);
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
