package io.octavialb.netns;

import static io.octavialb.netns.Implementation.OURS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What our agent does with a configuration it can't use, and that it does not need to be root. */
@Tag("netns")
@Execution(ExecutionMode.CONCURRENT)
class ConfigurationTest {
    private static final String WRONG = """
            vrrp_instance one {
                interface eth0
                virtual_router_id 300
                priority 100
                virtual_ipaddress {
                    10.77.0.100
                }
            }
            vrrp_instance two {
                interface eth0
                version 2
                advert_int 0.1
                virtual_router_id 52
                priority 100
                virtual_ipaddress {
                    10.77.0.101
                }
            }
            vrrp_instance three {
                interface eth0
                virtual_router_id 53
                priority 100
                unicast_peer {
                }
                virtual_ipaddress {
                    10.77.0.102
                }
            }
            """;

    @Test
    void aWrongConfigurationIsRefusedWithAllThatIsWrong() {
        try (var rig = Rig.pair()) {
            Router router = OURS.start(rig.host(0), WRONG);
            assertThat(router.waitForEnd()).isNotZero();
            String file = router.config().toString();
            assertThat(router.log()).contains(file + ":3", file + ":12", "300", "unicast_peer");
            assertThat(rig.host(0).holds(RouterConfig.VIP)).isFalse();
        }
    }

    @Test
    void anAddressOfTheNodeIsRefused() {
        try (var rig = Rig.pair()) {
            Router router = OURS.start(rig.host(0), RouterConfig.v3(100).withAddresses("10.77.0.1"));
            assertThat(router.waitForEnd()).isNotZero();
            assertThat(router.log()).contains("10.77.0.1");
            assertThat(rig.host(0).holds("10.77.0.1")).isTrue();
        }
    }

    @Test
    void aWrongReloadLeavesTheLastGoodOneAtWork() throws IOException {
        try (var pair = new Pair(OURS, OURS, RouterConfig.v3(1000))) {
            pair.settleOnA();
            pair.wireB().forget();
            long from = WallClock.now();
            Files.writeString(pair.routerA().config(), WRONG);
            pair.routerA().signal(Linux.SIGHUP);
            Await.until(
                    "the agent says what is wrong",
                    pair.patience(),
                    pair::details,
                    () -> pair.routerA().log().contains("300"));
            pair.awaitAnswers(pair.a(), 500);
            assertThat(pair.routerA().isRunning()).isTrue();
            assertThat(pair.probe().completeSince(from).lost()).isZero();
            assertThat(pair.wireB().sent()).isEmpty();
        }
    }

    @Test
    void twoCapabilitiesAreEnough() {
        try (var rig = Rig.pair()) {
            Host host = rig.host(0);
            Router router = startWith(host, "+net_admin,+net_raw");
            Await.until("it has the address", Duration.ofSeconds(20), router::log, () -> host.holds(RouterConfig.VIP));
            router.signal(Linux.SIGTERM);
            router.waitForEnd();
            assertThat(host.holds(RouterConfig.VIP)).isFalse();
        }
    }

    @Test
    void withoutNetAdminItDoesNotBecomeActiveWithoutAddresses() {
        try (var rig = Rig.pair()) {
            Router router = startWith(rig.host(0), "+net_raw");
            assertThat(router.waitForEnd()).isEqualTo(1);
            assertThat(router.log()).contains("lacks the capabilities NET_ADMIN");
        }
    }

    /** As another user than root. */
    private static Router startWith(Host host, String capabilities) {
        Path config = Implementation.write(host, RouterConfig.v3(100).text(host), ".conf");
        var words = new ArrayList<>(List.of("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"));
        for (String set : List.of("--inh-caps", "--ambient-caps", "--bounding-set")) {
            words.addAll(List.of(set, "-all," + capabilities));
        }
        Path program = readable(Implementation.distribution(), host.rig().directory());
        words.addAll(List.of(program.toString(), "vip-agent", "--config", config.toString()));
        return host.rig().keep(new RouterProcess(host, words, config));
    }

    /** What is below a home directory other users can't read: copies the distribution. */
    private static Path readable(Path program, Path directory) {
        Path copy = directory.resolve("octavia-lb");
        Command.run("cp", "-rp", program.resolveSibling("..").normalize().toString(), copy.toString());
        Command.run("chmod", "-R", "a+rX", directory.toString());
        return copy.resolve("bin").resolve(program.getFileName());
    }
}
