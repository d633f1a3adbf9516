package io.octavialb.vrrp;

/**
 * When an active router announces its addresses next (RFC 9568 §6.4.2 announces once; {@link Announcements} says why more).
 *
 * @param rowDue next announcement of the row under way
 * @param left announcements of the row that are still to come
 * @param againDue when the row after becoming active is repeated
 * @param refreshDue next periodic row
 */
public record AnnouncementSchedule(long rowDue, int left, long againDue, long refreshDue) {
    /** The schedule of a router that becomes active now; its first announcement is due. */
    static AnnouncementSchedule begin(Announcements settings, long now) {
        return new AnnouncementSchedule(
                now,
                settings.repeat(),
                settings.delayNanos() > 0 ? now + settings.delayNanos() : State.NEVER,
                settings.refreshNanos() > 0 ? now + settings.refreshNanos() : State.NEVER);
    }

    long due() {
        return Math.min(left > 0 ? rowDue : State.NEVER, Math.min(againDue, refreshDue));
    }

    boolean rowUnderWay() {
        return left > 0;
    }

    /** A row of that many from then on. One under way keeps its pace and only gets longer, so a flood of causes is no flood. */
    AnnouncementSchedule row(int count, long from) {
        return rowUnderWay()
                ? new AnnouncementSchedule(rowDue, Math.max(left, count), againDue, refreshDue)
                : new AnnouncementSchedule(from, count, againDue, refreshDue);
    }

    /** Does the announcements that are due. */
    AnnouncementSchedule turn(Moment moment) {
        Announcements settings = moment.router.announcements();
        long now = moment.now;
        AnnouncementSchedule next = this;
        if (next.againDue <= now) {
            next = new AnnouncementSchedule(rowDue, left, State.NEVER, refreshDue).row(settings.repeat(), now);
        }
        if (next.refreshDue <= now) {
            next = new AnnouncementSchedule(next.rowDue, next.left, next.againDue, now + settings.refreshNanos())
                    .row(settings.refreshRepeat(), now);
        }
        while (next.left > 0 && next.rowDue <= now) {
            moment.add(ANNOUNCE);
            long following = settings.spacingNanos() > 0 ? now + settings.spacingNanos() : next.rowDue;
            next = new AnnouncementSchedule(following, next.left - 1, next.againDue, next.refreshDue);
        }
        return next;
    }

    private static final Action ANNOUNCE = new Action.Announce();
}
