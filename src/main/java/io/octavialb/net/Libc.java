package io.octavialb.net;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The functions of the C library that this package calls. Like system calls in the kernel they return the negated error
 * number where C returns -1 and sets errno, so that nobody has to look at errno in time.
 */
@SuppressWarnings("restricted")
final class Libc {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final ThreadLocal<MemorySegment> ERRNO =
            ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(Linker.Option.captureStateLayout()));

    private static final MethodHandle SOCKET = function("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle BIND = function("bind", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SETSOCKOPT =
            function("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SENDTO =
            function("sendto", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle RECVMSG = function("recvmsg", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle PPOLL = function("ppoll", JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS);
    private static final MethodHandle EVENTFD = function("eventfd", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle READ = function("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle WRITE = function("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle CLOSE = function("close", JAVA_INT, JAVA_INT);

    private Libc() {}

    static int socket(int family, int type, int protocol) {
        MemorySegment errno = ERRNO.get();
        try {
            return result((int) SOCKET.invokeExact(errno, family, type, protocol), errno);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int bind(int fd, MemorySegment address) {
        MemorySegment errno = ERRNO.get();
        try {
            return result((int) BIND.invokeExact(errno, fd, address, (int) address.byteSize()), errno);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int setsockopt(int fd, int level, int option, MemorySegment value) {
        MemorySegment errno = ERRNO.get();
        try {
            return result(
                    (int) SETSOCKOPT.invokeExact(errno, fd, level, option, value, (int) value.byteSize()), errno);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** @return octets sent, or the negated error number */
    static int sendto(int fd, MemorySegment octets, long length, MemorySegment address) {
        MemorySegment errno = ERRNO.get();
        try {
            long sent = (long) SENDTO.invokeExact(errno, fd, octets, length, 0, address, (int) address.byteSize());
            return result((int) sent, errno);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** @return octets received, or the negated error number */
    static int recvmsg(int fd, MemorySegment message, int flags) {
        MemorySegment errno = ERRNO.get();
        try {
            return result((int) (long) RECVMSG.invokeExact(errno, fd, message, flags), errno);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** @return how many descriptors are ready, or the negated error number */
    static int ppoll(MemorySegment descriptors, int count, MemorySegment timeout) {
        MemorySegment errno = ERRNO.get();
        try {
            return result(
                    (int) PPOLL.invokeExact(errno, descriptors, (long) count, timeout, MemorySegment.NULL), errno);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int eventfd(int flags) {
        MemorySegment errno = ERRNO.get();
        try {
            return result((int) EVENTFD.invokeExact(errno, 0, flags), errno);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int read(int fd, MemorySegment into) {
        MemorySegment errno = ERRNO.get();
        try {
            return result((int) (long) READ.invokeExact(errno, fd, into, into.byteSize()), errno);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int write(int fd, MemorySegment from) {
        MemorySegment errno = ERRNO.get();
        try {
            return result((int) (long) WRITE.invokeExact(errno, fd, from, from.byteSize()), errno);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Closes a descriptor; Linux frees it whatever the result, so there is none. */
    static void close(int fd) {
        MemorySegment errno = ERRNO.get();
        try {
            int _ = (int) CLOSE.invokeExact(errno, fd);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Sets policy and priority of the calling thread. */
    static int schedSetscheduler(int policy, MemorySegment parameters) {
        MemorySegment errno = ERRNO.get();
        MethodHandle function = function("sched_setscheduler", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS);
        try {
            return result((int) function.invokeExact(errno, 0, policy, parameters), errno);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** The kernel's number of the calling thread. */
    static int gettid() {
        MethodHandle function = function("gettid", JAVA_INT);
        try {
            return (int) function.invokeExact(ERRNO.get());
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** The C library's text for an error number, for example {@code No such device}. */
    static String strerror(int number) {
        MethodHandle function = function("strerror", ADDRESS, JAVA_INT);
        try {
            MemorySegment text = (MemorySegment) function.invokeExact(ERRNO.get(), number);
            return text.reinterpret(256).getString(0);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static int result(int result, MemorySegment errno) {
        return result < 0 ? -errno.get(JAVA_INT, 0) : result;
    }

    private static MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(result, arguments),
                Linker.Option.captureCallState("errno"));
    }

    private static AssertionError unexpected(Throwable thrown) {
        return new AssertionError("a call of the C library does not throw", thrown);
    }
}
