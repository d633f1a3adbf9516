package io.octavialb.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.vrrp.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("netns")
class NetlinkMonitorTest {
    private Ends ends;
    private Link link;

    @BeforeEach
    void lay() {
        ends = Ends.create("mon");
        link = Ends.link(ends.left);
    }

    @AfterEach
    void take() {
        ends.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.9.0.100/32", "fd09::100/128"})
    void tellsOfAddressesThatComeAndGo(String text) throws Exception {
        IpAddress address = IpAddress.parse(text.substring(0, text.indexOf('/')));
        try (NetlinkMonitor monitor = ends.left.call(NetlinkMonitor::open)) {
            ends.left.ip("addr", "add", text, "dev", "eth0");
            LinkEvent added = next(monitor, LinkEvent.AddressAdded.class::isInstance);
            assertThat(added).isInstanceOfSatisfying(LinkEvent.AddressAdded.class, event -> {
                assertThat(event.address().address()).isEqualTo(address);
                assertThat(event.address().linkIndex()).isEqualTo(link.index());
                assertThat(event.address().own()).isFalse();
            });
            ends.left.ip("addr", "del", text, "dev", "eth0");
            LinkEvent removed = next(monitor, LinkEvent.AddressRemoved.class::isInstance);
            assertThat(removed)
                    .isInstanceOfSatisfying(
                            LinkEvent.AddressRemoved.class,
                            event -> assertThat(event.address().address()).isEqualTo(address));
        }
    }

    @Test
    void tellsOfALossOfCarrierAndItsReturn() throws Exception {
        try (NetlinkMonitor monitor = ends.left.call(NetlinkMonitor::open)) {
            ends.right.ip("link", "set", "eth0", "down");
            next(monitor, NetlinkMonitorTest::down);
            ends.right.ip("link", "set", "eth0", "up");
            next(monitor, event -> event instanceof LinkEvent.LinkChanged(Link changed) && changed.up());
            ends.left.ip("link", "set", "eth0", "down");
            next(monitor, NetlinkMonitorTest::down);
        }
    }

    private static boolean down(LinkEvent event) {
        return event instanceof LinkEvent.LinkChanged(Link changed) && !changed.up();
    }

    @Test
    void anInterfaceMadeAgainHasAnotherIndex() throws Exception {
        try (NetlinkMonitor monitor = ends.left.call(NetlinkMonitor::open)) {
            ends.left.ip("link", "del", "eth0");
            LinkEvent removed = next(monitor, LinkEvent.LinkRemoved.class::isInstance);
            assertThat(removed).isEqualTo(new LinkEvent.LinkRemoved(link.index(), "eth0"));
            ends.connect();
            LinkEvent made = next(
                    monitor,
                    event -> event instanceof LinkEvent.LinkChanged(Link changed)
                            && changed.name().equals("eth0")
                            && changed.up());
            assertThat(((LinkEvent.LinkChanged) made).link())
                    .isEqualTo(Ends.link(ends.left))
                    .extracting(Link::index)
                    .isNotEqualTo(link.index());
        }
    }

    @Test
    void leavingABridgeIsNotTheEndOfALink() throws Exception {
        ends.left.ip("link", "add", "br0", "type", "bridge");
        try (NetlinkMonitor monitor = ends.left.call(NetlinkMonitor::open)) {
            List<LinkEvent> events = new ArrayList<>();
            ends.left.ip("link", "set", "eth0", "master", "br0");
            ends.left.ip("link", "set", "eth0", "nomaster");
            ends.left.ip("link", "del", "br0");
            next(monitor, event -> {
                events.add(event);
                return event instanceof LinkEvent.LinkRemoved(int _, String name) && name.equals("br0");
            });
            assertThat(events)
                    .noneMatch(event ->
                            event instanceof LinkEvent.LinkRemoved(int index, String _) && index == link.index());
        }
    }

    @Test
    void tellsWhenEventsWereLost() throws Exception {
        IpAddress address = IpAddress.parse("10.9.0.100");
        try (NetlinkMonitor monitor = ends.left.call(() -> NetlinkMonitor.open(1));
                Netlink netlink = ends.left.call(Netlink::open)) {
            for (int round = 0; round < 100; round++) {
                netlink.addAddress(link, address, 32, 0, Optional.empty(), Netlink.OWN_PROTOCOL);
                netlink.removeAddress(link, address, 32);
            }
            next(monitor, LinkEvent.Overrun.class::isInstance);
            List<LinkEvent> rest = new ArrayList<>();
            monitor.drain(rest::add);
            netlink.addAddress(link, address, 32, 0, Optional.empty(), Netlink.OWN_PROTOCOL);
            next(monitor, LinkEvent.AddressAdded.class::isInstance);
        }
    }

    /** Waits for the first event that is wanted. */
    private static LinkEvent next(NetlinkMonitor monitor, Predicate<LinkEvent> wanted) throws SystemCallException {
        List<LinkEvent> found = new ArrayList<>();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        try (Poller poller = Poller.open()) {
            poller.add(monitor.fd());
            while (found.isEmpty() && System.nanoTime() < end) {
                poller.await(end - System.nanoTime());
                monitor.drain(event -> {
                    if (wanted.test(event)) {
                        found.add(event);
                    }
                });
            }
        }
        assertThat(found).isNotEmpty();
        return found.getFirst();
    }
}
