package io.octavialb.vip;

import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.net.Link;
import io.octavialb.net.LinkAddress;
import io.octavialb.net.LinkEvent;
import io.octavialb.net.Netlink;
import io.octavialb.vrrp.IpAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is known of this node after what the kernel has told. */
class NodeViewTest {
    private static final Link ETH0 = new Link(2, "eth0", true, true, 1, 1500);
    private static final IpAddress VIP = IpAddress.parse("192.0.2.1");

    private final NodeView node = new NodeView();

    static LinkAddress address(int link, IpAddress address, int prefixLength, int protocol) {
        return new LinkAddress(link, address, prefixLength, 0, Optional.empty(), protocol, 0);
    }

    @Test
    void anAddressIsThereUntilItIsGoneWithEachPrefixLength() {
        node.replace(List.of(ETH0), List.of(address(2, VIP, 32, 0), address(2, VIP, 24, 0)));
        node.apply(new LinkEvent.AddressAdded(address(2, VIP, 24, 0)));
        node.apply(new LinkEvent.AddressRemoved(address(2, VIP, 24, 0)));
        assertThat(node.has(ETH0, VIP)).isTrue();
        node.apply(new LinkEvent.AddressRemoved(address(2, VIP, 32, 0)));
        node.apply(new LinkEvent.AddressRemoved(address(2, VIP, 32, 0)));
        assertThat(node.has(ETH0, VIP)).isFalse();
        assertThat(node.addresses()).isEmpty();
    }

    @Test
    void anotherLinkHasItsOwnAddresses() {
        node.replace(List.of(ETH0), List.of(address(3, VIP, 32, 0)));
        assertThat(node.has(ETH0, VIP)).isFalse();
    }

    @Test
    void aLinkThatIsGoneTakesItsAddressesAlong() {
        node.replace(List.of(ETH0), List.of(address(2, VIP, 32, 0)));
        node.apply(new LinkEvent.LinkRemoved(2, "eth0"));
        node.apply(new LinkEvent.LinkChanged(ETH0));
        assertThat(node.has(ETH0, VIP)).isFalse();
        assertThat(node.up("eth0")).isTrue();
    }

    @Test
    void aRenamedLinkIsKnownByItsNewNameOnly() {
        node.replace(List.of(ETH0), List.of());
        node.apply(new LinkEvent.LinkChanged(new Link(2, "lan", true, true, 1, 1500)));
        assertThat(node.link("eth0")).isNull();
        assertThat(node.link("lan")).isNotNull();
    }

    @Test
    void itsOwnAreThoseThatThisProgramPutOn() {
        node.replace(List.of(ETH0), List.of(address(2, VIP, 32, Netlink.OWN_PROTOCOL)));
        assertThat(node.hasOwn(ETH0, VIP, 32)).isTrue();
        assertThat(node.hasOwn(ETH0, VIP, 24)).isFalse();
        node.apply(new LinkEvent.AddressAdded(address(2, VIP, 32, 0)));
        assertThat(node.hasOwn(ETH0, VIP, 32)).isFalse();
    }
}
