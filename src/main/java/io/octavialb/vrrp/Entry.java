package io.octavialb.vrrp;

/** How a virtual router enters a role: what it does, and the timers it sets. */
final class Entry {
    private static final Action HOLD = new Action.HoldAddresses();
    private static final Action DROP = new Action.DropAddresses();

    private Entry() {}

    /**
     * Becomes active (RFC 9568 §6.4.1 at the start, §6.4.2 from backup): advertises first, so that other backups stay. When it
     * preempts, the router of lower priority still serves and keeps the others quiet: then the clients are drawn over first, and
     * the advertisement, which makes it drop the addresses, comes last.
     */
    static State active(Moment moment, int priority, Role from, Cause cause) {
        if (cause != Cause.PREEMPTS) {
            moment.advertise(priority);
        }
        moment.add(HOLD);
        AnnouncementSchedule announcements = AnnouncementSchedule.begin(moment.router.announcements(), moment.now)
                .turn(moment);
        if (cause == Cause.PREEMPTS) {
            moment.advertise(priority);
        }
        moment.changed(from, Role.ACTIVE, cause);
        return new State.Active(priority, moment.now + moment.ownInterval(), announcements);
    }

    /** Becomes backup at its start or after a fault; the owner of the addresses becomes active at once (RFC 9568 §6.4.1). */
    static State candidate(Moment moment, int priority, Role from, Cause cause) {
        VirtualRouter router = moment.router;
        long interval = moment.ownInterval();
        if (priority == VirtualRouter.OWNER_PRIORITY && !router.inSyncGroup()) {
            return active(moment, priority, from, Cause.OWNS_THE_ADDRESSES);
        }
        long wait = Timers.activeDown(router.version(), priority, interval);
        boolean owner = priority == VirtualRouter.OWNER_PRIORITY;
        moment.changed(from, Role.BACKUP, cause);
        return new State.Backup(
                priority,
                interval,
                owner ? State.NEVER : moment.now + wait,
                owner ? State.NEVER : moment.now + Timers.watch(interval),
                State.NEVER,
                owner ? Cause.OWNS_THE_ADDRESSES : Cause.ACTIVE_SILENT,
                false,
                false);
    }

    /** Becomes backup since another router is active (RFC 9568 §6.4.3). */
    static State backupOf(Moment moment, int priority, Role from, Cause cause, long activeInterval) {
        moment.changed(from, Role.BACKUP, cause);
        return hearing(moment, priority, activeInterval, State.NEVER);
    }

    /** Backup with Active_Down_Timer set anew: an active router was heard now (RFC 9568 §6.4.2). */
    static State.Backup hearing(Moment moment, int priority, long activeInterval, long preemptFrom) {
        long down = Timers.activeDown(moment.router.version(), priority, activeInterval);
        return new State.Backup(
                priority,
                activeInterval,
                moment.now + down,
                moment.now + Timers.watch(activeInterval),
                preemptFrom,
                Cause.ACTIVE_SILENT,
                true,
                false);
    }

    static State fault(Moment moment, int priority, Faults faults, Role from, Cause cause) {
        moment.changed(from, Role.FAULT, cause);
        return new State.Fault(priority, faults);
    }

    static State initialize(Moment moment, State state) {
        moment.changed(state.role(), Role.INITIALIZE, Cause.STOP_ASKED);
        return new State.Initialize(state.priority(), state.faults());
    }

    static void hold(Moment moment) {
        moment.add(HOLD);
    }

    static void drop(Moment moment) {
        moment.add(DROP);
    }

    /** Active_Adver_Interval after this advertisement: version 3 learns it, version 2 has one for all (RFC 9568 §6.1). */
    static long activeInterval(Moment moment, Advertisement advertisement) {
        return switch (moment.router.version()) {
            case V2 -> moment.ownInterval();
            case V3 -> Timers.interval(advertisement.intervalCentiseconds());
        };
    }
}
