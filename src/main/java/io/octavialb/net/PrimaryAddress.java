package io.octavialb.net;

import io.octavialb.vrrp.Family;
import io.octavialb.vrrp.IpAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The address that a link's advertisements come from when none is configured (RFC 9568 §5.1.1.1, §5.1.2.1). */
public final class PrimaryAddress {
    private static final int HOST_SCOPE = 254;

    private PrimaryAddress() {}

    /**
     * Picks the first IPv4 address that is not secondary, or the link-local IPv6 address, where there are several the one
     * that the kernel made. Never one that is tentative or a duplicate, and never a virtual one.
     *
     * @param addresses as {@link Netlink#addresses} lists them
     * @param virtual all virtual addresses that are configured, whether they are held or not
     */
    public static Optional<IpAddress> of(
            List<LinkAddress> addresses, int linkIndex, Family family, Set<IpAddress> virtual) {
        List<LinkAddress> usable = addresses.stream()
                .filter(address -> address.linkIndex() == linkIndex)
                .filter(address -> address.address().family() == family)
                .filter(address -> !address.tentative() && !address.duplicate() && !address.own())
                .filter(address -> !virtual.contains(address.address()))
                .toList();
        return (family == Family.IPV4 ? ipv4(usable) : linkLocal(usable))
                .findFirst()
                .map(LinkAddress::address);
    }

    private static Stream<LinkAddress> ipv4(List<LinkAddress> addresses) {
        return addresses.stream().filter(address -> !address.secondary() && address.scope() < HOST_SCOPE);
    }

    private static Stream<LinkAddress> linkLocal(List<LinkAddress> addresses) {
        List<LinkAddress> linkLocal = addresses.stream()
                .filter(address -> address.address().isLinkLocal())
                .toList();
        return Stream.concat(linkLocal.stream().filter(LinkAddress::madeByKernel), linkLocal.stream());
    }
}
