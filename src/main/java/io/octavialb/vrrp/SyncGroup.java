package io.octavialb.vrrp;

import java.util.List;
import java.util.Optional;

/**
 * What a sync group wants of its members, as keepalived's vrrp_sync_group: all are active, backup or in fault together.
 *
 * <p>It follows from the members' states alone, without memory: asked again after its wishes came true, it wants nothing more.
 * A member becomes active only when all others are or would be; otherwise a member whose network is cut would become active,
 * pull the others with it, lose them to the active router that they hear, and begin again.
 */
public final class SyncGroup {
    private SyncGroup() {}

    /**
     * The role that member is wanted in, for {@link Event.GroupWants}, when it is not there; asked for each member after each turn
     * of any of them, until nothing is wanted.
     */
    public static Optional<Role> wants(List<State> members, int member) {
        State state = members.get(member);
        boolean otherFaulty = false;
        boolean allTake = true;
        boolean othersActiveHeard = false;
        for (int i = 0; i < members.size(); i++) {
            State other = members.get(i);
            otherFaulty |= i != member && other.faults().own();
            allTake &= takes(other);
            othersActiveHeard |=
                    other instanceof State.Backup backup && backup.activeHeard() && !backup.waitsForGroup();
        }
        if (otherFaulty != state.faults().group()) {
            return Optional.of(otherFaulty ? Role.FAULT : Role.BACKUP);
        }
        if (allTake && state instanceof State.Backup) {
            return Optional.of(Role.ACTIVE);
        }
        return othersActiveHeard && state instanceof State.Active ? Optional.of(Role.BACKUP) : Optional.empty();
    }

    /** Whether a member is active, or would be but for the others. */
    private static boolean takes(State state) {
        return switch (state) {
            case State.Active _ -> true;
            case State.Backup backup -> backup.waitsForGroup();
            case State.Initialize _, State.Fault _, State.Releasing _ -> false;
        };
    }
}
