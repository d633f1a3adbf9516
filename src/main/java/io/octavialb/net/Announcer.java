package io.octavialb.net;

import io.octavialb.vrrp.Family;
import io.octavialb.vrrp.IpAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * Tells the neighbours on a link that a virtual address is here now: gratuitous ARP for IPv4, an unsolicited neighbour
 * advertisement for IPv6.
 *
 * <p>For IPv4 both forms go out, request and reply, because some neighbours update from only one of them. It is to be
 * opened again when the link's index or hardware address changes.
 */
public final class Announcer implements AutoCloseable {
    private final KernelSocket socket;
    private final Link link;
    private final boolean router;
    private final MemorySegment arpTarget;
    private final MemorySegment allNodesTarget;
    private final MemorySegment memory;
    private final ByteBuffer message;

    private Announcer(KernelSocket socket, Link link, boolean router) {
        this.socket = socket;
        this.link = link;
        this.router = router;
        arpTarget = SocketAddresses.link(link.index(), Linux.ETH_P_ARP, NeighbourMessages.BROADCAST);
        allNodesTarget = SocketAddresses.link(link.index(), Linux.ETH_P_IPV6, NeighbourMessages.ALL_NODES_HARDWARE);
        memory = Arena.ofAuto()
                .allocate(NeighbourMessages.IPV6_HEADER_OCTETS + NeighbourMessages.ADVERTISEMENT_OCTETS, Long.BYTES);
        message = memory.asByteBuffer();
    }

    /**
     * Opens the socket, in the network namespace of the calling thread.
     *
     * @param router whether neighbour advertisements carry the router flag: this node forwards IPv6 ({@link
     *     LinkSettings#forwardsIpv6})
     */
    public static Announcer open(Link link, boolean router) throws SystemCallException {
        // Protocol 0: the socket receives nothing.
        return new Announcer(
                KernelSocket.open(Linux.AF_PACKET, Linux.SOCK_DGRAM, 0, "on " + link.name()), link, router);
    }

    /** Announces the address once. Does nothing on a link that is not Ethernet: nobody asks for addresses there. */
    public void announce(IpAddress address) throws SystemCallException {
        if (!link.ethernet()) {
            return;
        }
        if (address.family() == Family.IPV4) {
            NeighbourMessages.arpRequest(message, link.hardwareAddress(), address);
            send(arpTarget, address);
            NeighbourMessages.arpReply(message, link.hardwareAddress(), address);
            send(arpTarget, address);
        } else {
            NeighbourMessages.neighbourAdvertisement(message, link.hardwareAddress(), address, router);
            send(allNodesTarget, address);
        }
    }

    private void send(MemorySegment target, IpAddress address) throws SystemCallException {
        int sent = Libc.sendto(socket.fd(), memory, message.limit(), target);
        if (sent < 0) {
            throw new SystemCallException("sendto", "on " + link.name() + " for " + address, -sent);
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
