package io.octavialb.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.octavialb.vrrp.Family;
import io.octavialb.vrrp.IpAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("netns")
class NetlinkTest {
    private static final int OWN = Netlink.OWN_PROTOCOL;
    private static final IpAddress VIRTUAL = IpAddress.parse("10.9.0.100");

    private Ends ends;
    private Netlink netlink;
    private Link link;

    @BeforeEach
    void open() {
        ends = Ends.create("nl");
        netlink = ends.left.call(Netlink::open);
        link = Ends.link(ends.left);
    }

    @AfterEach
    void close() {
        netlink.close();
        ends.close();
    }

    @Test
    void linksAreThoseOfTheNamespace() throws Exception {
        ends.left.ip("link", "set", "eth0", "mtu", "1400", "address", "02:00:00:aa:bb:cc");
        List<Link> links = netlink.links();
        assertThat(links).extracting(Link::name).containsExactly("lo", "eth0");
        assertThat(links.getFirst().ethernet()).isFalse();
        assertThat(links.getFirst().up()).isTrue();
        assertThat(links.getLast()).isEqualTo(new Link(link.index(), "eth0", true, true, 0x0200_00aa_bbccL, 1400));
    }

    @Test
    void aLinkWithoutCarrierIsNotUp() throws Exception {
        ends.right.ip("link", "set", "eth0", "down");
        assertThat(netlink.links().getLast().up()).isFalse();
        ends.right.ip("link", "set", "eth0", "up");
        assertThat(netlink.links().getLast().up()).isTrue();
        ends.left.ip("link", "set", "eth0", "down");
        assertThat(netlink.links().getLast().up()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"10.9.0.100, 32, 0", "10.9.0.100, 24, 0", "fd09::100, 128, 0", "fd09::100, 64, 0", "fe80::100, 128, 253"
    })
    void addingTwiceAndRemovingTwiceIsAsOnce(String text, int prefixLength, int scope) throws Exception {
        IpAddress address = IpAddress.parse(text);
        List<LinkAddress> before = netlink.addresses();

        netlink.addAddress(link, address, prefixLength, scope, Optional.empty(), OWN);
        LinkAddress added = onLink(address);
        netlink.addAddress(link, address, prefixLength, scope, Optional.empty(), OWN);

        assertThat(onLink(address)).isEqualTo(added);
        assertThat(added.linkIndex()).isEqualTo(link.index());
        assertThat(added.prefixLength()).isEqualTo(prefixLength);
        assertThat(added.scope()).isEqualTo(scope);
        assertThat(added.own()).isTrue();
        assertThat(added.tentative()).isFalse();
        assertThat(added.secondary()).isEqualTo(prefixLength == 24);
        assertThat(netlink.removeAddress(link, address, prefixLength)).isTrue();
        assertThat(netlink.removeAddress(link, address, prefixLength)).isFalse();
        assertThat(netlink.addresses()).isEqualTo(before);
    }

    @Test
    void anIpv6AddressOfOneHostIsNotChosenAsSource() throws Exception {
        netlink.addAddress(link, IpAddress.parse("fd09::100"), 128, 0, Optional.empty(), OWN);
        assertThat(ends.left.ip("-6", "addr", "show", "dev", "eth0", "to", "fd09::100"))
                .contains("deprecated", "preferred_lft 0sec", "valid_lft forever");
        netlink.addAddress(link, IpAddress.parse("fd09::200"), 64, 0, Optional.empty(), OWN);
        assertThat(ends.left.ip("-6", "addr", "show", "dev", "eth0", "to", "fd09::200"))
                .contains("preferred_lft forever");
    }

    @Test
    void anAddressOfSomebodyElseBecomesOurs() throws Exception {
        ends.left.ip("addr", "add", "10.9.0.100/32", "dev", "eth0");
        ends.left.ip("addr", "add", "fd09::100/128", "dev", "eth0", "nodad");
        assertThat(onLink(VIRTUAL).own()).isFalse();
        netlink.addAddress(link, VIRTUAL, 32, 0, Optional.empty(), OWN);
        netlink.addAddress(link, IpAddress.parse("fd09::100"), 128, 0, Optional.empty(), OWN);
        assertThat(onLink(VIRTUAL).own()).isTrue();
        assertThat(onLink(IpAddress.parse("fd09::100")).own()).isTrue();
    }

    @Test
    void labelScopeAndProtocolAreAsAsked() throws Exception {
        netlink.addAddress(link, VIRTUAL, 32, 253, Optional.of("eth0:vip"), 77);
        assertThat(onLink(VIRTUAL))
                .isEqualTo(new LinkAddress(
                        link.index(), VIRTUAL, 32, 253, Optional.of("eth0:vip"), 77, Linux.IFA_F_PERMANENT));
        assertThat(ends.left.ip("addr", "show", "dev", "eth0")).contains("inet 10.9.0.100/32 scope link");
    }

    @Test
    void refusalsNameRequestAddressInterfaceAndWhy() {
        Link missing = new Link(4711, "eth9", true, true, 0, 1500);
        assertThatThrownBy(() -> netlink.addAddress(missing, VIRTUAL, 32, 0, Optional.empty(), OWN))
                .isInstanceOf(SystemCallException.class)
                .hasMessage(
                        "RTM_NEWADDR of 10.9.0.100/32 on eth9: ENODEV (No such device)" + ": ipv4: Device not found");
        assertThatThrownBy(() -> netlink.addAddress(link, VIRTUAL, 33, 0, Optional.empty(), OWN))
                .isInstanceOf(SystemCallException.class)
                .hasMessageStartingWith("RTM_NEWADDR of 10.9.0.100/33 on eth0: EINVAL (Invalid argument)");
    }

    @Test
    void anAddressOnALinkThatIsGoneIsGone() throws Exception {
        netlink.addAddress(link, VIRTUAL, 32, 0, Optional.empty(), OWN);
        ends.left.ip("link", "del", "eth0");
        assertThat(netlink.removeAddress(link, VIRTUAL, 32)).isFalse();
        assertThat(netlink.removeAddress(link, IpAddress.parse("fd09::100"), 128))
                .isFalse();
    }

    @Test
    void thePrimaryAddressIsNeverAVirtualOne() throws Exception {
        IpAddress linkLocal = Ends.primary(ends.left, Family.IPV6);
        IpAddress virtual = IpAddress.parse("fe80::100");
        netlink.addAddress(link, virtual, 64, 253, Optional.empty(), 0);
        assertThat(PrimaryAddress.of(netlink.addresses(), link.index(), Family.IPV6, Set.of(virtual)))
                .contains(linkLocal);
        netlink.addAddress(link, VIRTUAL, 32, 0, Optional.empty(), OWN);
        netlink.removeAddress(link, Ends.LEFT_IPV4, 24);
        assertThat(PrimaryAddress.of(netlink.addresses(), link.index(), Family.IPV4, Set.of()))
                .isEmpty();
    }

    @Test
    void manyAddressesAreReadWhole() throws Exception {
        for (int host = 0; host < 2_000; host++) {
            netlink.addAddress(link, new IpAddress(Family.IPV4, 0, 0x0a0a_0000L + host), 32, 0, Optional.empty(), OWN);
        }
        assertThat(netlink.addresses()).filteredOn(LinkAddress::own).hasSize(2_000);
    }

    private LinkAddress onLink(IpAddress address) throws SystemCallException {
        return netlink.addresses().stream()
                .filter(found -> found.address().equals(address))
                .reduce((one, other) -> {
                    throw new AssertionError(one + " and " + other);
                })
                .orElseThrow();
    }
}
