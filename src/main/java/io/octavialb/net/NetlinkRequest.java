package io.octavialb.net;

import io.octavialb.vrrp.Family;
import io.octavialb.vrrp.IpAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Writes requests of rtnetlink(7): nlmsghdr, a header by type, attributes; each is a length, a type and a value padded to four octets. */
final class NetlinkRequest {
    private static final int LARGEST = 256;
    private static final int LINK_HEADER_OCTETS = 16;
    private static final int ADDRESS_HEADER_OCTETS = 8;
    private static final int FOREVER = 0xffff_ffff;

    private final ByteBuffer octets = ByteBuffer.allocate(LARGEST).order(ByteOrder.nativeOrder());

    private NetlinkRequest(int type, int flags, int sequence) {
        octets.putInt(0).putShort((short) type).putShort((short) (Linux.NLM_F_REQUEST | flags));
        octets.putInt(sequence).putInt(0);
    }

    static ByteBuffer dumpLinks(int sequence) {
        NetlinkRequest request = new NetlinkRequest(Linux.RTM_GETLINK, Linux.NLM_F_DUMP, sequence);
        request.octets.put(new byte[LINK_HEADER_OCTETS]);
        return request.whole();
    }

    /** Of both families. */
    static ByteBuffer dumpAddresses(int sequence) {
        NetlinkRequest request = new NetlinkRequest(Linux.RTM_GETADDR, Linux.NLM_F_DUMP, sequence);
        request.octets.put(new byte[ADDRESS_HEADER_OCTETS]);
        return request.whole();
    }

    /**
     * Adds or changes. An IPv6 address of a single host is not preferred, as keepalived has it: this node answers for it
     * but does not choose it as source of connections, which would break when it moves.
     */
    static ByteBuffer add(
            int sequence,
            int linkIndex,
            IpAddress address,
            int prefixLength,
            int scope,
            Optional<String> label,
            int protocol) {
        int flags = Linux.NLM_F_ACK | Linux.NLM_F_CREATE | Linux.NLM_F_REPLACE;
        NetlinkRequest request = new NetlinkRequest(Linux.RTM_NEWADDR, flags, sequence);
        request.address(linkIndex, address, prefixLength, scope);
        label.ifPresent(text -> request.attribute(Linux.IFA_LABEL, (text + '\0').getBytes(StandardCharsets.UTF_8)));
        if (address.family() == Family.IPV6) {
            request.attribute(Linux.IFA_FLAGS, ints(Linux.IFA_F_NODAD));
            if (prefixLength == Linux.IPV6_BITS) {
                request.attribute(Linux.IFA_CACHEINFO, ints(0, FOREVER, 0, 0));
            }
        }
        request.attribute(Linux.IFA_PROTO, new byte[] {(byte) protocol});
        return request.whole();
    }

    static ByteBuffer remove(int sequence, int linkIndex, IpAddress address, int prefixLength) {
        NetlinkRequest request = new NetlinkRequest(Linux.RTM_DELADDR, Linux.NLM_F_ACK, sequence);
        request.address(linkIndex, address, prefixLength, 0);
        return request.whole();
    }

    private void address(int linkIndex, IpAddress address, int prefixLength, int scope) {
        octets.put((byte) (address.family() == Family.IPV4 ? Linux.AF_INET : Linux.AF_INET6));
        octets.put((byte) prefixLength).put((byte) 0).put((byte) scope).putInt(linkIndex);
        ByteBuffer value = ByteBuffer.allocate(address.family().octets());
        address.write(value);
        attribute(Linux.IFA_LOCAL, value.array());
        attribute(Linux.IFA_ADDRESS, value.array());
    }

    private void attribute(int type, byte[] value) {
        octets.putShort((short) (4 + value.length)).putShort((short) type).put(value);
        octets.position((octets.position() + 3) & -4);
    }

    private static byte[] ints(int... values) {
        ByteBuffer octets = ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.nativeOrder());
        octets.asIntBuffer().put(values);
        return octets.array();
    }

    private ByteBuffer whole() {
        return octets.putInt(0, octets.position()).flip();
    }
}
