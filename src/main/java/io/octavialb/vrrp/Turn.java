package io.octavialb.vrrp;

import java.util.List;

/** The outcome of one turn of a state machine: its next state and what is to be done now. */
public record Turn(State state, List<Action> actions) {
    public Turn {
        actions = List.copyOf(actions);
    }
}
