package io.octavialb.vip;

import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.net.Netlink;
import io.octavialb.vrrp.Event;
import io.octavialb.vrrp.Role;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How an instance begins, and how what it depends on moves it. */
class InstanceTest {
    private static final Standing WELL = new Standing(100, List.of(), false, false);
    private static final Standing CUT_OFF = new Standing(100, List.of("interface eth0 is down"), true, false);
    private static final Standing CHECK_FAILS = new Standing(100, List.of("check c fails"), false, false);
    private static final Standing AWAITED = new Standing(100, List.of(), false, true);

    private Netlink netlink;
    private Instance instance;
    private long now = 1_000_000_000;

    @BeforeEach
    void configure() throws IOException {
        netlink = Netlink.open();
        instance = instance(false);
    }

    private Instance instance(boolean inSyncGroup) {
        return new Instance(
                Settings.instance("vi", 1, 100, "192.0.2.1"),
                inSyncGroup,
                new Addresses(netlink, new NodeView()),
                new AgentMetrics(),
                (_, _) -> {});
    }

    @AfterEach
    void close() {
        netlink.close();
    }

    private Role after(Standing standing) {
        instance.look(new NodeView(), Optional.empty(), standing);
        instance.turn(now);
        return instance.role();
    }

    @Test
    void aLinkThatIsDownAtTheStartHealsByItself() {
        assertThat(after(CUT_OFF)).isEqualTo(Role.FAULT);
        assertThat(after(WELL)).isEqualTo(Role.BACKUP);
    }

    @Test
    void aCheckThatFailsAtTheStartHealsByItself() {
        assertThat(after(AWAITED)).isEqualTo(Role.INITIALIZE);
        assertThat(after(CHECK_FAILS)).isEqualTo(Role.FAULT);
        assertThat(after(WELL)).isEqualTo(Role.BACKUP);
    }

    @Test
    void aFaultWhileACheckIsAwaitedDoesNotWaitForIt() {
        assertThat(after(new Standing(100, List.of("interface eth0 is down"), true, true)))
                .isEqualTo(Role.FAULT);
    }

    @Test
    void nobodyHeardMakesItActiveAndAFaultInFault() {
        assertThat(after(WELL)).isEqualTo(Role.BACKUP);
        for (int turn = 0; turn < 10 && instance.role() == Role.BACKUP; turn++) {
            now = instance.due();
            instance.turn(now);
        }
        assertThat(after(WELL)).isEqualTo(Role.ACTIVE);
        assertThat(after(CUT_OFF)).isEqualTo(Role.FAULT);
        assertThat(after(WELL)).isEqualTo(Role.BACKUP);
    }

    @Test
    void aMemberThatTheGroupHeldInFaultIsFreeWithoutTheGroup() {
        Instance member = instance(true);
        member.look(new NodeView(), Optional.empty(), WELL);
        member.tell(new Event.GroupWants(Role.FAULT));
        member.turn(now);
        assertThat(member.role()).isEqualTo(Role.FAULT);
        member.reconfigure(member.settings(), false).run();
        member.turn(now);
        assertThat(member.role()).isEqualTo(Role.BACKUP);
    }

    @Test
    void anActiveMemberKeepsItsRoleWithoutTheGroup() {
        Instance member = instance(true);
        member.look(new NodeView(), Optional.empty(), WELL);
        member.turn(now);
        member.tell(new Event.GroupWants(Role.ACTIVE));
        member.turn(now);
        assertThat(member.role()).isEqualTo(Role.ACTIVE);
        member.reconfigure(member.settings(), false).run();
        member.turn(now);
        assertThat(member.role()).isEqualTo(Role.ACTIVE);
    }
}
