package io.octavialb.vrrp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * ADVERTISEMENTs to and from octets (RFC 9568 §5.1, §5.2 and §7; RFC 3768 §5.3 and §7). All buffers are big-endian, which is
 * the default of {@link ByteBuffer}.
 */
public final class Codec {
    /** TTL or hop limit of every VRRP packet (RFC 9568 §5.1.1.3, §5.1.2.3). */
    public static final int TTL = 255;

    private static final int ADVERTISEMENT_TYPE = 1;
    private static final int FIXED_LENGTH = 8;
    private static final int CHECKSUM_OFFSET = 6;
    private static final int MAX_INTERVAL = 0xfff;
    private static final int CENTISECONDS = 100;

    private Codec() {}

    /**
     * Writes the message that follows the IP header at the buffer's position, and moves it on.
     *
     * @param source the IP header's; part of the checksum of version 3, except over IPv4 with {@link Checksum#MESSAGE}
     * @param destination the IP header's, likewise
     */
    public static void encode(
            Advertisement advertisement,
            Checksum checksum,
            IpAddress source,
            IpAddress destination,
            ByteBuffer packet) {
        int start = packet.position();
        List<IpAddress> addresses = advertisement.addresses();
        int interval = advertisement.intervalCentiseconds();
        packet.put((byte) (number(advertisement.version()) << 4 | ADVERTISEMENT_TYPE))
                .put((byte) advertisement.vrid())
                .put((byte) advertisement.priority())
                .put((byte) addresses.size());
        switch (advertisement.version()) {
            case V2 -> packet.put((byte) advertisement.authentication().type()).put((byte) (interval / CENTISECONDS));
            case V3 -> packet.putShort((short) (interval & MAX_INTERVAL));
        }
        packet.putShort((short) 0);
        for (int i = 0; i < addresses.size(); i++) {
            addresses.get(i).write(packet);
        }
        if (advertisement.version() == Version.V2) {
            packet.put(advertisement.authentication().data());
        }
        int length = packet.position() - start;
        long sum = InternetChecksum.ofMessage(packet, start, length);
        if (advertisement.version() == Version.V3
                && (source.family() == Family.IPV6 || checksum == Checksum.PSEUDO_HEADER)) {
            sum += InternetChecksum.ofPseudoHeader(source, destination, length);
        }
        packet.putShort(start + CHECKSUM_OFFSET, (short) ~InternetChecksum.fold(sum));
    }

    /**
     * Reads the message that follows the IP header, from the buffer's position to its limit, and checks all that can be checked
     * without knowing any virtual router (RFC 9568 §7.1); {@link Reception} checks the rest.
     *
     * @param destination the IP header's; null over IPv6 when the kernel has checked the checksum already (IPV6_CHECKSUM)
     * @param hopLimit TTL or hop limit of the IP header
     */
    public static Decoded decode(ByteBuffer packet, IpAddress source, @Nullable IpAddress destination, int hopLimit) {
        int start = packet.position();
        int length = packet.remaining();
        Family family = source.family();
        if (hopLimit != TTL) {
            return Discard.TTL;
        }
        if (length < FIXED_LENGTH) {
            return Discard.LENGTH;
        }
        int head = Byte.toUnsignedInt(packet.get(start));
        boolean third = head >>> 4 == 3;
        if (!third && (head >>> 4 != 2 || family == Family.IPV6)) {
            return Discard.VERSION;
        }
        if ((head & 0xf) != ADVERTISEMENT_TYPE) {
            return Discard.TYPE;
        }
        int count = Byte.toUnsignedInt(packet.get(start + 3));
        if (length != FIXED_LENGTH + count * family.octets() + (third ? 0 : Authentication.LENGTH)) {
            return Discard.LENGTH;
        }
        if (!checksumIsRight(packet, third, source, destination)) {
            return Discard.CHECKSUM;
        }
        if (count == 0) {
            return Discard.ADDRESS_COUNT;
        }
        int interval = third
                ? packet.getShort(start + 4) & MAX_INTERVAL
                : Byte.toUnsignedInt(packet.get(start + 5)) * CENTISECONDS;
        if (interval == 0) {
            return Discard.INTERVAL_ZERO;
        }
        return contents(packet, third ? Version.V3 : Version.V2, family, count, interval);
    }

    /** Over IPv4 both ways of counting are accepted, whatever is sent: keepalived and the RFC differ (RFC 9568 §5.2.8). */
    private static boolean checksumIsRight(
            ByteBuffer packet, boolean third, IpAddress source, @Nullable IpAddress destination) {
        long message = InternetChecksum.ofMessage(packet, packet.position(), packet.remaining());
        boolean withoutPseudoHeader = InternetChecksum.fold(message) == InternetChecksum.RIGHT;
        if (!third || (source.family() == Family.IPV4 && withoutPseudoHeader)) {
            return withoutPseudoHeader;
        }
        if (destination == null) {
            return source.family() == Family.IPV6;
        }
        long all = message + InternetChecksum.ofPseudoHeader(source, destination, packet.remaining());
        return InternetChecksum.fold(all) == InternetChecksum.RIGHT;
    }

    private static Decoded contents(ByteBuffer packet, Version version, Family family, int count, int interval) {
        int start = packet.position();
        int vrid = Byte.toUnsignedInt(packet.get(start + 1));
        int priority = Byte.toUnsignedInt(packet.get(start + 2));
        int authenticationType = version == Version.V2 ? Byte.toUnsignedInt(packet.get(start + 4)) : 0;
        packet.position(start + FIXED_LENGTH);
        List<IpAddress> addresses = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            addresses.add(IpAddress.read(family, packet));
        }
        Authentication authentication = Authentication.None.INSTANCE;
        if (authenticationType != 0) {
            Authentication.Password password = authenticationType == 1 ? Authentication.password(packet) : null;
            if (password == null) {
                return Discard.AUTHENTICATION_TYPE;
            }
            authentication = password;
        }
        return new Decoded.Accepted(new Advertisement(version, vrid, priority, interval, addresses, authentication));
    }

    private static int number(Version version) {
        return switch (version) {
            case V2 -> 2;
            case V3 -> 3;
        };
    }
}
