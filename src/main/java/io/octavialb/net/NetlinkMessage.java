package io.octavialb.net;

import io.octavialb.vrrp.Family;
import io.octavialb.vrrp.IpAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One message of the kernel (nlmsghdr).
 *
 * @param body what follows the header, in the machine's order
 */
record NetlinkMessage(int type, int flags, int sequence, ByteBuffer body) {
    private static final int HEADER_OCTETS = 16;
    private static final int ATTRIBUTE_HEADER_OCTETS = 4;
    private static final int ATTRIBUTE_TYPE = 0x3fff;
    private static final int LINK_HEADER_OCTETS = 16;
    private static final int ADDRESS_HEADER_OCTETS = 8;
    /** The error number and the header of the request (nlmsgerr, capped). */
    private static final int ERROR_OCTETS = 4 + HEADER_OCTETS;

    /** Splits what was received in one go; it may be read again only until the next. A message that is cut off ends it. */
    static List<NetlinkMessage> split(ByteBuffer received) {
        List<NetlinkMessage> messages = new ArrayList<>();
        int at = 0;
        while (at + HEADER_OCTETS <= received.limit()) {
            int length = received.getInt(at);
            if (length < HEADER_OCTETS || length > received.limit() - at) {
                break;
            }
            messages.add(new NetlinkMessage(
                    received.getShort(at + 4),
                    received.getShort(at + 6) & 0xffff,
                    received.getInt(at + 8),
                    slice(received, at + HEADER_OCTETS, length - HEADER_OCTETS)));
            at += (length + 3) & -4;
        }
        return messages;
    }

    /** What it tells of an interface or an address; empty when nothing of that. */
    Optional<LinkEvent> event() {
        return switch (type) {
            case Linux.RTM_NEWLINK -> link().map(LinkEvent.LinkChanged::new);
            case Linux.RTM_DELLINK -> link().map(link -> new LinkEvent.LinkRemoved(link.index(), link.name()));
            case Linux.RTM_NEWADDR -> address().map(LinkEvent.AddressAdded::new);
            case Linux.RTM_DELADDR -> address().map(LinkEvent.AddressRemoved::new);
            default -> Optional.empty();
        };
    }

    /** Of NLMSG_ERROR: the error number, 0 when the request was carried out. */
    int errno() {
        return -body.getInt(0);
    }

    /** Of NLMSG_ERROR: what the kernel says beyond the number; may be empty. */
    String remark() {
        ByteBuffer text = (flags & Linux.NLM_F_ACK_TLVS) == 0 ? null : attribute(ERROR_OCTETS, Linux.NLMSGERR_ATTR_MSG);
        return text == null ? "" : text(text);
    }

    /** Messages of a bridge about its ports look like those of links: RTM_DELLINK is then only that the port left it. */
    private Optional<Link> link() {
        ByteBuffer name = attribute(LINK_HEADER_OCTETS, Linux.IFLA_IFNAME);
        if (name == null || body.get(0) != Linux.AF_UNSPEC) {
            return Optional.empty();
        }
        int flags = body.getInt(8);
        int operational = Linux.IFF_UP | Linux.IFF_RUNNING | Linux.IFF_LOWER_UP;
        ByteBuffer hardware = attribute(LINK_HEADER_OCTETS, Linux.IFLA_ADDRESS);
        ByteBuffer mtu = attribute(LINK_HEADER_OCTETS, Linux.IFLA_MTU);
        boolean ethernet = body.getShort(2) == Linux.ARPHRD_ETHER && (flags & Linux.IFF_NOARP) == 0;
        return Optional.of(new Link(
                body.getInt(4),
                text(name),
                (flags & operational) == operational,
                ethernet,
                ethernet && hardware != null ? NeighbourMessages.hardware(hardware) : 0,
                mtu == null ? 0 : mtu.getInt(0)));
    }

    private Optional<LinkAddress> address() {
        // With a peer, IFA_ADDRESS is the peer's; IPv6 gives IFA_LOCAL only then.
        ByteBuffer local = attribute(ADDRESS_HEADER_OCTETS, Linux.IFA_LOCAL);
        ByteBuffer address = local != null ? local : attribute(ADDRESS_HEADER_OCTETS, Linux.IFA_ADDRESS);
        if (address == null || (body.get(0) != Linux.AF_INET && body.get(0) != Linux.AF_INET6)) {
            return Optional.empty();
        }
        Family family = body.get(0) == Linux.AF_INET ? Family.IPV4 : Family.IPV6;
        ByteBuffer label = attribute(ADDRESS_HEADER_OCTETS, Linux.IFA_LABEL);
        ByteBuffer flags = attribute(ADDRESS_HEADER_OCTETS, Linux.IFA_FLAGS);
        ByteBuffer protocol = attribute(ADDRESS_HEADER_OCTETS, Linux.IFA_PROTO);
        return Optional.of(new LinkAddress(
                body.getInt(4),
                IpAddress.read(family, address.order(ByteOrder.BIG_ENDIAN)),
                body.get(1) & 0xff,
                body.get(3) & 0xff,
                Optional.ofNullable(label).map(NetlinkMessage::text),
                protocol == null ? 0 : protocol.get(0) & 0xff,
                flags == null ? body.get(2) & 0xff : flags.getInt(0)));
    }

    private @Nullable ByteBuffer attribute(int from, int wanted) {
        int at = from;
        while (at + ATTRIBUTE_HEADER_OCTETS <= body.limit()) {
            int length = body.getShort(at) & 0xffff;
            if (length < ATTRIBUTE_HEADER_OCTETS || length > body.limit() - at) {
                return null;
            }
            if ((body.getShort(at + 2) & ATTRIBUTE_TYPE) == wanted) {
                return slice(body, at + ATTRIBUTE_HEADER_OCTETS, length - ATTRIBUTE_HEADER_OCTETS);
            }
            at += (length + 3) & -4;
        }
        return null;
    }

    /** Up to the zero octet that ends it. */
    private static String text(ByteBuffer value) {
        String text = StandardCharsets.UTF_8.decode(value).toString();
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    private static ByteBuffer slice(ByteBuffer from, int at, int length) {
        return from.slice(at, length).order(ByteOrder.nativeOrder());
    }
}
