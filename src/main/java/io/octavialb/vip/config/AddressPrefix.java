package io.octavialb.vip.config;

import io.octavialb.vrrp.IpAddress;
import java.util.Optional;

/** An address with the length of its network's prefix: {@code 192.0.2.10/24}; without a length it stands alone. */
record AddressPrefix(IpAddress address, int length) {
    private static final int BITS_PER_OCTET = 8;

    static Optional<AddressPrefix> parse(String text, Place place, Problems problems) {
        int slash = text.indexOf('/');
        Optional<IpAddress> parsed = Addresses.parse(slash < 0 ? text : text.substring(0, slash));
        if (parsed.isEmpty()) {
            problems.error(place, text + " is not an address", "write an IPv4 or IPv6 address, such as 192.0.2.10/24");
            return Optional.empty();
        }
        IpAddress address = parsed.get();
        int longest = address.family().octets() * BITS_PER_OCTET;
        if (slash < 0) {
            return Optional.of(new AddressPrefix(address, longest));
        }
        Optional<Long> length = Quantity.whole(text.substring(slash + 1)).filter(bits -> bits >= 1 && bits <= longest);
        if (length.isEmpty()) {
            problems.error(
                    place, text + " has no prefix length from 1 to " + longest, "write " + address + "/" + longest);
        }
        return length.map(bits -> new AddressPrefix(address, Math.toIntExact(bits)));
    }
}
