package io.octavialb.netns;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** The system calls that the rig makes itself. */
@SuppressWarnings("restricted")
final class Linux {
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;
    static final int AF_PACKET = 17;
    static final int SOCK_RAW = 3;
    static final int SOCK_CLOEXEC = 0x80000;
    static final int SOL_SOCKET = 1;
    static final int SO_RCVBUF_FORCE = 33;
    static final int SO_RCVTIMEO = 20;
    static final int SO_ATTACH_FILTER = 26;
    static final int SO_TIMESTAMPNS = 35;

    static final int SIGHUP = 1;
    static final int SIGKILL = 9;
    static final int SIGTERM = 15;
    static final int SIGCONT = 18;
    static final int SIGSTOP = 19;

    private static final int CLONE_NEWNET = 0x40000000;
    private static final int O_CLOEXEC = 0x80000;
    private static final int EAGAIN = 11;
    private static final int EINTR = 4;
    private static final int ENETDOWN = 100;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout CAPTURE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CAPTURE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final ThreadLocal<MemorySegment> CAPTURED =
            ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(CAPTURE));

    private static final MethodHandle OPEN = function("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle CLOSE = function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle SETNS = function("setns", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle KILL = function("kill", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle INDEX = function("if_nametoindex", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    private static final MethodHandle SOCKET =
            function("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle BIND =
            function("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle SETSOCKOPT =
            function("setsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle SENDTO = function(
            "sendto", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle RECVMSG =
            function("recvmsg", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));

    private Linux() {}

    @SuppressWarnings("restricted")
    private static MethodHandle function(String name, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name), descriptor, Linker.Option.captureCallState("errno"));
    }

    /** Moves the calling thread, and no other, into the named namespace. */
    static void enterNamespace(String name) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            int fd = checked("open /run/netns/" + name, (int)
                    OPEN.invokeExact(errno(), arena.allocateFrom("/run/netns/" + name), O_CLOEXEC));
            try {
                checked("setns " + name, (int) SETNS.invokeExact(errno(), fd, CLONE_NEWNET));
            } finally {
                close(fd);
            }
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    static int socket(int family, int type, int protocol) throws IOException {
        try {
            return checked("socket", (int) SOCKET.invokeExact(errno(), family, type | SOCK_CLOEXEC, protocol));
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    static void bind(int fd, MemorySegment address) throws IOException {
        try {
            checked("bind", (int) BIND.invokeExact(errno(), fd, address, (int) address.byteSize()));
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    static void setOption(int fd, int level, int option, MemorySegment value) throws IOException {
        try {
            checked("setsockopt " + level + " " + option, (int)
                    SETSOCKOPT.invokeExact(errno(), fd, level, option, value, (int) value.byteSize()));
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    static void setOption(int fd, int level, int option, int value) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            setOption(fd, level, option, arena.allocateFrom(JAVA_INT, value));
        }
    }

    /** Returns whether the kernel took the packet. */
    static boolean send(int fd, MemorySegment packet, long length, MemorySegment address) {
        try {
            return (long) SENDTO.invokeExact(errno(), fd, packet, length, 0, address, (int) address.byteSize()) >= 0;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the length, or -1 when the socket's time limit has passed, or its interface is gone. */
    static int receive(int fd, MemorySegment message) throws IOException {
        try {
            long length = (long) RECVMSG.invokeExact(errno(), fd, message, 0);
            int error = length < 0 ? (int) ERRNO.get(errno(), 0L) : 0;
            if (error != 0 && error != EAGAIN && error != EINTR && error != ENETDOWN) {
                throw new IOException("recvmsg: errno " + error);
            }
            return (int) length;
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    static int interfaceIndex(String name) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            int index = (int) INDEX.invokeExact(errno(), arena.allocateFrom(name));
            if (index == 0) {
                throw new IOException("there is no interface " + name);
            }
            return index;
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    /** Does nothing when the process is gone. */
    static void signal(long pid, int signal) {
        try {
            int _ = (int) KILL.invokeExact(errno(), (int) pid, signal);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    static void close(int fd) {
        try {
            int _ = (int) CLOSE.invokeExact(errno(), fd);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static MemorySegment errno() {
        return CAPTURED.get();
    }

    private static int checked(String call, int result) throws IOException {
        if (result < 0) {
            throw new IOException(call + ": errno " + (int) ERRNO.get(errno(), 0L));
        }
        return result;
    }

    private static IOException failure(Throwable e) {
        return e instanceof IOException io ? io : new IOException(e);
    }
}
