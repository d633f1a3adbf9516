package io.octavialb.netns;

import java.nio.file.Path;

/** A VRRP implementation that runs on a host. Closing it kills it. */
interface Router extends AutoCloseable {
    /** Sends a signal to all its processes. */
    void signal(int signal);

    boolean isRunning();

    /** Waits for the end of its process and returns the exit status. */
    int waitForEnd();

    /** All it has written so far. */
    String log();

    /** Main memory its protocol process uses (VmRSS), in kB. */
    long residentKilobytes();

    Path config();

    @Override
    void close();
}
