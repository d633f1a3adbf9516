package io.octavialb.vrrp;

/** Rules of a backup (RFC 9568 §6.4.2, RFC 3768 §6.4.2). */
final class BackupRules {
    private BackupRules() {}

    static State on(Moment moment, State.Backup state, Event event) {
        return switch (event) {
            case Event.Heard(var advertisement, var _) -> heard(moment, state, advertisement);
            case Event.PriorityChanged(var priority) -> priorityChanged(moment, state, priority);
            case Event.StopAsked _ -> Entry.initialize(moment, state);
            case Event.FaultBegan _ ->
                Entry.fault(moment, state.priority(), new Faults(true, false), Role.BACKUP, Cause.FAULT_BEGAN);
            case Event.GroupWants(var role) -> groupWants(moment, state, role);
            case Event.Started _, Event.FaultEnded _, Event.AddressLost _ -> state;
        };
    }

    /**
     * RFC 9568 §6.4.2: priority 0 sets the timer to Skew_Time; an active router of at least this priority, or any without
     * preemption, sets it to Active_Down_Interval; one of lower priority is discarded, so that the timer fires.
     */
    private static State heard(Moment moment, State.Backup state, Advertisement advertisement) {
        if (advertisement.priority() == Advertisement.STOPS) {
            return state.waitsForGroup() ? state : stopped(moment, state);
        }
        boolean lower = advertisement.priority() < state.priority();
        long preemptFrom = lower ? preemptFrom(moment, state) : State.NEVER;
        if (!lower || !moment.router.preempt() || moment.now < preemptFrom) {
            long interval = Entry.activeInterval(moment, advertisement);
            return Entry.hearing(moment, state.priority(), interval, preemptFrom);
        }
        return preempting(moment, state, preemptFrom);
    }

    /** keepalived's preempt_delay: it runs from the first advertisement of a lower priority on. */
    private static long preemptFrom(Moment moment, State.Backup state) {
        long delay = moment.router.preemptDelayNanos();
        return state.preemptFrom() == State.NEVER ? moment.now + delay : state.preemptFrom();
    }

    private static State stopped(Moment moment, State.Backup state) {
        long interval = state.activeInterval();
        long skew = Timers.skew(moment.router.version(), state.priority(), interval);
        return new State.Backup(
                state.priority(),
                interval,
                moment.now + skew,
                moment.now + Timers.watch(interval),
                State.NEVER,
                Cause.ACTIVE_STOPPED,
                state.activeHeard(),
                state.graceGiven());
    }

    private static State preempting(Moment moment, State.Backup state, long preemptFrom) {
        boolean waits = state.waitsForGroup();
        return new State.Backup(
                state.priority(),
                state.activeInterval(),
                state.downDue(),
                waits ? State.NEVER : moment.now + Timers.watch(state.activeInterval()),
                preemptFrom,
                waits ? state.next() : Cause.PREEMPTS,
                state.activeHeard(),
                state.graceGiven());
    }

    /** The RFC's priority is fixed. Only the skew depends on it: setting the timer anew each time could put it off for ever. */
    private static State priorityChanged(Moment moment, State.Backup state, int priority) {
        Version version = moment.router.version();
        long interval = state.activeInterval();
        long shift = Timers.skew(version, priority, interval) - Timers.skew(version, state.priority(), interval);
        return new State.Backup(
                priority,
                interval,
                state.waitsForGroup() ? State.NEVER : state.downDue() + shift,
                state.watchDue(),
                state.preemptFrom(),
                state.next(),
                state.activeHeard(),
                state.graceGiven());
    }

    private static State groupWants(Moment moment, State.Backup state, Role role) {
        return switch (role) {
            case ACTIVE -> {
                Cause cause = state.waitsForGroup() ? state.next() : Cause.SYNC_GROUP;
                yield Entry.active(moment, state.priority(), Role.BACKUP, cause);
            }
            case FAULT -> Entry.fault(moment, state.priority(), new Faults(false, true), Role.BACKUP, Cause.SYNC_GROUP);
            case BACKUP, INITIALIZE, RELEASING -> state;
        };
    }

    static State timers(Moment moment, State.Backup before, State.Backup state) {
        if (state.waitsForGroup() && !moment.router.inSyncGroup()) {
            return Entry.active(moment, state.priority(), Role.BACKUP, state.next()); // its group is no more
        }
        State.Backup watched = watch(moment, before, state);
        if (watched.downDue() > moment.now) {
            return watched;
        }
        if (!moment.router.inSyncGroup()) {
            return Entry.active(moment, watched.priority(), Role.BACKUP, watched.next());
        }
        return new State.Backup(
                watched.priority(),
                watched.activeInterval(),
                State.NEVER,
                State.NEVER,
                watched.preemptFrom(),
                watched.next(),
                watched.activeHeard(),
                watched.graceGiven());
    }

    /** After a stall in which nothing was heard, Active_Down_Timer is put off once; see {@link Timers#grace}. */
    private static State.Backup watch(Moment moment, State.Backup before, State.Backup state) {
        long interval = state.activeInterval();
        boolean stalled = moment.now - before.due() > Timers.backupTolerance(before.activeInterval());
        if (stalled) {
            moment.noticed(Action.Notice.STALLED, moment.router.source());
        }
        if (state.watchDue() > moment.now && state.downDue() > moment.now) {
            return state;
        }
        boolean grace = stalled && !state.graceGiven();
        long atLeast = grace ? moment.now + Timers.grace(moment.router.version(), state.priority(), interval) : 0;
        return new State.Backup(
                state.priority(),
                interval,
                Math.max(state.downDue(), atLeast),
                moment.now + Timers.watch(interval),
                state.preemptFrom(),
                state.next(),
                state.activeHeard(),
                state.graceGiven() || grace);
    }
}
