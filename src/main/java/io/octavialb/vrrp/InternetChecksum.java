package io.octavialb.vrrp;

import java.nio.ByteBuffer;

/** The Internet checksum (RFC 1071) of VRRP messages, as sums of 16-bit words that are folded last. */
final class InternetChecksum {
    /** Sum of a message whose checksum is right. */
    static final int RIGHT = 0xffff;

    private static final int PROTOCOL = 112;

    private InternetChecksum() {}

    /** Sum of an even number of octets; the buffer is big-endian, and its position stays. */
    static long ofMessage(ByteBuffer packet, int start, int length) {
        long sum = 0;
        for (int at = start; at < start + length; at += Short.BYTES) {
            sum += Short.toUnsignedInt(packet.getShort(at));
        }
        return sum;
    }

    /** Sum of the pseudo-header: both addresses, protocol and length (RFC 8200 §8.1; over IPv4 alike, RFC 5798 §5.2.8). */
    static long ofPseudoHeader(IpAddress source, IpAddress destination, int length) {
        return ofAddress(source) + ofAddress(destination) + PROTOCOL + length;
    }

    static int fold(long sum) {
        long folded = sum;
        while (folded > 0xffff) {
            folded = (folded & 0xffff) + (folded >>> 16);
        }
        return (int) folded;
    }

    private static long ofAddress(IpAddress address) {
        return ofWord(address.high()) + ofWord(address.low());
    }

    private static long ofWord(long word) {
        return (word >>> 48) + (word >>> 32 & 0xffff) + (word >>> 16 & 0xffff) + (word & 0xffff);
    }
}
