package io.octavialb.vrrp;

import java.nio.ByteBuffer;

/**
 * An IPv4 or IPv6 address as a number, so that comparing and sending it allocates nothing.
 *
 * @param high the upper 64 bits of an IPv6 address, else 0
 * @param low the lower 64 bits of an IPv6 address, or the 32 bits of an IPv4 address
 */
public record IpAddress(Family family, long high, long low) implements Comparable<IpAddress> {
    /** Reads an address from a packet, at the buffer's position, and moves it on. */
    public static IpAddress read(Family family, ByteBuffer packet) {
        return switch (family) {
            case IPV4 -> new IpAddress(family, 0, packet.getInt() & 0xffff_ffffL);
            case IPV6 -> new IpAddress(family, packet.getLong(), packet.getLong());
        };
    }

    /** Writes the address in network order at the buffer's position, and moves it on; the buffer is big-endian. */
    public void write(ByteBuffer packet) {
        if (family == Family.IPV6) {
            packet.putLong(high).putLong(low);
        } else {
            packet.putInt((int) low);
        }
    }

    /** fe80::/10 (RFC 4291 §2.5.6). */
    public boolean isLinkLocal() {
        return family == Family.IPV6 && high >>> 54 == 0xfe80 >>> 6;
    }

    /** Unsigned, in network order, as RFC 9568 §6.4.3 breaks ties. */
    @Override
    public int compareTo(IpAddress other) {
        int byFamily = family.compareTo(other.family);
        int byHigh = byFamily != 0 ? byFamily : Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    /** Spelled out, as in other keys of what an agent looks up at its start: what Java derives costs it some milliseconds. */
    @Override
    public boolean equals(Object other) {
        return other instanceof IpAddress address
                && low == address.low
                && high == address.high
                && family == address.family;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(31 * high + low);
    }

    /** Parses the usual text form of an address without a zone. Throws IllegalArgumentException when it is none. */
    public static IpAddress parse(String text) {
        return AddressText.parse(text);
    }

    /** The usual text form, for IPv6 the canonical one (RFC 5952). */
    @Override
    public String toString() {
        return AddressText.format(this);
    }
}
