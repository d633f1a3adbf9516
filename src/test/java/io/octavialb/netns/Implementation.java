package io.octavialb.netns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Which program is a host's router. Both read the same keepalived.conf. */
enum Implementation {
    KEEPALIVED("keepalived") {
        @Override
        List<String> command(Path config) {
            String files = config.toString();
            return List.of(
                    "keepalived",
                    "--dont-fork",
                    "--log-console",
                    "--log-detail",
                    "--dont-respawn",
                    "--vrrp",
                    "--use-file",
                    files,
                    "--pid",
                    files + ".pid",
                    "--vrrp_pid",
                    files + ".vrrp.pid");
        }
    },
    OURS("ours") {
        @Override
        List<String> command(Path config) {
            return KEEPALIVED_TWICE
                    ? KEEPALIVED.command(config)
                    : List.of(distribution().toString(), "vip-agent", "--config", config.toString());
        }
    };

    /** Checks the rig and the tests: keepalived on both sides passes the tests of interoperation and fails those that it is worse in. */
    private static final boolean KEEPALIVED_TWICE = Boolean.getBoolean("netns.keepalived-twice");

    private static final AtomicInteger COUNT = new AtomicInteger();
    private final String shown;

    Implementation(String shown) {
        this.shown = shown;
    }

    abstract List<String> command(Path config);

    Implementation other() {
        return this == OURS ? KEEPALIVED : OURS;
    }

    /** Our distribution; {@code -Dvip.agent=PROGRAM} is another build than that of {@code ./dev build}. */
    static Path distribution() {
        Path program = Path.of(System.getProperty("vip.agent", "target/octavia-lb/bin/octavia-lb"))
                .toAbsolutePath();
        if (!Files.isExecutable(program)) {
            throw new IllegalStateException("there is no " + program + ": run ./dev build");
        }
        return program;
    }

    Router start(Host host, RouterConfig config) {
        return start(host, config.text(host));
    }

    /** Starts it with a configuration of this text; it ends with the rig. */
    Router start(Host host, String config) {
        return start(host, write(host, config, ".conf"));
    }

    Router start(Host host, Path config) {
        return host.rig().keep(new RouterProcess(host, command(config), config));
    }

    static Path write(Host host, String config, String suffix) {
        try {
            Path file = host.rig().directory().resolve(host.name() + "-" + COUNT.incrementAndGet() + suffix);
            Files.writeString(file, config);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return shown;
    }
}
