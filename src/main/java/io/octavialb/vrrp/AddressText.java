package io.octavialb.vrrp;

import com.google.common.net.InetAddresses;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/** The text forms of addresses: dotted decimals and RFC 5952, without any look-up of names. */
final class AddressText {
    private AddressText() {}

    static IpAddress parse(String text) {
        if (text.indexOf('%') >= 0) {
            throw new IllegalArgumentException("an address without a zone is wanted, not " + text);
        }
        InetAddress address = InetAddresses.forString(text);
        Family family = address instanceof Inet4Address ? Family.IPV4 : Family.IPV6;
        return IpAddress.read(family, ByteBuffer.wrap(address.getAddress()));
    }

    static String format(IpAddress address) {
        ByteBuffer octets = ByteBuffer.allocate(address.family().octets());
        address.write(octets);
        try {
            return InetAddresses.toAddrString(InetAddress.getByAddress(octets.array()));
        } catch (UnknownHostException e) {
            throw new AssertionError("four or sixteen octets are an address", e);
        }
    }
}
