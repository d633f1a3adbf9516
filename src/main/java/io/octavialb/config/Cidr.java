package io.octavialb.config;

import com.google.common.net.InetAddresses;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An IPv4 or IPv6 network in CIDR notation (RFC 4632, RFC 4291).
 *
 * <p>Read as Kubernetes reads source ranges (Go's {@code netutils.ParseCIDRSloppy}): host bits are cleared, so that
 * {@code 10.1.2.3/8} is {@code 10.0.0.0/8}, and leading zeros of an octet are decimal. An IPv4-mapped IPv6 network and
 * one with a zone are refused: Octavia knows neither. Shown in canonical form (RFC 5952).
 *
 * @param network the first address, host bits cleared
 * @param prefixLength 0 to 32 (IPv4) or 128 (IPv6)
 */
public record Cidr(InetAddress network, int prefixLength) {
    private static final Pattern CIDR = Pattern.compile("([0-9A-Fa-f:.]{2,100})/0*(\\d{1,3})");
    private static final Pattern LEADING_ZEROS = Pattern.compile("(?<![0-9])0+(?=[0-9])");

    /** Everything, in IPv4. */
    public static final Cidr ANY_IPV4 = parse("0.0.0.0/0").orElseThrow();

    /** Everything, in IPv6. */
    public static final Cidr ANY_IPV6 = parse("::/0").orElseThrow();

    /** Empty when the text is not a network; no name is ever looked up. */
    public static Optional<Cidr> parse(String text) {
        Matcher cidr = CIDR.matcher(text);
        if (!cidr.matches()) {
            return Optional.empty();
        }
        boolean ipv6 = cidr.group(1).indexOf(':') >= 0;
        String address =
                ipv6 ? cidr.group(1) : LEADING_ZEROS.matcher(cidr.group(1)).replaceAll("");
        if (!InetAddresses.isInetAddress(address)) {
            return Optional.empty();
        }
        InetAddress parsed = InetAddresses.forString(address);
        int prefixLength = Integer.parseInt(cidr.group(2));
        if (ipv6 == parsed instanceof Inet4Address || prefixLength > parsed.getAddress().length * Byte.SIZE) {
            return Optional.empty();
        }
        return Optional.of(new Cidr(networkOf(parsed.getAddress(), prefixLength), prefixLength));
    }

    /** Whether it is an IPv6 network. */
    public boolean isIpv6() {
        return !(network instanceof Inet4Address);
    }

    /** Whether the address is in it; never when it is of the other family. */
    public boolean contains(InetAddress address) {
        return address.getAddress().length == network.getAddress().length
                && networkOf(address.getAddress(), prefixLength).equals(network);
    }

    private static InetAddress networkOf(byte[] address, int prefixLength) {
        for (int bit = prefixLength; bit < address.length * Byte.SIZE; bit++) {
            address[bit / Byte.SIZE] &= (byte) ~(0x80 >> (bit % Byte.SIZE));
        }
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address is 4 or 16 bytes", e);
        }
    }

    @Override
    public String toString() {
        return InetAddresses.toAddrString(network) + "/" + prefixLength;
    }
}
