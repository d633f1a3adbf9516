package io.octavialb.vrrp;

/** Lengths of the protocol's timers in nanoseconds (RFC 9568 §6.1, RFC 3768 §6.1). */
final class Timers {
    private static final long CENTISECOND = 10_000_000;
    private static final long SECOND = 100 * CENTISECOND;
    private static final long MILLISECOND = CENTISECOND / 10;

    /** After the next active router is heard: until its announcements have reached everybody on the link. */
    static final long HANDOVER = 100 * MILLISECOND;

    private Timers() {}

    static long interval(int centiseconds) {
        return centiseconds * CENTISECOND;
    }

    /** Skew_Time: version 3 a part of the active router's interval, version 2 of a second. */
    static long skew(Version version, int priority, long activeInterval) {
        return switch (version) {
            case V2 -> (256 - priority) * SECOND / 256;
            case V3 -> (256 - priority) * activeInterval / 256;
        };
    }

    /** Active_Down_Interval (RFC 3768: Master_Down_Interval). */
    static long activeDown(Version version, int priority, long activeInterval) {
        return 3 * activeInterval + skew(version, priority, activeInterval);
    }

    /**
     * When a silent backup looks at the clock though nothing is due. An interval and a quarter lets a regular advertisement
     * arrive first, so that this costs nothing while the active router is heard.
     */
    static long watch(long activeInterval) {
        return activeInterval + activeInterval / 4;
    }

    /**
     * How late a backup's turn may be before it counts as a stall. With {@link #watch} it makes 1¾ intervals: in a pause that is
     * not noticed at most one advertisement is lost, and three have to be lost before the active router is taken for dead.
     */
    static long backupTolerance(long activeInterval) {
        return activeInterval / 2;
    }

    /**
     * How late an active router's turn may be before it counts as a stall. After two intervals of silence one lost packet more
     * can make a backup of the highest priority take over.
     */
    static long activeTolerance(long interval) {
        return interval;
    }

    /**
     * How long a backup listens after its own stall before it believes that the active router is silent: within one interval
     * an active router that lives is heard, and the skew keeps several backups that woke together apart.
     */
    static long grace(Version version, int priority, long activeInterval) {
        return activeInterval + skew(version, priority, activeInterval);
    }

    /** How long a router that gives up being active waits for the next one: any skew is less than an interval, with a margin. */
    static long release(long interval) {
        return interval + interval / 2 + 200 * MILLISECOND;
    }
}
