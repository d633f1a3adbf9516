package io.octavialb.vrrp;

/** Where a virtual router stands. */
public sealed interface State {
    /** Nothing is due. */
    long NEVER = Long.MAX_VALUE;

    Role role();

    /** Priority it has now, as tracking makes it. */
    int priority();

    /** When its next turn is due though nothing happens, in nanoseconds of the monotonic clock; {@link #NEVER} if not. */
    long due();

    /** Before its start, and after its stop. */
    record Initialize(int priority) implements State {
        @Override
        public Role role() {
            return Role.INITIALIZE;
        }

        @Override
        public long due() {
            return NEVER;
        }
    }
}
