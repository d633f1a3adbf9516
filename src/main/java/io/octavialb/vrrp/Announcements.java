package io.octavialb.vrrp;

/**
 * When an active router announces its addresses on the link, by gratuitous ARP or unsolicited neighbour advertisements, beside
 * the moment it becomes active. Names in keepalived's configuration: {@code garp_master_*} and {@code garp_lower_prio_*}.
 *
 * @param repeat announcements in a row, at least 1
 * @param delayNanos after which the row is repeated once; 0 is not at all
 * @param refreshNanos period of further announcements while active; 0 is none
 * @param refreshRepeat announcements at each refresh
 * @param spacingNanos between two announcements of a row
 * @param contestedRepeat announcements after an advertisement of a lower priority was heard: somebody else was active
 * @param contestedDelayNanos before the first of them
 */
public record Announcements(
        int repeat,
        long delayNanos,
        long refreshNanos,
        int refreshRepeat,
        long spacingNanos,
        int contestedRepeat,
        long contestedDelayNanos) {
    private static final long MILLISECOND = 1_000_000;

    /** Five in a row, again after 5 s; five after a contest, 50 ms apart, which covers a peer that is late in giving up. */
    public static final Announcements DEFAULT = new Announcements(5, 5_000 * MILLISECOND, 0, 1, 50 * MILLISECOND, 5, 0);
}
