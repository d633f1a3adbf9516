package io.octavialb.vrrp.simulation;

import io.octavialb.vrrp.Announcements;
import io.octavialb.vrrp.Authentication;
import io.octavialb.vrrp.Checksum;
import io.octavialb.vrrp.Family;
import io.octavialb.vrrp.IpAddress;
import io.octavialb.vrrp.Version;
import io.octavialb.vrrp.VirtualRouter;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What a seed draws before anything happens: 2 to 7 routers with one interval.
 *
 * @param interval Advertisement_Interval in nanoseconds
 */
record Setting(long interval, boolean preempt, long preemptDelay, List<Host> hosts) {
    private static final long CENTISECOND = 10_000_000;
    private static final List<IpAddress> ADDRESSES = List.of(IpAddress.parse("10.0.0.100"));

    static Setting draw(SplittableRandom random) {
        Version version = random.nextInt(4) == 0 ? Version.V2 : Version.V3;
        int[] choices = version == Version.V2 ? new int[] {100, 200} : new int[] {1, 10, 100};
        int centiseconds = choices[random.nextInt(choices.length)];
        long interval = centiseconds * CENTISECOND;
        boolean preempt = random.nextInt(5) > 0;
        long preemptDelay = random.nextInt(4) == 0 ? interval * (1 + random.nextInt(3)) : 0;
        boolean apart = random.nextInt(3) > 0;
        boolean owner = random.nextInt(10) == 0;
        int count = 2 + random.nextInt(6);
        int common = 1 + random.nextInt(254);
        List<Host> hosts = new ArrayList<>();
        for (int id = 0; id < count; id++) {
            int priority = apart
                    ? 254 - id * 36 + random.nextInt(30) - 29
                    : random.nextBoolean() ? common : 1 + random.nextInt(254);
            hosts.add(new Host(
                    id,
                    new VirtualRouter(
                            version,
                            Family.IPV4,
                            51,
                            id == 0 && owner ? VirtualRouter.OWNER_PRIORITY : priority,
                            centiseconds,
                            preempt,
                            preemptDelay,
                            false,
                            new IpAddress(Family.IPV4, 0, 0x0a000001L + (id * 5) % 8),
                            ADDRESSES,
                            new Authentication.None(),
                            Checksum.PSEUDO_HEADER,
                            new Announcements(5, 5 * interval, 0, 1, interval / 20, 5, 0))));
        }
        return new Setting(interval, preempt, preemptDelay, hosts);
    }

    /** Longest way of a packet; a turn is late by half as much. Shorter than the least skew, of priority 254, by far. */
    long maxDelay() {
        return interval / 500;
    }

    /**
     * In a connected network in which all runs well, exactly one router is active after this: all timers of Active_Down_Interval
     * twice (a silent router replaced, and that one preempted), the preempt delay, and a release to nobody.
     */
    long settles() {
        return 2 * 4 * interval + preemptDelay + interval + 3 * interval / 2 + 20 * CENTISECOND + 2 * CENTISECOND;
    }
}
