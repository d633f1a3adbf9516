package io.octavialb.vrrp;

/**
 * Rules of a router that gives up being active (RFC 9568 §6.4.3, Shutdown): it has advertised priority 0. The RFC has it drop the
 * addresses at once, and nobody has them for the successor's Skew_Time; here it keeps them until the successor is heard.
 */
final class ReleasingRules {
    private ReleasingRules() {}

    static State on(Moment moment, State.Releasing state, Event event) {
        return switch (event) {
            case Event.Heard(var advertisement, var _) -> heard(moment, state, advertisement);
            case Event.StopAsked _ -> with(state, state.priority(), state.faults(), true);
            case Event.Started _ -> with(state, state.priority(), state.faults(), false);
            case Event.PriorityChanged(var priority) -> with(state, priority, state.faults(), state.stops());
            case Event.FaultBegan(var fault)
            when fault == Event.Fault.LINK -> {
                State.Releasing broken =
                        with(state, state.priority(), state.faults().withOwn(true), state.stops());
                yield released(moment, broken, Cause.FAULT_BEGAN);
            }
            case Event.FaultBegan _, Event.FaultEnded _, Event.GroupWants _ ->
                with(state, state.priority(), IdleRules.faults(state.faults(), event), state.stops());
            case Event.AddressLost _ -> addressLost(moment, state);
        };
    }

    private static State heard(Moment moment, State.Releasing state, Advertisement advertisement) {
        if (advertisement.priority() == Advertisement.STOPS || state.successorHeard()) {
            return state;
        }
        return new State.Releasing(
                state.priority(),
                state.faults(),
                state.stops(),
                State.NEVER,
                moment.now + Timers.HANDOVER,
                Entry.activeInterval(moment, advertisement));
    }

    private static State addressLost(Moment moment, State.Releasing state) {
        if (!state.successorHeard()) {
            Entry.hold(moment);
            moment.add(new Action.Announce());
            moment.noticed(Action.Notice.ADDRESS_LOST, moment.router.source());
        }
        return state;
    }

    private static State.Releasing with(State.Releasing state, int priority, Faults faults, boolean stops) {
        return new State.Releasing(priority, faults, stops, state.giveUpDue(), state.dropDue(), state.activeInterval());
    }

    static State timers(Moment moment, State.Releasing state) {
        if (state.dropDue() <= moment.now) {
            return released(moment, state, Cause.RELEASED);
        }
        return state.giveUpDue() <= moment.now ? nobodyHeard(moment, state) : state;
    }

    /** When the reason to give up is gone and nobody took over, it just goes on. */
    private static State nobodyHeard(Moment moment, State.Releasing state) {
        boolean goesOn = !state.stops() && !state.faults().any() && !moment.router.inSyncGroup();
        return goesOn
                ? Entry.active(moment, state.priority(), Role.RELEASING, Cause.FAULT_ENDED)
                : released(moment, state, Cause.RELEASED_TO_NOBODY);
    }

    private static State released(Moment moment, State.Releasing state, Cause cause) {
        Entry.drop(moment);
        if (state.stops()) {
            moment.changed(Role.RELEASING, Role.INITIALIZE, cause);
            return new State.Initialize(state.priority(), state.faults());
        }
        if (state.faults().any()) {
            return Entry.fault(moment, state.priority(), state.faults(), Role.RELEASING, cause);
        }
        return Entry.backupOf(moment, state.priority(), Role.RELEASING, cause, state.activeInterval());
    }
}
