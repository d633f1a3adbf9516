package io.octavialb.vrrp.simulation;

import io.octavialb.vrrp.Action;
import io.octavialb.vrrp.Announcements;
import io.octavialb.vrrp.Event;
import io.octavialb.vrrp.IpAddress;
import io.octavialb.vrrp.Role;
import io.octavialb.vrrp.State;
import io.octavialb.vrrp.StateMachine;
import io.octavialb.vrrp.Turn;
import io.octavialb.vrrp.Version;
import io.octavialb.vrrp.VirtualRouter;
import java.util.ArrayList;
import java.util.List;

/** Bugs that the simulation has to find: each makes another state machine of the real one from outside. */
enum Plant implements Engine {
    /** All backups' timers fire together. */
    NO_SKEW {
        @Override
        public Turn turn(VirtualRouter router, State state, List<Event> events, long now) {
            Turn turn = StateMachine.turn(router, state, events, now);
            if (!(turn.state() instanceof State.Backup backup)
                    || backup.downDue() == State.NEVER
                    || same(state, backup)) {
                return turn;
            }
            long unit = router.version() == Version.V2 ? 1_000_000_000 : backup.activeInterval();
            long skew = (256 - backup.priority()) * unit / 256;
            return new Turn(with(backup, backup.downDue() - skew, backup.graceGiven()), turn.actions());
        }

        private boolean same(State before, State.Backup backup) {
            return before instanceof State.Backup was && was.downDue() == backup.downDue();
        }
    },
    /** Of two active routers of the same priority both stay. */
    NO_TIE_BREAK {
        @Override
        public Turn turn(VirtualRouter router, State state, List<Event> events, long now) {
            List<Event> altered = new ArrayList<>();
            for (Event event : events) {
                boolean tie = event instanceof Event.Heard heard
                        && heard.advertisement().priority() == state.priority();
                altered.add(tie ? new Event.Heard(((Event.Heard) event).advertisement(), LEAST) : event);
            }
            return StateMachine.turn(router, state, altered, now);
        }
    },
    /** A router of higher priority lets one of lower priority be. */
    NO_PREEMPT {
        @Override
        public Turn turn(VirtualRouter router, State state, List<Event> events, long now) {
            return StateMachine.turn(altered(router, false, router.announcements()), state, events, now);
        }
    },
    /** An expired timer is believed before the packets that wait are read, and whatever the clock says. */
    NO_DRAIN_BEFORE_EXPIRY {
        @Override
        public Turn turn(VirtualRouter router, State state, List<Event> events, long now) {
            State hasty = state instanceof State.Backup backup ? with(backup, backup.downDue(), true) : state;
            Turn first = StateMachine.turn(router, hasty, List.of(), now);
            return after(first, StateMachine.turn(router, first.state(), events, now));
        }
    },
    /** A backup that did not run itself takes the active router for silent. */
    NO_GRACE_AFTER_STALL {
        @Override
        public Turn turn(VirtualRouter router, State state, List<Event> events, long now) {
            State hasty = state instanceof State.Backup backup ? with(backup, backup.downDue(), true) : state;
            return StateMachine.turn(router, hasty, events, now);
        }
    },
    /** Clients that another router drew away are not drawn back. */
    NO_ANNOUNCEMENT_WHEN_CONTESTED {
        @Override
        public Turn turn(VirtualRouter router, State state, List<Event> events, long now) {
            Announcements all = router.announcements();
            var fewer = new Announcements(
                    all.repeat(), all.delayNanos(), all.refreshNanos(), all.refreshRepeat(), all.spacingNanos(), 0, 0);
            return StateMachine.turn(altered(router, router.preempt(), fewer), state, events, now);
        }
    },
    /** A router that stops drops the addresses as it says so. */
    DROPS_BEFORE_SUCCESSOR {
        @Override
        public Turn turn(VirtualRouter router, State state, List<Event> events, long now) {
            Turn turn = StateMachine.turn(router, state, events, now);
            List<Action> actions = new ArrayList<>(turn.actions());
            if (actions.stream().anyMatch(a -> a instanceof Action.Changed changed && changed.to() == Role.RELEASING)) {
                actions.add(new Action.DropAddresses());
            }
            return new Turn(turn.state(), actions);
        }
    },
    /** A router that becomes backup keeps the addresses. */
    KEEPS_ADDRESSES {
        @Override
        public Turn turn(VirtualRouter router, State state, List<Event> events, long now) {
            Turn turn = StateMachine.turn(router, state, events, now);
            List<Action> actions = new ArrayList<>(turn.actions());
            actions.removeIf(Action.DropAddresses.class::isInstance);
            return new Turn(turn.state(), actions);
        }
    };

    private static final IpAddress LEAST = IpAddress.parse("0.0.0.1");

    private static State.Backup with(State.Backup backup, long downDue, boolean graceGiven) {
        return new State.Backup(
                backup.priority(),
                backup.activeInterval(),
                downDue,
                backup.watchDue(),
                backup.preemptFrom(),
                backup.next(),
                backup.activeHeard(),
                graceGiven);
    }

    private static Turn after(Turn first, Turn second) {
        List<Action> actions = new ArrayList<>(first.actions());
        actions.addAll(second.actions());
        return new Turn(second.state(), actions);
    }

    private static VirtualRouter altered(VirtualRouter router, boolean preempt, Announcements announcements) {
        return new VirtualRouter(
                router.version(),
                router.family(),
                router.vrid(),
                router.priority(),
                router.intervalCentiseconds(),
                preempt,
                router.preemptDelayNanos(),
                router.inSyncGroup(),
                router.source(),
                router.addresses(),
                router.authentication(),
                router.checksum(),
                announcements);
    }
}
