package io.octavialb.vip.config;

import io.octavialb.vrrp.Family;
import io.octavialb.vrrp.IpAddress;
import java.util.Optional;

/** Addresses as configurations write them, and which of them a host may have. */
final class Addresses {
    private Addresses() {}

    /** Empty if the text is no address. */
    static Optional<IpAddress> parse(String text) {
        try {
            return Optional.of(IpAddress.parse(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** Why it is none, such as {@code is a multicast address}. */
    static Optional<String> whyNotUnicast(IpAddress address) {
        return switch (address.family()) {
            case IPV4 -> whyNotUnicast((int) (address.low() >>> 24), address);
            case IPV6 -> whyNotUnicastV6(address);
        };
    }

    private static Optional<String> whyNotUnicast(int firstOctet, IpAddress address) {
        if (firstOctet == 0) {
            return Optional.of("is not the address of a host");
        }
        if (firstOctet == 127) {
            return Optional.of("is a loopback address");
        }
        if (firstOctet >= 240) {
            return Optional.of(address.low() == 0xffff_ffffL ? "is the broadcast address" : "is a reserved address");
        }
        return firstOctet >= 224 ? Optional.of("is a multicast address") : Optional.empty();
    }

    private static Optional<String> whyNotUnicastV6(IpAddress address) {
        if (address.high() == 0 && address.low() == 0) {
            return Optional.of("is not the address of a host");
        }
        if (address.equals(new IpAddress(Family.IPV6, 0, 1))) {
            return Optional.of("is a loopback address");
        }
        return address.high() >>> 56 == 0xff ? Optional.of("is a multicast address") : Optional.empty();
    }
}
