package io.octavialb.net;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Waits until one of several descriptors can be read, by ppoll. Only one thread uses it; {@link #wake} is for the others.
 */
public final class Poller implements AutoCloseable {
    private static final int ENTRY_OCTETS = 8; // pollfd: int descriptor, short events, short returned events
    private static final int RETURNED = 6;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final Arena arena = Arena.ofAuto();
    private final MemorySegment timeout = arena.allocate(16, Long.BYTES);
    private final MemorySegment counter = arena.allocate(Long.BYTES, Long.BYTES);
    private final MemorySegment one = arena.allocate(Long.BYTES, Long.BYTES);
    private final int wakeFd;
    private MemorySegment entries = arena.allocate(16L * ENTRY_OCTETS, Long.BYTES);
    private int count;
    private boolean open = true;

    private Poller(int wakeFd) {
        this.wakeFd = wakeFd;
        one.set(JAVA_LONG, 0, 1);
        add(wakeFd);
    }

    public static Poller open() throws SystemCallException {
        int fd = Libc.eventfd(Linux.EFD_CLOEXEC | Linux.EFD_NONBLOCK);
        if (fd < 0) {
            throw new SystemCallException("eventfd", "", -fd);
        }
        return new Poller(fd);
    }

    public void add(int fd) {
        if ((count + 1L) * ENTRY_OCTETS > entries.byteSize()) {
            entries = arena.allocate(2 * entries.byteSize(), Long.BYTES).copyFrom(entries);
        }
        long at = (long) count++ * ENTRY_OCTETS;
        entries.set(JAVA_INT, at, fd);
        entries.set(JAVA_SHORT, at + 4, Linux.POLLIN);
        entries.set(JAVA_SHORT, at + RETURNED, (short) 0);
    }

    /** Forgets a descriptor, before or after it was closed; does nothing when it was not added. */
    public void remove(int fd) {
        int at = indexOf(fd);
        if (at >= 0) {
            count--;
            entries.set(JAVA_LONG, (long) at * ENTRY_OCTETS, entries.get(JAVA_LONG, (long) count * ENTRY_OCTETS));
        }
    }

    /**
     * Waits until a descriptor is ready, {@link #wake} was called or the time is over. A signal ends it early, with nothing
     * ready.
     *
     * @param timeoutNanos not positive: looks without waiting
     */
    public void await(long timeoutNanos) throws SystemCallException {
        long nanos = Math.max(0, timeoutNanos);
        timeout.set(JAVA_LONG, 0, nanos / NANOS_PER_SECOND);
        timeout.set(JAVA_LONG, Long.BYTES, nanos % NANOS_PER_SECOND);
        int ready = Libc.ppoll(entries, count, timeout);
        if (ready == -Errno.EINTR) {
            forgetReady();
        } else if (ready < 0) {
            throw new SystemCallException("ppoll", "", -ready);
        } else if (entries.get(JAVA_SHORT, RETURNED) != 0) {
            // Setting the counter back to 0 is all that is wanted of the read; its result tells nothing.
            int _ = Libc.read(wakeFd, counter);
        }
    }

    /** Whether the descriptor could be read when {@link #await} returned; also when it has an error or was hung up. */
    public boolean ready(int fd) {
        int at = indexOf(fd);
        return at >= 0 && entries.get(JAVA_SHORT, (long) at * ENTRY_OCTETS + RETURNED) != 0;
    }

    /** Ends the present {@link #await}, or the next one. From any thread. */
    public synchronized void wake() {
        if (open) {
            // A full counter (EAGAIN) wakes as well.
            int _ = Libc.write(wakeFd, one);
        }
    }

    private int indexOf(int fd) {
        for (int at = 0; at < count; at++) {
            if (entries.get(JAVA_INT, (long) at * ENTRY_OCTETS) == fd) {
                return at;
            }
        }
        return -1;
    }

    private void forgetReady() {
        for (int at = 0; at < count; at++) {
            entries.set(JAVA_SHORT, (long) at * ENTRY_OCTETS + RETURNED, (short) 0);
        }
    }

    @Override
    public synchronized void close() {
        if (open) {
            open = false;
            Libc.close(wakeFd);
        }
    }
}
