package io.octavialb.net;

/**
 * The C library's functions that this package calls, and the kernel's structures, made ready ahead of their first use: that takes
 * Java some 60 ms of a cold start.
 */
public final class NativeCalls {
    private NativeCalls() {}

    /** Begins, on a thread of its own; what comes too early waits for it. A failure shows where they are used. */
    public static void prepare() {
        Thread.ofPlatform().name("prepare").daemon().start(() -> {
            try (Netlink netlink = Netlink.open()) {
                netlink.links();
            } catch (SystemCallException _) {
                // told to the one that needs it
            }
        });
    }
}
