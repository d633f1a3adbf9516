package io.octavialb.vrrp;

/** Rules of an active router (RFC 9568 §6.4.3, RFC 3768 §6.4.3). */
final class ActiveRules {
    private ActiveRules() {}

    static State on(Moment moment, State.Active state, Event event) {
        return switch (event) {
            case Event.Heard(var advertisement, var source) -> heard(moment, state, advertisement, source);
            case Event.PriorityChanged(var priority) -> advertiseNow(moment, priority, state.announcements());
            case Event.StopAsked _ -> release(moment, state, Faults.NONE, true, Cause.STOP_ASKED);
            case Event.FaultBegan(var fault) -> faultBegan(moment, state, fault);
            case Event.AddressLost _ -> addressLost(moment, state);
            case Event.GroupWants(var role) -> groupWants(moment, state, role);
            case Event.Started _, Event.FaultEnded _ -> state;
        };
    }

    /**
     * RFC 9568 §6.4.3: a higher priority, or the same from a greater address, is the active router; any other is answered at
     * once. Giving way, it advertises a last time, which the RFC does not ask for: in a network that was cut the other one may not
     * have heard it yet, would not know that clients send to this node, and would not announce to them again.
     */
    private static State heard(Moment moment, State.Active state, Advertisement advertisement, IpAddress source) {
        boolean higher = advertisement.priority() > state.priority();
        boolean greater = advertisement.priority() == state.priority() && source.compareTo(moment.router.source()) > 0;
        if (higher || greater) {
            moment.advertise(state.priority());
            Entry.drop(moment);
            Cause cause = higher ? Cause.HIGHER_PRIORITY_HEARD : Cause.GREATER_ADDRESS_HEARD;
            long interval = Entry.activeInterval(moment, advertisement);
            return Entry.backupOf(moment, state.priority(), Role.ACTIVE, cause, interval);
        }
        return contested(moment, state, source);
    }

    /**
     * Another router is, or was, active: its announcements may have drawn the clients away, so ours are repeated. The RFC
     * only has the advertisement, for learning bridges.
     */
    private static State contested(Moment moment, State.Active state, IpAddress source) {
        if (!state.announcements().rowUnderWay()) {
            moment.noticed(Action.Notice.CONTESTED, source);
        }
        return advertiseNow(moment, state.priority(), announceAgain(moment, state.announcements()));
    }

    private static AnnouncementSchedule announceAgain(Moment moment, AnnouncementSchedule announcements) {
        Announcements settings = moment.router.announcements();
        return announcements.row(settings.contestedRepeat(), moment.now + settings.contestedDelayNanos());
    }

    private static State advertiseNow(Moment moment, int priority, AnnouncementSchedule announcements) {
        return new State.Active(priority, moment.now, announcements);
    }

    private static State addressLost(Moment moment, State.Active state) {
        Entry.hold(moment);
        moment.add(new Action.Announce());
        moment.noticed(Action.Notice.ADDRESS_LOST, moment.router.source());
        return state;
    }

    private static State faultBegan(Moment moment, State.Active state, Event.Fault fault) {
        Faults faults = new Faults(true, false);
        return switch (fault) {
            case CHECK -> release(moment, state, faults, false, Cause.FAULT_BEGAN);
            case LINK -> {
                Entry.drop(moment);
                yield Entry.fault(moment, state.priority(), faults, Role.ACTIVE, Cause.FAULT_BEGAN);
            }
        };
    }

    private static State groupWants(Moment moment, State.Active state, Role role) {
        return switch (role) {
            case BACKUP -> release(moment, state, Faults.NONE, false, Cause.SYNC_GROUP);
            case FAULT -> release(moment, state, new Faults(false, true), false, Cause.SYNC_GROUP);
            case ACTIVE, INITIALIZE, RELEASING -> state;
        };
    }

    /** RFC 9568 §6.4.3, Shutdown: priority 0. The addresses stay until another router has them, which the RFC does not ask for. */
    private static State release(Moment moment, State.Active state, Faults faults, boolean stops, Cause cause) {
        moment.advertise(Advertisement.STOPS);
        moment.changed(Role.ACTIVE, Role.RELEASING, cause);
        long interval = moment.ownInterval();
        return new State.Releasing(
                state.priority(), faults, stops, moment.now + Timers.release(interval), State.NEVER, interval);
    }

    static State timers(Moment moment, State.Active before, State.Active state) {
        long late = moment.now - before.advertDue();
        boolean stalled = late > Timers.activeTolerance(moment.ownInterval());
        if (!stalled && state.due() > moment.now) {
            return state;
        }
        AnnouncementSchedule announcements = state.announcements();
        if (stalled) {
            moment.noticed(Action.Notice.STALLED, moment.router.source());
            announcements = announceAgain(moment, announcements);
        }
        long advertDue = state.advertDue();
        if (advertDue <= moment.now) {
            moment.advertise(state.priority());
            advertDue = next(moment, advertDue);
        }
        if (announcements.due() <= moment.now) {
            announcements = announcements.turn(moment);
        }
        return new State.Active(state.priority(), advertDue, announcements);
    }

    /** Adver_Timer counts from when it was due, so that small delays do not add up. */
    private static long next(Moment moment, long advertDue) {
        long interval = moment.ownInterval();
        return advertDue + interval > moment.now ? advertDue + interval : moment.now + interval;
    }
}
