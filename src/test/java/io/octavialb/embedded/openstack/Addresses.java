package io.octavialb.embedded.openstack;

import com.google.common.net.InetAddresses;
import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Arithmetic of IPv4 and IPv6 addresses and CIDRs, as text. */
final class Addresses {
    private Addresses() {}

    static boolean valid(String address) {
        return InetAddresses.isInetAddress(address);
    }

    static boolean v6(String addressOrCidr) {
        return addressOrCidr.contains(":");
    }

    /** The CIDR without host bits and always with a length, or null when it is none. */
    static @Nullable String network(String cidr) {
        int slash = cidr.indexOf('/');
        String address = slash < 0 ? cidr : cidr.substring(0, slash);
        if (!valid(address)) {
            return null;
        }
        int bits = v6(address) ? 128 : 32;
        int length = slash < 0 ? bits : length(cidr.substring(slash + 1));
        if (length < 0 || length > bits) {
            return null;
        }
        BigInteger network = number(address).shiftRight(bits - length).shiftLeft(bits - length);
        return text(network, v6(address)) + "/" + length;
    }

    private static int length(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    static boolean contains(String cidr, String address) {
        return v6(cidr) == v6(address) && cidr.equals(network(address + cidr.substring(cidr.indexOf('/'))));
    }

    /** The address so many after the network's own. */
    static String host(String cidr, long number) {
        String network = cidr.substring(0, cidr.indexOf('/'));
        return text(number(network).add(BigInteger.valueOf(number)), v6(network));
    }

    static String compressed(String address) {
        return InetAddresses.toAddrString(InetAddresses.forString(address));
    }

    private static BigInteger number(String address) {
        return InetAddresses.toBigInteger(InetAddresses.forString(address));
    }

    private static String text(BigInteger number, boolean v6) {
        InetAddress address = v6 ? InetAddresses.fromIPv6BigInteger(number) : InetAddresses.fromIPv4BigInteger(number);
        String text = InetAddresses.toAddrString(address);
        return address instanceof Inet6Address || !v6 ? text : "::ffff:" + text;
    }
}
