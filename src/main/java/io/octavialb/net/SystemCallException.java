package io.octavialb.net;

import java.io.IOException;

/**
 * A system call that the kernel refused, for example {@code sendto on eth0 to 224.0.0.18: ENETDOWN (Network is down)}.
 */
public final class SystemCallException extends IOException {
    private static final long serialVersionUID = 1;

    private final String call;
    private final int errno;

    /**
     * The text is made of what it was done on and of the kernel's answer.
     *
     * @param call the function, and what of it: {@code setsockopt(SO_BINDTODEVICE)}
     * @param subject what it was done on: interface and address, {@code on eth0 to 224.0.0.18}; or empty
     */
    public SystemCallException(String call, String subject, int errno) {
        this(call, subject, errno, "");
    }

    /**
     * As above, with what the kernel says beyond the number; or empty.
     */
    SystemCallException(String call, String subject, int errno, String remark) {
        super(call + (subject.isEmpty() ? "" : " " + subject) + ": " + Errno.name(errno) + " (" + Libc.strerror(errno)
                + ")" + (remark.isEmpty() ? "" : ": " + remark));
        this.call = call;
        this.errno = errno;
    }

    /** The function, and what of it. */
    public String call() {
        return call;
    }

    /** One of {@link Errno}, or another number of Linux. */
    public int errno() {
        return errno;
    }

    /** The name of the error number, as {@link Errno#name}. */
    public String errorName() {
        return Errno.name(errno);
    }
}
