package io.octavialb.netns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two load balancers before a Kubernetes control plane, by the file that keepalived's users have, unmodified: the addresses are
 * where haproxy runs and both interfaces are up. One node has keepalived, the other ours.
 */
@Tag("netns")
@Execution(ExecutionMode.CONCURRENT)
class ControlPlaneTest {
    private static final String INGRESS = "10.77.1.100";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PREEMPT_DELAY = Duration.ofSeconds(30);

    @ParameterizedTest(name = "{0} on the first node")
    @EnumSource
    void theAddressesAreWhereHaproxyRuns(Implementation first) {
        try (var rig = new Rig(2, 2)) {
            RouterProcess haproxy = startHaproxy(rig.host(0));
            startHaproxy(rig.host(1));
            Router router = first.start(rig.host(0), resource("lb1.conf"));
            awaitBoth(rig, 0, PATIENCE, router);
            Router other = first.other().start(rig.host(1), resource("lb2.conf"));

            haproxy.close();
            awaitBoth(rig, 1, PATIENCE, router, other);
            long returned = System.nanoTime();
            startHaproxy(rig.host(0));
            awaitBoth(rig, 0, PREEMPT_DELAY.plus(PATIENCE), router, other);
            assertThat(Duration.ofNanos(System.nanoTime() - returned))
                    .as("time until it returned")
                    .isGreaterThan(PREEMPT_DELAY);

            rig.host(0).namespace().ip("link set eth1 down");
            awaitBoth(rig, 1, PATIENCE, router, other);
        }
    }

    /** On Debian pidof is a symbolic link that says what the program is to do; keepalived resolves it, and the script never succeeds. */
    @Test
    void pidofNeedsNoShell() {
        try (var rig = Rig.pair()) {
            Host host = rig.host(0);
            RouterProcess haproxy = startHaproxy(host);
            String config = "vrrp_script haproxy {\n    script \"/usr/bin/pidof haproxy\"\n    interval 1\n}\n"
                    + RouterConfig.v3(100)
                            .with("track_script {\n        haproxy\n    }")
                            .text(host);
            Router router = Implementation.OURS.start(host, config);
            Await.until("it has the address", PATIENCE, router::log, () -> host.holds(RouterConfig.VIP));
            haproxy.close();
            Await.until("it has it no more", PATIENCE, router::log, () -> !host.holds(RouterConfig.VIP));
        }
    }

    /** Each node sees only its own haproxy. */
    private static RouterProcess startHaproxy(Host host) {
        host.separateProcesses();
        Path config = Implementation.write(host, resource("haproxy.cfg"), ".cfg");
        return host.rig().keep(new RouterProcess(host, List.of("haproxy", "-db", "-f", config.toString()), config));
    }

    private static void awaitBoth(Rig rig, int index, Duration within, Router... routers) {
        Host active = rig.host(index);
        Host backup = rig.host(1 - index);
        Await.until(
                active.name() + " alone has both addresses",
                within,
                () -> Stream.of(routers).map(Router::log).collect(Collectors.joining("--\n")),
                () -> active.holds(RouterConfig.VIP)
                        && active.holds(INGRESS)
                        && !backup.holds(RouterConfig.VIP)
                        && !backup.holds(INGRESS));
    }

    private static String resource(String name) {
        try (InputStream stream = ControlPlaneTest.class.getResourceAsStream("/vrrp/control-plane/" + name)) {
            if (stream == null) {
                throw new IllegalStateException("no resource " + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
