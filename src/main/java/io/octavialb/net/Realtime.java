package io.octavialb.net;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** Scheduling of the thread that keeps the protocol's time. */
public final class Realtime {
    private Realtime() {}

    /**
     * Makes the calling thread SCHED_FIFO: it runs before every ordinary thread of the machine. What it starts, threads and
     * processes, does not inherit that (SCHED_RESET_ON_FORK). Needs CAP_SYS_NICE, or RLIMIT_RTPRIO.
     *
     * @param priority 1 to 99
     * @return why it is not; empty when it is
     */
    public static Optional<SystemCallException> enter(int priority) {
        MemorySegment parameters = Arena.ofAuto().allocate(Integer.BYTES, Integer.BYTES);
        Octets.of(parameters).putInt(priority);
        int result = Libc.schedSetscheduler(Linux.SCHED_FIFO | Linux.SCHED_RESET_ON_FORK, parameters);
        return result < 0
                ? Optional.of(
                        new SystemCallException("sched_setscheduler(SCHED_FIFO)", "to priority " + priority, -result))
                : Optional.empty();
    }
}
