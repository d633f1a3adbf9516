package io.octavialb.net;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * Waits until one of several descriptors can be read, by ppoll. Only one thread uses it; {@link #wake} is for the others.
 */
public final class Poller implements AutoCloseable {
    private static final int ENTRY_OCTETS = 8; // pollfd: int descriptor, short events, short returned events
    private static final int RETURNED = 6;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final Arena arena = Arena.ofAuto();
    private final MemorySegment timeout = arena.allocate(16, Long.BYTES);
    private final ByteBuffer timeoutOctets = Octets.of(timeout);
    private final MemorySegment counter = arena.allocate(Long.BYTES, Long.BYTES);
    private final MemorySegment one = arena.allocate(Long.BYTES, Long.BYTES);
    private final int wakeFd;
    private MemorySegment entries = arena.allocate(16L * ENTRY_OCTETS, Long.BYTES);
    private ByteBuffer entriesOctets = Octets.of(entries);
    private int count;
    private boolean open = true;

    private Poller(int wakeFd) {
        this.wakeFd = wakeFd;
        Octets.of(one).putLong(1);
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
            entriesOctets = Octets.of(entries);
        }
        int at = count++ * ENTRY_OCTETS;
        entriesOctets.putInt(at, fd).putShort(at + 4, Linux.POLLIN).putShort(at + RETURNED, (short) 0);
    }

    /** Forgets a descriptor, before or after it was closed; does nothing when it was not added. */
    public void remove(int fd) {
        int at = indexOf(fd);
        if (at >= 0) {
            count--;
            entriesOctets.putLong(at * ENTRY_OCTETS, entriesOctets.getLong(count * ENTRY_OCTETS));
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
        timeoutOctets.putLong(0, nanos / NANOS_PER_SECOND).putLong(Long.BYTES, nanos % NANOS_PER_SECOND);
        int ready = Libc.ppoll(entries, count, timeout);
        if (ready == -Errno.EINTR) {
            forgetReady();
        } else if (ready < 0) {
            throw new SystemCallException("ppoll", "", -ready);
        } else if (entriesOctets.getShort(RETURNED) != 0) {
            // Setting the counter back to 0 is all that is wanted of the read; its result tells nothing.
            int _ = Libc.read(wakeFd, counter);
        }
    }

    /** Whether the descriptor could be read when {@link #await} returned; also when it has an error or was hung up. */
    public boolean ready(int fd) {
        int at = indexOf(fd);
        return at >= 0 && entriesOctets.getShort(at * ENTRY_OCTETS + RETURNED) != 0;
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
            if (entriesOctets.getInt(at * ENTRY_OCTETS) == fd) {
                return at;
            }
        }
        return -1;
    }

    private void forgetReady() {
        for (int at = 0; at < count; at++) {
            entriesOctets.putShort(at * ENTRY_OCTETS + RETURNED, (short) 0);
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
