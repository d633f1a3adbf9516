package io.octavialb.net;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/** A non-blocking socket, and what errors on it say it was for. */
final class KernelSocket implements AutoCloseable {
    private final int fd;
    private final String subject;
    private boolean open = true;

    private KernelSocket(int fd, String subject) {
        this.fd = fd;
        this.subject = subject;
    }

    /**
     * Opens it, in the network namespace of the calling thread.
     *
     * @param subject as in {@link SystemCallException}
     */
    static KernelSocket open(int family, int type, int protocol, String subject) throws SystemCallException {
        int fd = Libc.socket(family, type | Linux.SOCK_CLOEXEC | Linux.SOCK_NONBLOCK, protocol);
        if (fd < 0) {
            throw new SystemCallException("socket", subject, -fd);
        }
        return new KernelSocket(fd, subject);
    }

    int fd() {
        return fd;
    }

    /**
     * Sets an option that is an int.
     *
     * @param name of the option, for the error
     */
    void set(int level, int option, String name, int value) throws SystemCallException {
        set(level, option, name, segment(Integer.BYTES, value));
    }

    void set(int level, int option, String name, MemorySegment value) throws SystemCallException {
        check("setsockopt(" + name + ")", Libc.setsockopt(fd, level, option, value));
    }

    /** Sends and receives on one interface only. */
    void bindToDevice(String interfaceName) throws SystemCallException {
        byte[] name = interfaceName.getBytes(StandardCharsets.US_ASCII);
        MemorySegment value = Arena.ofAuto().allocate(name.length + 1L);
        Octets.of(value).put(name);
        set(Linux.SOL_SOCKET, Linux.SO_BINDTODEVICE, "SO_BINDTODEVICE", value);
    }

    /** A larger queue of received packets; beyond net.core.rmem_max where CAP_NET_ADMIN allows it. */
    void receiveBuffer(int octets) throws SystemCallException {
        MemorySegment value = segment(Integer.BYTES, octets);
        if (Libc.setsockopt(fd, Linux.SOL_SOCKET, Linux.SO_RCVBUFFORCE, value) < 0) {
            set(Linux.SOL_SOCKET, Linux.SO_RCVBUF, "SO_RCVBUF", value);
        }
    }

    void bind(MemorySegment address) throws SystemCallException {
        check("bind", Libc.bind(fd, address));
    }

    private void check(String call, int result) throws SystemCallException {
        if (result < 0) {
            close();
            throw new SystemCallException(call, subject, -result);
        }
    }

    /** Memory of this length whose first four octets are an int in the machine's order. */
    private static MemorySegment segment(int octets, int first) {
        MemorySegment value = Arena.ofAuto().allocate(octets, Long.BYTES);
        Octets.of(value).putInt(first);
        return value;
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            Libc.close(fd);
        }
    }
}
