package io.octavialb.vrrp.simulation;

import io.octavialb.vrrp.Event;
import io.octavialb.vrrp.State;
import io.octavialb.vrrp.StateMachine;
import io.octavialb.vrrp.VirtualRouter;
import java.util.ArrayList;
import java.util.List;

/** A node with one virtual router: its process, its kernel, which holds the addresses and queues packets, and its link. */
final class Host {
    final int id;
    final VirtualRouter router;
    final List<Event> queued = new ArrayList<>();
    State state;
    /** Whether its process runs; a killed process leaves the addresses in the kernel. */
    boolean running;

    boolean holds;
    boolean linkDown;
    /** Until when it takes no turns. */
    long pausedUntil;
    /** Whether the pause is the whole host's, so that packets are lost and not queued. */
    boolean hostPaused;

    long lateness;

    Host(int id, VirtualRouter router) {
        this.id = id;
        this.router = router;
        this.state = StateMachine.initial(router);
    }

    boolean active() {
        return running && state instanceof State.Active;
    }

    /** When its next turn is, if nothing arrives. */
    long wakes() {
        if (!running) {
            return State.NEVER;
        }
        if (!queued.isEmpty()) {
            return pausedUntil;
        }
        long due = state.due();
        return due == State.NEVER ? due : Math.max(due + lateness, pausedUntil);
    }

    boolean hears(long now) {
        return running && !linkDown && (!hostPaused || now >= pausedUntil);
    }
}
