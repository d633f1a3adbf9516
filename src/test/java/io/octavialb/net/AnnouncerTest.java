package io.octavialb.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.octavialb.vrrp.IpAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("netns")
class AnnouncerTest {
    private static final String STALE = "02:00:00:00:00:99";
    private static final String ANNOUNCED = "02:00:00:aa:bb:cc";

    private Ends ends;

    @BeforeEach
    void lay() {
        ends = Ends.create("ann");
        ends.left.ip("link", "set", "eth0", "address", ANNOUNCED);
    }

    @AfterEach
    void take() {
        ends.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.9.0.100", "fd09::100", "fe80::100"})
    void theNeighbourLearnsTheNewHardwareAddress(String address) throws Exception {
        ends.right.ip("neigh", "replace", address, "lladdr", STALE, "dev", "eth0", "nud", "reachable");
        assertThat(neighbour(address)).contains(STALE);
        announce(address);
        await().atMost(5, TimeUnit.SECONDS).until(() -> neighbour(address).contains(ANNOUNCED));
    }

    @Test
    void aNeighbourThatAcceptsUnknownOnesLearnsFromNothing() throws Exception {
        ends.right.call(() -> Files.writeString(Path.of("/proc/sys/net/ipv4/conf/eth0/arp_accept"), "1"));
        assertThat(neighbour("10.9.0.100")).isEmpty();
        announce("10.9.0.100");
        await().atMost(5, TimeUnit.SECONDS).until(() -> neighbour("10.9.0.100").contains(ANNOUNCED));
    }

    @Test
    void framesAreAsTcpdumpReadsThem() throws Exception {
        Process capture = ends.right.start(
                "tcpdump",
                "-nn",
                "-e",
                "-v",
                "-l",
                "--immediate-mode",
                "-i",
                "eth0",
                "-c",
                "4",
                "arp or icmp6[0] == 136");
        try (var lines = capture.inputReader()) {
            String line = lines.readLine();
            while (line != null && !line.contains("listening on")) {
                line = lines.readLine();
            }
            announce("10.9.0.100");
            announce("fd09::100");
            announce("fe80::100");
            String seen = String.join("\n", lines.lines().toList());
            assertThat(seen)
                    .contains("02:00:00:aa:bb:cc > ff:ff:ff:ff:ff:ff, ethertype ARP (0x0806)")
                    .contains("Request who-has 10.9.0.100 tell 10.9.0.100")
                    .contains("Reply 10.9.0.100 is-at 02:00:00:aa:bb:cc")
                    .contains("02:00:00:aa:bb:cc > 33:33:00:00:00:01, ethertype IPv6 (0x86dd)")
                    .contains("hlim 255")
                    .contains("fd09::100 > ff02::1: [icmp6 sum ok] ICMP6, neighbor advertisement")
                    .contains("fe80::100 > ff02::1: [icmp6 sum ok] ICMP6, neighbor advertisement")
                    .contains("tgt is fd09::100, Flags [override]")
                    .contains("destination link-address option (2), length 8 (1): 02:00:00:aa:bb:cc");
        } finally {
            capture.destroy();
        }
    }

    @Test
    void nothingIsAnnouncedOnLoopback() throws Exception {
        Link loopback = Ends.link(ends.left, "lo");
        try (Announcer announcer = ends.left.call(() -> Announcer.open(loopback, false))) {
            announcer.announce(IpAddress.parse("10.9.0.100"));
        }
    }

    @Test
    void aLinkThatIsDownOrGoneIsAnError() throws Exception {
        Link link = Ends.link(ends.left);
        IpAddress address = IpAddress.parse("10.9.0.100");
        try (Announcer announcer = ends.left.call(() -> Announcer.open(link, false))) {
            ends.left.ip("link", "set", "eth0", "down");
            assertThatThrownBy(() -> announcer.announce(address))
                    .isInstanceOf(SystemCallException.class)
                    .hasMessage("sendto on eth0 for 10.9.0.100: ENETDOWN (Network is down)");
            ends.left.ip("link", "del", "eth0");
            assertThatThrownBy(() -> announcer.announce(address))
                    .isInstanceOf(SystemCallException.class)
                    .hasMessage("sendto on eth0 for 10.9.0.100: ENXIO (No such device or address)");
        }
    }

    private void announce(String address) throws Exception {
        Link link = Ends.link(ends.left);
        try (Announcer announcer = ends.left.call(() -> Announcer.open(link, false))) {
            announcer.announce(IpAddress.parse(address));
        }
    }

    private String neighbour(String address) {
        return ends.right.ip("neigh", "show", "to", address, "dev", "eth0");
    }
}
