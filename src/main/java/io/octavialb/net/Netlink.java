package io.octavialb.net;

import io.octavialb.vrrp.IpAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Stream;

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
        return new Netlink(NetlinkSocket.open(0));
    }

    /** All interfaces, in the kernel's order. */
    public List<Link> links() throws SystemCallException {
        return dump("RTM_GETLINK", NetlinkRequest::dumpLinks).stream()
                .flatMap(event -> event instanceof LinkEvent.LinkChanged(Link link) ? Stream.of(link) : Stream.empty())
                .toList();
    }

    /** All addresses of both families, each link's in the kernel's order. */
    public List<LinkAddress> addresses() throws SystemCallException {
        return dump("RTM_GETADDR", NetlinkRequest::dumpAddresses).stream()
                .flatMap(event -> event instanceof LinkEvent.AddressAdded(LinkAddress address)
                        ? Stream.of(address)
                        : Stream.empty())
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
        NetlinkMessage answer =
                ask(NetlinkRequest.add(++sequence, link.index(), address, prefixLength, scope, label, protocol));
        if (answer.errno() != 0) {
            throw refused("RTM_NEWADDR", link, address, prefixLength, answer);
        }
    }

    /**
     * Takes an address off a link.
     *
     * @param prefixLength the one it was added with; the same IPv4 address with another one is another address
     * @return whether it was there; false also when the link is gone
     */
    public boolean removeAddress(Link link, IpAddress address, int prefixLength) throws SystemCallException {
        NetlinkMessage answer = ask(NetlinkRequest.remove(++sequence, link.index(), address, prefixLength));
        return switch (answer.errno()) {
            case 0 -> true;
            case Errno.EADDRNOTAVAIL, Errno.ENODEV, Errno.ENXIO -> false;
            default -> throw refused("RTM_DELADDR", link, address, prefixLength, answer);
        };
    }

    /** Sends a request with NLM_F_ACK and takes its answer. */
    private NetlinkMessage ask(ByteBuffer request) throws SystemCallException {
        socket.send(request);
        while (true) {
            for (NetlinkMessage message : socket.answer()) {
                if (message.sequence() == sequence && message.type() == Linux.NLMSG_ERROR) {
                    return message;
                }
            }
        }
    }

    private List<LinkEvent> dump(String name, IntFunction<ByteBuffer> request) throws SystemCallException {
        for (int attempt = 0; attempt < DUMP_ATTEMPTS; attempt++) {
            socket.send(request.apply(++sequence));
            List<LinkEvent> events = new ArrayList<>();
            if (readDump(name, events)) {
                return events;
            }
        }
        throw new SystemCallException(name, "changed during each of " + DUMP_ATTEMPTS + " reads", Errno.EINTR);
    }

    /** Returns whether it is of one moment: nothing changed while the kernel wrote it */
    private boolean readDump(String name, List<LinkEvent> events) throws SystemCallException {
        boolean whole = true;
        while (true) {
            for (NetlinkMessage message : socket.answer()) {
                if (message.sequence() != sequence) {
                    continue;
                }
                whole &= (message.flags() & Linux.NLM_F_DUMP_INTR) == 0;
                if (message.type() == Linux.NLMSG_ERROR) {
                    throw new SystemCallException(name, "", message.errno(), message.remark());
                }
                if (message.type() == Linux.NLMSG_DONE) {
                    return whole;
                }
                message.event().ifPresent(events::add);
            }
        }
    }

    private static SystemCallException refused(
            String request, Link link, IpAddress address, int prefixLength, NetlinkMessage answer) {
        String subject = "of " + address + "/" + prefixLength + " on " + link.name();
        return new SystemCallException(request, subject, answer.errno(), answer.remark());
    }

    @Override
    public void close() {
        socket.close();
    }
}
