package io.octavialb.vip;

import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.net.Link;
import io.octavialb.net.Netlink;
import io.octavialb.net.Poller;
import io.octavialb.vip.Standing.Health;
import io.octavialb.vip.config.InstanceSettings;
import io.octavialb.vip.config.Tracked;
import io.octavialb.vrrp.IpAddress;
import io.octavialb.vrrp.Role;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What interfaces, addresses and checks make of an instance. */
class SurroundingsTest {
    private static final IpAddress SOURCE = IpAddress.parse("192.0.2.7");

    /** An index that no interface of this machine has: nothing can be opened on it, and nothing is sent. */
    private static final Link ETH0 = new Link(1 << 30, "eth0", true, true, 1, 1500);

    private final NodeView node = new NodeView();
    private final Groups groups = new Groups(List.of());
    private Poller poller;
    private Netlink netlink;
    private Surroundings surroundings;

    @BeforeEach
    void open() throws IOException {
        poller = Poller.open();
        netlink = Netlink.open();
        surroundings = new Surroundings(node, new Receiving(poller, new AgentMetrics()));
    }

    @AfterEach
    void close() {
        netlink.close();
        poller.close();
    }

    private Instance instance(InstanceSettings settings) {
        return new Instance(settings, false, new Addresses(netlink, node), new AgentMetrics(), (_, _) -> {});
    }

    private List<String> faults(Instance instance) {
        surroundings.look(List.of(instance), groups);
        return instance.status(0).faults();
    }

    @Test
    void anInterfaceThatIsNotThereOrDownIsAFault() {
        Instance instance = instance(Settings.instance("vi", 1, 100, "192.0.2.1"));
        assertThat(faults(instance)).containsExactly("interface eth0 is not there");
        node.replace(List.of(new Link(2, "eth0", false, true, 1, 1500)), List.of());
        assertThat(faults(instance)).containsExactly("interface eth0 is down");
    }

    @Test
    void noAddressToSendFromIsAFaultAndVirtualAddressesAreNone() {
        Instance instance = instance(Settings.instance("vi", 1, 100, "192.0.2.1"));
        IpAddress virtual = IpAddress.parse("192.0.2.1");
        node.replace(List.of(ETH0), List.of(NodeViewTest.address(ETH0.index(), virtual, 32, 0)));
        assertThat(faults(instance)).containsExactly("eth0 has no IPv4 address to send from");
    }

    @Test
    void aSourceThatGoesIsAFaultOfABackupAndOfAnActiveRouterOnlyWhereItIsTracked() {
        assertThat(role(true)).isEqualTo(Role.FAULT);
        assertThat(role(false)).isEqualTo(Role.ACTIVE);
    }

    /** Of an active router whose source goes. */
    private Role role(boolean tracked) {
        Instance instance = instance(Settings.withSource("vi", SOURCE, tracked, "192.0.2.1"));
        node.replace(List.of(ETH0), List.of());
        assertThat(faults(instance)).containsExactly("address 192.0.2.7 is not on eth0");
        instance.look(node, Optional.empty(), new Standing(100, List.of(), false, false));
        long now = 0;
        for (int turn = 0; turn < 10 && instance.role() != Role.ACTIVE; turn++) {
            instance.turn(now);
            now = instance.due();
        }
        assertThat(instance.role()).isEqualTo(Role.ACTIVE);
        surroundings.look(List.of(instance), groups);
        instance.turn(now);
        return instance.role();
    }

    @Test
    void aCheckIsAFaultOnceItFails() {
        Instance instance =
                instance(Settings.instance("vi", "eth0", 1, 100, List.of(), List.of(new Tracked("c", 0)), "192.0.2.1"));
        surroundings.check("c", Health.BAD);
        assertThat(faults(instance)).contains("check c fails");
        surroundings.check("c", Health.GOOD);
        assertThat(faults(instance)).doesNotContain("check c fails");
    }
}
