package io.octavialb.net;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Capabilities of Linux (capabilities(7)) that decide what this program can do. */
public enum Capability {
    /** To signal processes of other users: the groups of scripts that run as another user. */
    KILL(5),
    /** To run scripts as another user, with {@link #SETUID}. */
    SETGID(6),
    SETUID(7),
    /** To change addresses and to bind sockets to an interface; needed. */
    NET_ADMIN(12),
    /** Raw and packet sockets; needed. */
    NET_RAW(13),
    /** SCHED_FIFO. */
    SYS_NICE(23);

    private final int bit;

    Capability(int bit) {
        this.bit = bit;
    }

    /** Those that are effective in this process. Throws when /proc is not there. */
    public static Set<Capability> effective() throws IOException {
        return parse(Files.readAllLines(Path.of("/proc/self/status")));
    }

    static Set<Capability> parse(List<String> status) throws IOException {
        String key = "CapEff:";
        long bits = Long.parseUnsignedLong(
                status.stream()
                        .filter(line -> line.startsWith(key))
                        .findFirst()
                        .orElseThrow(() -> new IOException("/proc/self/status has no line " + key))
                        .substring(key.length())
                        .strip(),
                16);
        EnumSet<Capability> effective = EnumSet.allOf(Capability.class);
        effective.removeIf(capability -> ((bits >>> capability.bit) & 1) == 0);
        return effective;
    }
}
