package io.octavialb.vrrp.simulation;

import io.octavialb.vrrp.Event;
import io.octavialb.vrrp.State;
import io.octavialb.vrrp.Turn;
import io.octavialb.vrrp.VirtualRouter;
import java.util.List;

/** A state machine: the real one, or one with a planted bug. */
interface Engine {
    Turn turn(VirtualRouter router, State state, List<Event> events, long now);
}
