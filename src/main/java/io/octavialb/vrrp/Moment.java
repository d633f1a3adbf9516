package io.octavialb.vrrp;

import java.util.ArrayList;
import java.util.List;

/** One turn while it is taken: of which virtual router, at what time, and what is to be done. Allocates only what it has to. */
final class Moment {
    private static final List<List<Action>> ADVERTISEMENTS = advertisements();

    final VirtualRouter router;
    final long now;
    private List<Action> actions = List.of();

    Moment(VirtualRouter router, long now) {
        this.router = router;
        this.now = now;
    }

    void advertise(int priority) {
        List<Action> advertisement = ADVERTISEMENTS.get(priority);
        if (actions.isEmpty()) {
            actions = advertisement;
        } else {
            add(advertisement.getFirst());
        }
    }

    void add(Action action) {
        if (!(actions instanceof ArrayList)) {
            actions = new ArrayList<>(actions);
        }
        actions.add(action);
    }

    void changed(Role from, Role to, Cause cause) {
        add(new Action.Changed(from, to, cause));
    }

    void noticed(Action.Notice notice, IpAddress source) {
        add(new Action.Noticed(notice, source));
    }

    Turn end(State state) {
        return new Turn(state, actions);
    }

    long ownInterval() {
        return Timers.interval(router.intervalCentiseconds());
    }

    private static List<List<Action>> advertisements() {
        List<List<Action>> all = new ArrayList<>();
        for (int priority = 0; priority <= VirtualRouter.OWNER_PRIORITY; priority++) {
            all.add(List.of(new Action.Advertise(priority)));
        }
        return List.copyOf(all);
    }
}
