package io.octavialb.vrrp;

import java.util.List;

/**
 * The state machine of a virtual router (RFC 9568 §6.4, RFC 3768 §6.4).
 *
 * <p>One turn takes all events that are at hand and then, last, the timers that are due: an advertisement that waited while this
 * process did not run is heard before its absence is believed.
 */
public final class StateMachine {
    private StateMachine() {}

    public static State initial(VirtualRouter router) {
        return new State.Initialize(router.priority());
    }

    /** @param now nanoseconds of a monotonic clock, as {@link State#due} */
    public static Turn turn(VirtualRouter router, State state, List<Event> events, long now) {
        throw new UnsupportedOperationException();
    }
}
