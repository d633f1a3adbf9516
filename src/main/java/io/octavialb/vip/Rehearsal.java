package io.octavialb.vip;

import io.octavialb.net.SystemCallException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * An agent's start, first advertisements and stop on the loopback interface, for a virtual machine that records what a start needs
 * (JEP 483). Without the capabilities, or with loopback down, it gets less far and records less.
 */
public final class Rehearsal {
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(2);
    private static final long LOOK_AGAIN = TimeUnit.MILLISECONDS.toNanos(20);

    private Rehearsal() {}

    /** Once with each format of the configuration. Throws IOException when it can't write a temporary file. */
    public static void run() throws IOException, VipAgent.Refused {
        Path folder = Files.createTempDirectory("octavia-lb");
        for (String name : List.of("rehearsal.yaml", "rehearsal.conf")) {
            Path config = folder.resolve(name);
            try (InputStream text = Rehearsal.class.getResourceAsStream("/vip/" + name)) {
                if (text == null) {
                    throw new IllegalStateException("no resource " + name);
                }
                Files.copy(text, config);
                play(config);
            } finally {
                Files.deleteIfExists(config);
            }
        }
        Files.delete(folder);
    }

    private static void play(Path config) throws IOException, VipAgent.Refused {
        try (VipAgent agent = VipAgent.start(
                config, new VipAgent.Defaults(VipAgent.DEFAULT_LISTEN, Optional.empty()), VipAgent::reloadOnHangup)) {
            long end = System.nanoTime() + LONGEST;
            while (!agent.settled() && System.nanoTime() < end) {
                LockSupport.parkNanos(LOOK_AGAIN);
            }
        } catch (SystemCallException e) {
            throw new IOException("rehearsed the start only, for lack of capabilities: " + e.getMessage(), e);
        }
    }
}
