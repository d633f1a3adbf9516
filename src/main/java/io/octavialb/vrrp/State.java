package io.octavialb.vrrp;

/**
 * Where a virtual router stands. Times are absolute, in nanoseconds of the monotonic clock, and {@link #NEVER} when nothing is due.
 */
public sealed interface State {
    /** Nothing is due. */
    long NEVER = Long.MAX_VALUE;

    Role role();

    /** Priority it has now, as tracking makes it. */
    int priority();

    /** When its next turn is due though nothing happens. */
    long due();

    /** What keeps it, or is about to bring it, out of the protocol. */
    default Faults faults() {
        return Faults.NONE;
    }

    /** Before its start, and after its stop. */
    record Initialize(int priority, Faults faults) implements State {
        @Override
        public Role role() {
            return Role.INITIALIZE;
        }

        @Override
        public long due() {
            return NEVER;
        }
    }

    /** Something is broken (keepalived's FAULT; the RFC has no such state). */
    record Fault(int priority, Faults faults) implements State {
        @Override
        public Role role() {
            return Role.FAULT;
        }

        @Override
        public long due() {
            return NEVER;
        }
    }

    /**
     * Hears another router, or waits for one (RFC 9568 §6.4.2).
     *
     * @param activeInterval Active_Adver_Interval in nanoseconds
     * @param downDue when Active_Down_Timer fires; never when it has, and the sync group is waited for
     * @param watchDue when it looks at the clock, to notice that it did not run
     * @param preemptFrom when its preempt delay ends; never when that does not run
     * @param next why it becomes active when Active_Down_Timer fires
     * @param activeHeard whether it accepted an advertisement since it became backup, or became backup by one
     * @param graceGiven whether a stall has put off Active_Down_Timer since the last advertisement
     */
    record Backup(
            int priority,
            long activeInterval,
            long downDue,
            long watchDue,
            long preemptFrom,
            Cause next,
            boolean activeHeard,
            boolean graceGiven)
            implements State {
        @Override
        public Role role() {
            return Role.BACKUP;
        }

        @Override
        public long due() {
            return Math.min(downDue, watchDue);
        }

        /** Whether it would be active but for its sync group. */
        public boolean waitsForGroup() {
            return downDue == NEVER;
        }
    }

    /**
     * Has the addresses (RFC 9568 §6.4.3).
     *
     * @param advertDue when Adver_Timer fires
     */
    record Active(int priority, long advertDue, AnnouncementSchedule announcements) implements State {
        @Override
        public Role role() {
            return Role.ACTIVE;
        }

        @Override
        public long due() {
            return Math.min(advertDue, announcements.due());
        }
    }

    /**
     * Has said that it stops being active, and keeps the addresses until another router has them.
     *
     * @param faults when there are any it goes to fault, else to backup, unless it stops
     * @param stops whether it goes to its initial state
     * @param giveUpDue when it drops the addresses though nobody was heard; never as soon as somebody was
     * @param dropDue when it drops them since another router was heard; never as long as none was
     * @param activeInterval interval of the router that was heard, in nanoseconds
     */
    record Releasing(int priority, Faults faults, boolean stops, long giveUpDue, long dropDue, long activeInterval)
            implements State {
        @Override
        public Role role() {
            return Role.RELEASING;
        }

        @Override
        public long due() {
            return Math.min(giveUpDue, dropDue);
        }

        boolean successorHeard() {
            return dropDue != NEVER;
        }
    }
}
