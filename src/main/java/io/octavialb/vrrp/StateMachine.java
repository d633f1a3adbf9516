package io.octavialb.vrrp;

import java.util.List;

/**
 * The state machine of a virtual router (RFC 9568 §6.4, RFC 3768 §6.4).
 *
 * <p>One turn takes all events that are at hand and then, last, the timers that are due: an advertisement that waited while this
 * process did not run is heard before its absence is believed.
 *
 * <p>A turn that is later than its due time by more than {@link Timers} allows is a stall of this process or its whole node. An
 * active router then advertises and announces again, since another may have taken over; a backup listens a short while, since
 * what it did not hear may have been sent.
 */
public final class StateMachine {
    private StateMachine() {}

    public static State initial(VirtualRouter router) {
        return new State.Initialize(router.priority(), Faults.NONE);
    }

    /**
     * Takes one turn.
     *
     * @param now nanoseconds of a monotonic clock, as {@link State#due}
     */
    public static Turn turn(VirtualRouter router, State state, List<Event> events, long now) {
        Moment moment = new Moment(router, now);
        State next = state;
        for (int i = 0; i < events.size(); i++) {
            next = on(moment, next, events.get(i));
        }
        return moment.end(timers(moment, state, next));
    }

    private static State on(Moment moment, State state, Event event) {
        return switch (state) {
            case State.Initialize initialize -> IdleRules.on(moment, initialize, event);
            case State.Fault fault -> IdleRules.on(moment, fault, event);
            case State.Backup backup -> BackupRules.on(moment, backup, event);
            case State.Active active -> ActiveRules.on(moment, active, event);
            case State.Releasing releasing -> ReleasingRules.on(moment, releasing, event);
        };
    }

    private static State timers(Moment moment, State before, State state) {
        return switch (state) {
            case State.Initialize _, State.Fault _ -> state;
            case State.Backup backup ->
                BackupRules.timers(moment, before instanceof State.Backup was ? was : backup, backup);
            case State.Active active ->
                ActiveRules.timers(moment, before instanceof State.Active was ? was : active, active);
            case State.Releasing releasing -> ReleasingRules.timers(moment, releasing);
        };
    }
}
