package io.octavialb.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.vrrp.Family;
import io.octavialb.vrrp.IpAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PrimaryAddressTest {
    private static final int LINK = 3;

    @Test
    void isTheFirstIpv4AddressThatIsNotSecondary() {
        List<LinkAddress> addresses = List.of(
                address(2, "10.0.0.1", 0, 0),
                address(LINK, "10.0.0.2", 0, Linux.IFA_F_SECONDARY),
                address(LINK, "10.0.0.3", 0, 0),
                address(LINK, "10.0.0.4", 0, 0));
        assertThat(of(addresses, Family.IPV4)).contains(IpAddress.parse("10.0.0.3"));
        assertThat(of(addresses, Family.IPV4, "10.0.0.3")).contains(IpAddress.parse("10.0.0.4"));
        assertThat(of(addresses, Family.IPV4, "10.0.0.3", "10.0.0.4")).isEmpty();
    }

    @Test
    void isNotOneOfAnEarlierRun() {
        assertThat(of(List.of(address(LINK, "10.0.0.3", Netlink.OWN_PROTOCOL, 0)), Family.IPV4))
                .isEmpty();
    }

    @Test
    void isTheLinkLocalIpv6AddressThatIsUsable() {
        List<LinkAddress> addresses = List.of(
                address(LINK, "fd00::1", 0, 0),
                address(LINK, "fe80::1", 0, Linux.IFA_F_TENTATIVE),
                address(LINK, "fe80::2", 0, Linux.IFA_F_DADFAILED),
                address(LINK, "fe80::3", 0, 0),
                address(LINK, "fe80::4", Linux.IFAPROT_KERNEL_LL, 0));
        assertThat(of(addresses.subList(0, 3), Family.IPV6)).isEmpty();
        assertThat(of(addresses.subList(0, 4), Family.IPV6)).contains(IpAddress.parse("fe80::3"));
        assertThat(of(addresses, Family.IPV6)).contains(IpAddress.parse("fe80::4"));
    }

    private static Optional<IpAddress> of(List<LinkAddress> addresses, Family family, String... virtual) {
        return PrimaryAddress.of(
                addresses,
                LINK,
                family,
                Set.of(virtual).stream().map(IpAddress::parse).collect(Collectors.toSet()));
    }

    private static LinkAddress address(int link, String address, int protocol, int flags) {
        return new LinkAddress(link, IpAddress.parse(address), 24, 0, Optional.empty(), protocol, flags);
    }
}
