package io.octavialb.net;

import io.octavialb.vrrp.IpAddress;
import java.nio.ByteBuffer;

/** What tells neighbours the hardware address of an IP address without being asked: ARP (RFC 826, 5227) and neighbour advertisements (RFC 4861). */
final class NeighbourMessages {
    static final int HARDWARE_OCTETS = 6;
    static final long BROADCAST = 0xffff_ffff_ffffL;
    /** Where frames to ff02::1 go (RFC 2464 §7). */
    static final long ALL_NODES_HARDWARE = 0x3333_0000_0001L;

    static final IpAddress ALL_NODES = IpAddress.parse("ff02::1");
    static final int ARP_OCTETS = 28;
    static final int IPV6_HEADER_OCTETS = 40;
    static final int ADVERTISEMENT_OCTETS = 32;

    private static final int ARP_REQUEST = 1;
    private static final int ARP_REPLY = 2;
    private static final int ETHERTYPE_IPV4 = 0x800;
    private static final int NEIGHBOUR_ADVERTISEMENT = 136;
    private static final int ROUTER_FLAG = 0x8000_0000;
    private static final int OVERRIDE_FLAG = 0x2000_0000;
    private static final int TARGET_LINK_LAYER_ADDRESS = 2;

    private NeighbourMessages() {}

    /** A request for the sender's own address: the announcement of RFC 5227 §3, as the kernel (arp_notify) and keepalived send it. */
    static void arpRequest(ByteBuffer into, long hardwareAddress, IpAddress address) {
        arp(into, ARP_REQUEST, hardwareAddress, address, 0);
    }

    /** A reply that nobody asked for; Linux takes one for gratuitous only when both hardware addresses are the same. */
    static void arpReply(ByteBuffer into, long hardwareAddress, IpAddress address) {
        arp(into, ARP_REPLY, hardwareAddress, address, hardwareAddress);
    }

    private static void arp(ByteBuffer into, int operation, long hardwareAddress, IpAddress address, long target) {
        into.clear();
        into.putShort((short) Linux.ARPHRD_ETHER).putShort((short) ETHERTYPE_IPV4);
        into.put((byte) HARDWARE_OCTETS).put((byte) address.family().octets()).putShort((short) operation);
        putHardware(into, hardwareAddress);
        address.write(into);
        putHardware(into, target);
        address.write(into);
        into.flip();
    }

    /**
     * An IPv6 packet with an unsolicited neighbour advertisement (RFC 4861 §4.4, §7.2.6) from the address itself to all nodes.
     * The address is on this node whenever it is announced, so it is a valid source, and unlike the one that the kernel
     * would choose always the same.
     *
     * @param router whether this node forwards; hosts take a router that says no off their list of routers
     */
    static void neighbourAdvertisement(ByteBuffer into, long hardwareAddress, IpAddress address, boolean router) {
        into.clear();
        into.putInt(0x6000_0000).putShort((short) ADVERTISEMENT_OCTETS);
        into.put((byte) Linux.IPPROTO_ICMPV6).put((byte) 255);
        address.write(into);
        ALL_NODES.write(into);
        into.put((byte) NEIGHBOUR_ADVERTISEMENT).put((byte) 0).putShort((short) 0);
        into.putInt(OVERRIDE_FLAG | (router ? ROUTER_FLAG : 0));
        address.write(into);
        into.put((byte) TARGET_LINK_LAYER_ADDRESS).put((byte) 1);
        putHardware(into, hardwareAddress);
        into.putShort(IPV6_HEADER_OCTETS + 2, checksum(into));
        into.flip();
    }

    /** RFC 4443 §2.3 over the pseudo-header, whose addresses are those of the packet. */
    private static short checksum(ByteBuffer packet) {
        int sum = ADVERTISEMENT_OCTETS + Linux.IPPROTO_ICMPV6;
        for (int at = 8; at < IPV6_HEADER_OCTETS + ADVERTISEMENT_OCTETS; at += 2) {
            sum += packet.getShort(at) & 0xffff;
        }
        sum = (sum & 0xffff) + (sum >>> 16);
        return (short) ~(sum + (sum >>> 16));
    }

    static void putHardware(ByteBuffer into, long hardwareAddress) {
        into.putShort((short) (hardwareAddress >>> 32)).putInt((int) hardwareAddress);
    }

    /** Reads what {@link #putHardware} writes. */
    static long hardware(ByteBuffer from) {
        long address = 0;
        for (int at = 0; at < HARDWARE_OCTETS; at++) {
            address = (address << 8) | (from.get(at) & 0xff);
        }
        return address;
    }
}
