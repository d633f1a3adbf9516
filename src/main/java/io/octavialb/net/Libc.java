package io.octavialb.net;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;

/**
 * The functions of the C library that this package calls. Like system calls in the kernel they return the negated error
 * number where C returns -1 and sets errno, so that nobody has to look at errno in time.
 *
 * <p>All are linked as if they took six 64-bit arguments and returned 64 bits: the calling conventions of x86-64 (System V)
 * and aarch64 pass the first six integers and pointers in registers of 64 bits, of which a function looks at those and the
 * bits it knows. Each further signature would cost about 4 ms at start, for the linker makes code for each.
 */
@SuppressWarnings("restricted")
final class Libc {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option ERRNO_CAPTURED = Linker.Option.captureCallState("errno");
    private static final FunctionDescriptor SIGNATURE =
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final ThreadLocal<CallState> STATE = ThreadLocal.withInitial(CallState::new);

    private static final MethodHandle SOCKET = function("socket");
    private static final MethodHandle BIND = function("bind");
    private static final MethodHandle SETSOCKOPT = function("setsockopt");
    private static final MethodHandle SENDTO = function("sendto");
    private static final MethodHandle RECVMSG = function("recvmsg");
    private static final MethodHandle PPOLL = function("ppoll");
    private static final MethodHandle READ = function("read");
    private static final MethodHandle WRITE = function("write");

    private Libc() {}

    /** Where a thread's calls leave errno. */
    private static final class CallState {
        private final MemorySegment memory = Arena.ofAuto().allocate(Linker.Option.captureStateLayout());
        private final ByteBuffer octets = Octets.of(memory);

        private int errno() {
            return octets.getInt(0);
        }
    }

    static int socket(int family, int type, int protocol) {
        return call(SOCKET, family, type, protocol, 0, 0, 0);
    }

    static int bind(int fd, MemorySegment address) {
        try {
            return call(BIND, fd, address.address(), address.byteSize(), 0, 0, 0);
        } finally {
            Reference.reachabilityFence(address);
        }
    }

    static int setsockopt(int fd, int level, int option, MemorySegment value) {
        try {
            return call(SETSOCKOPT, fd, level, option, value.address(), value.byteSize(), 0);
        } finally {
            Reference.reachabilityFence(value);
        }
    }

    /** Returns octets sent, or the negated error number */
    static int sendto(int fd, MemorySegment octets, int length, MemorySegment address) {
        try {
            return call(SENDTO, fd, octets.address(), length, 0, address.address(), address.byteSize());
        } finally {
            Reference.reachabilityFence(octets);
            Reference.reachabilityFence(address);
        }
    }

    /**
     * Receives a packet.
     *
     * @param message msghdr; what it points to is memory of the same arena
     * @return octets received, or the negated error number
     */
    static int recvmsg(int fd, MemorySegment message) {
        try {
            return call(RECVMSG, fd, message.address(), 0, 0, 0, 0);
        } finally {
            Reference.reachabilityFence(message);
        }
    }

    /** Returns how many descriptors are ready, or the negated error number */
    static int ppoll(MemorySegment descriptors, int count, MemorySegment timeout) {
        try {
            return call(PPOLL, descriptors.address(), count, timeout.address(), 0, 0, 0);
        } finally {
            Reference.reachabilityFence(descriptors);
            Reference.reachabilityFence(timeout);
        }
    }

    /** Returns octets read, or the negated error number */
    static int read(int fd, MemorySegment into) {
        try {
            return call(READ, fd, into.address(), into.byteSize(), 0, 0, 0);
        } finally {
            Reference.reachabilityFence(into);
        }
    }

    /** Returns octets written, or the negated error number */
    static int write(int fd, MemorySegment from) {
        try {
            return call(WRITE, fd, from.address(), from.byteSize(), 0, 0, 0);
        } finally {
            Reference.reachabilityFence(from);
        }
    }

    static int eventfd(int flags) {
        return call(function("eventfd"), 0, flags, 0, 0, 0, 0);
    }

    /** Closes a descriptor; Linux frees it whatever the result, so there is none. */
    static void close(int fd) {
        int _ = call(function("close"), fd, 0, 0, 0, 0, 0);
    }

    /** Sets policy and priority of the calling thread. */
    static int schedSetscheduler(int policy, MemorySegment parameters) {
        try {
            return call(function("sched_setscheduler"), 0, policy, parameters.address(), 0, 0, 0);
        } finally {
            Reference.reachabilityFence(parameters);
        }
    }

    /** The C library's text for an error number, for example {@code No such device}. */
    static String strerror(int number) {
        try {
            long text = (long) function("strerror").invokeExact(STATE.get().memory, (long) number, 0L, 0L, 0L, 0L, 0L);
            return MemorySegment.ofAddress(text).reinterpret(256).getString(0);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Calls a function whose result is an int, or a count of octets that fits into one. */
    private static int call(MethodHandle function, long a, long b, long c, long d, long e, long f) {
        CallState state = STATE.get();
        int result;
        try {
            result = (int) (long) function.invokeExact(state.memory, a, b, c, d, e, f);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
        return result < 0 ? -state.errno() : result;
    }

    private static MethodHandle function(String name) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), SIGNATURE, ERRNO_CAPTURED);
    }

    private static AssertionError unexpected(Throwable thrown) {
        return new AssertionError("a call of the C library does not throw", thrown);
    }
}
