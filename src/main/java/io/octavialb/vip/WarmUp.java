package io.octavialb.vip;

import io.octavialb.vrrp.Advertisement;
import io.octavialb.vrrp.Announcements;
import io.octavialb.vrrp.Authentication;
import io.octavialb.vrrp.Checksum;
import io.octavialb.vrrp.Codec;
import io.octavialb.vrrp.Decoded;
import io.octavialb.vrrp.Event;
import io.octavialb.vrrp.Family;
import io.octavialb.vrrp.IpAddress;
import io.octavialb.vrrp.State;
import io.octavialb.vrrp.StateMachine;
import io.octavialb.vrrp.Turn;
import io.octavialb.vrrp.Version;
import io.octavialb.vrrp.VirtualRouter;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Plays failovers of a virtual router that is nowhere, so that the virtual machine has loaded and compiled the way of a failover
 * before the first real one: cold that takes some 10 ms, as long as an advertisement interval may be.
 */
final class WarmUp {
    /** The launcher has a method compiled from its 800th call on, and Java looks at that every 512 calls. */
    private static final int FAILOVERS = 1_600;

    private static final int ADVERTISEMENTS = 5;
    private static final long INTERVAL = 10_000_000;
    private static final IpAddress OURS = IpAddress.parse("192.0.2.1");
    private static final IpAddress THEIRS = IpAddress.parse("192.0.2.2");
    private static final IpAddress GROUP = IpAddress.parse("224.0.0.18");

    private final VirtualRouter router = new VirtualRouter(
            Version.V3,
            Family.IPV4,
            1,
            100,
            1,
            true,
            0,
            false,
            OURS,
            List.of(IpAddress.parse("192.0.2.3")),
            new Authentication.None(),
            Checksum.PSEUDO_HEADER,
            Announcements.DEFAULT);
    private final ByteBuffer packet = ByteBuffer.allocateDirect(64);
    private State state = StateMachine.initial(router);
    private long now;

    private WarmUp() {}

    /** Takes some 20 ms of a core, and little of it in each moment. */
    static void run() {
        WarmUp play = new WarmUp();
        play.turn(new Event.Started());
        for (int i = 0; i < FAILOVERS; i++) {
            play.failover();
        }
    }

    private void failover() {
        for (int i = 0; i < ADVERTISEMENTS; i++) {
            hear(150);
            now += INTERVAL;
        }
        long end = now + ADVERTISEMENTS * INTERVAL;
        while (state.due() <= end) {
            now = state.due();
            turn();
        }
    }

    private void hear(int priority) {
        Advertisement advertisement = new Advertisement(
                router.version(), router.vrid(), priority, 1, router.addresses(), router.authentication());
        packet.clear();
        Codec.encode(advertisement, router.checksum(), THEIRS, GROUP, packet);
        packet.flip();
        if (Codec.decode(packet, THEIRS, GROUP, Codec.TTL) instanceof Decoded.Accepted(var heard)) {
            turn(new Event.Heard(heard, THEIRS));
        }
    }

    private void turn(Event... events) {
        Turn turn = StateMachine.turn(router, state, List.of(events), now);
        state = turn.state();
    }
}
