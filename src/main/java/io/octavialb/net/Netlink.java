package io.octavialb.net;

import io.octavialb.vrrp.IpAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads interfaces and addresses, and changes addresses, by rtnetlink(7): each method sends one request and takes the kernel's
 * whole answer, which is there at once. In the network namespace of the thread that opened it. What changes by itself tells
 * {@link NetlinkMonitor}.
 */
public final class Netlink implements AutoCloseable {
    /**
     * Marks the addresses that this program puts on a link (IFA_PROTO), so that a later run knows what an earlier one left:
     * the number of VRRP as an IP protocol; keepalived marks its own with 18. A kernel before 5.18 ignores it.
     */
    public static final int OWN_PROTOCOL = 112;

    /** A dump during which something changed is taken again, at most so often. */
    private static final int DUMP_ATTEMPTS = 10;

    private final NetlinkSocket socket;
    private int sequence;

    private Netlink(NetlinkSocket socket) {
        this.socket = socket;
    }

    public static Netlink open() throws SystemCallException {
        NetlinkSocket socket = NetlinkSocket.open(0);
        socket.waitForAnswers();
        return new Netlink(socket);
    }

    /** All interfaces, in the kernel's order. */
    public List<Link> links() throws SystemCallException {
        return List.<LinkEvent>of().stream()
                .mapMulti((LinkEvent event, Consumer<Link> links) -> {
                    if (event instanceof LinkEvent.LinkChanged(Link link)) {
                        links.accept(link);
                    }
                })
                .toList();
    }

    /** All addresses of both families, each link's in the kernel's order. */
    public List<LinkAddress> addresses() throws SystemCallException {
        return List.<LinkEvent>of().stream()
                .mapMulti((LinkEvent event, Consumer<LinkAddress> addresses) -> {
                    if (event instanceof LinkEvent.AddressAdded(LinkAddress address)) {
                        addresses.accept(address);
                    }
                })
                .toList();
    }

    /**
     * Puts an address on a link; one that is there stays, with the protocol given. An IPv6 address is usable at once, without
     * duplicate address detection.
     *
     * @param scope 0 is global, 253 link, 254 host
     * @param label of an IPv4 address: at most 15 octets, by custom the interface's name, a colon and more
     * @param protocol {@link #OWN_PROTOCOL}
     */
    public void addAddress(
            Link link, IpAddress address, int prefixLength, int scope, Optional<String> label, int protocol)
            throws SystemCallException {
        throw new UnsupportedOperationException();
    }

    /**
     * Takes an address off a link.
     *
     * @param prefixLength the one it was added with; the same address with another one is another address
     * @return whether it was there
     */
    public boolean removeAddress(Link link, IpAddress address, int prefixLength) throws SystemCallException {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        socket.close();
    }
}
