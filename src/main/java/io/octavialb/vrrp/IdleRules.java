package io.octavialb.vrrp;

/** Rules of a virtual router that takes no part: not started (RFC 9568 §6.4.1), or in fault. */
final class IdleRules {
    private IdleRules() {}

    /** Not started. Its start drops the addresses first: an earlier run may have left them. */
    static State on(Moment moment, State.Initialize state, Event event) {
        return switch (event) {
            case Event.Started _ -> start(moment, state);
            case Event.PriorityChanged(var priority) -> new State.Initialize(priority, state.faults());
            case Event.FaultBegan _, Event.FaultEnded _, Event.GroupWants _ ->
                new State.Initialize(state.priority(), faults(state.faults(), event));
            case Event.StopAsked _, Event.Heard _, Event.AddressLost _ -> state;
        };
    }

    private static State start(Moment moment, State.Initialize state) {
        if (state.faults().any()) {
            Entry.drop(moment);
            Cause cause = state.faults().own() ? Cause.FAULT_BEGAN : Cause.SYNC_GROUP;
            return Entry.fault(moment, state.priority(), state.faults(), Role.INITIALIZE, cause);
        }
        if (state.priority() != VirtualRouter.OWNER_PRIORITY) {
            Entry.drop(moment);
        }
        return Entry.candidate(moment, state.priority(), Role.INITIALIZE, Cause.STARTED);
    }

    static State on(Moment moment, State.Fault state, Event event) {
        return switch (event) {
            case Event.StopAsked _ -> Entry.initialize(moment, state);
            case Event.PriorityChanged(var priority) -> new State.Fault(priority, state.faults());
            case Event.FaultBegan _, Event.FaultEnded _, Event.GroupWants _ -> {
                Faults faults = faults(state.faults(), event);
                Cause cause = event instanceof Event.GroupWants ? Cause.SYNC_GROUP : Cause.FAULT_ENDED;
                yield faults.any()
                        ? new State.Fault(state.priority(), faults)
                        : Entry.candidate(moment, state.priority(), Role.FAULT, cause);
            }
            case Event.Started _, Event.Heard _, Event.AddressLost _ -> state;
        };
    }

    /** The faults after an event; any other event leaves them. */
    static Faults faults(Faults faults, Event event) {
        return switch (event) {
            case Event.FaultBegan _ -> faults.withOwn(true);
            case Event.FaultEnded _ -> faults.withOwn(false);
            case Event.GroupWants(var role) when role != Role.ACTIVE -> faults.withGroup(role == Role.FAULT);
            case Event.Started _,
                    Event.StopAsked _,
                    Event.Heard _,
                    Event.PriorityChanged _,
                    Event.AddressLost _,
                    Event.GroupWants _ -> faults;
        };
    }
}
