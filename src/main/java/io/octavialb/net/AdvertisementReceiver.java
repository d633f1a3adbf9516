package io.octavialb.net;

import io.octavialb.vrrp.Family;
import java.util.BitSet;

/**
 * Receives VRRP packets of one family on one link, multicast and unicast. It is to be opened again when the link's index
 * changes.
 */
public final class AdvertisementReceiver implements AutoCloseable {
    private static final int RECEIVE_BUFFER = 1 << 20;

    private final KernelSocket socket;
    private final Family family;
    private final PacketReader reader;

    private AdvertisementReceiver(KernelSocket socket, Family family, String subject) {
        this.socket = socket;
        this.family = family;
        reader = new PacketReader(socket.fd(), subject);
    }

    /**
     * Opens the socket, in the network namespace of the calling thread.
     *
     * @param multicast whether to join the group of VRRP (RFC 9568 §5.1.1.2, §5.1.2.2) beside receiving what is sent to
     *     this node
     */
    public static AdvertisementReceiver open(Link link, Family family, boolean multicast) throws SystemCallException {
        String subject = "on " + link.name();
        boolean ipv4 = family == Family.IPV4;
        KernelSocket socket =
                KernelSocket.open(ipv4 ? Linux.AF_INET : Linux.AF_INET6, Linux.SOCK_RAW, Linux.IPPROTO_VRRP, subject);
        socket.bindToDevice(link.name());
        socket.receiveBuffer(RECEIVE_BUFFER);
        if (ipv4) {
            socket.set(Linux.IPPROTO_IP, Linux.IP_MULTICAST_ALL, "IP_MULTICAST_ALL", 0);
        } else {
            socket.set(Linux.IPPROTO_IPV6, Linux.IPV6_MULTICAST_ALL, "IPV6_MULTICAST_ALL", 0);
            socket.set(Linux.IPPROTO_IPV6, Linux.IPV6_RECVHOPLIMIT, "IPV6_RECVHOPLIMIT", 1);
            socket.set(Linux.IPPROTO_IPV6, Linux.IPV6_RECVPKTINFO, "IPV6_RECVPKTINFO", 1);
            socket.set(Linux.IPPROTO_IPV6, Linux.IPV6_CHECKSUM, "IPV6_CHECKSUM", VrrpGroup.CHECKSUM_OFFSET);
        }
        if (multicast) {
            VrrpGroup.join(socket, family, link.index());
        }
        return new AdvertisementReceiver(socket, family, subject);
    }

    /** For {@link Poller#add}. */
    public int fd() {
        return socket.fd();
    }

    /** From now on only packets of these virtual routers are received; without a call, all. */
    public void accept(BitSet virtualRouterIdentifiers) throws SystemCallException {
        SocketFilter.attach(socket, SocketFilter.virtualRouters(family, virtualRouterIdentifiers));
    }

    /**
     * Takes the next packet, without waiting.
     *
     * @return whether there was one
     */
    public boolean receive(ReceivedPacket into) throws SystemCallException {
        return reader.receive(into, family);
    }

    @Override
    public void close() {
        socket.close();
    }
}
