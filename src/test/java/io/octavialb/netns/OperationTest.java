package io.octavialb.netns;

import static io.octavialb.netns.Implementation.OURS;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our agent on nodes whose interfaces, addresses and programs come late, change and break, and what it tells an operator. */
@Tag("netns")
@Execution(ExecutionMode.CONCURRENT)
class OperationTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static void awaitHolder(Host host, String address, Router router) {
        Await.until(host.name() + " has " + address, PATIENCE, router::log, () -> host.holds(address));
    }

    @Test
    void anInterfaceThatComesUpAfterTheStart() {
        try (var rig = Rig.pair()) {
            Host host = rig.host(0);
            host.namespace().ip("link set eth0 down");
            Router router = OURS.start(host, RouterConfig.v3(100));
            Await.until(
                    "it says what is wrong",
                    PATIENCE,
                    router::log,
                    () -> router.log().contains("eth0 is down"));
            assertThat(host.holds(RouterConfig.VIP)).isFalse();
            host.namespace().ip("link set eth0 up");
            awaitHolder(host, RouterConfig.VIP, router);
        }
    }

    @Test
    void aCheckThatFailsAtTheStartAndThenSucceeds() throws IOException {
        try (var rig = Rig.pair()) {
            Host host = rig.host(0);
            Path works = rig.directory().resolve("works");
            String check = """
                    vrrp_script works {
                        script "/usr/bin/test -e %s"
                        interval 1
                        rise 1
                        fall 1
                    }
                    """.formatted(works);
            RouterConfig config = RouterConfig.v3(100).with("track_script {\n        works\n    }");
            Router router = OURS.start(host, check + config.text(host));
            Await.until(
                    "the check fails", PATIENCE, router::log, () -> router.log().contains("check works fails"));
            assertThat(host.holds(RouterConfig.VIP)).isFalse();
            Files.createFile(works);
            awaitHolder(host, RouterConfig.VIP, router);
        }
    }

    @Test
    void ourOwnFormatAndWhatTheAgentServes() {
        try (var rig = Rig.pair()) {
            Host host = rig.host(0);
            Path config = Implementation.write(host, """
                    instances:
                      web:
                        interface: eth0
                        vrid: 51
                        interval: 100ms
                        addresses: [%s]
                    """.formatted(RouterConfig.VIP), ".yaml");
            Router router = OURS.start(host, config);
            awaitHolder(host, RouterConfig.VIP, router);
            Await.until(
                    "it is healthy",
                    PATIENCE,
                    router::log,
                    () -> get(host, "/healthz").startsWith("HTTP/1.1 200"));
            assertThat(get(host, "/metrics"))
                    .contains(
                            "octavia_lb_vip_role{instance=\"web\",role=\"active\"} 1",
                            "octavia_lb_vip_advertisements_sent_total{instance=\"web\"}");
            assertThat(host.namespace().run(Implementation.distribution().toString(), "vip-agent", "status"))
                    .contains("web", "eth0", "active", RouterConfig.VIP);
        }
    }

    /** keepalived needs a script for this. */
    @ParameterizedTest
    @ValueSource(strings = {"tcp: 127.0.0.1:8080", "http: http://127.0.0.1:8080/healthz"})
    void aBuiltInCheckThatFailsMovesTheAddress(String probe) {
        try (var rig = Rig.pair()) {
            Host host = rig.host(0);
            HttpServer server = host.namespace().within(OperationTest::serve);
            rig.keep(() -> server.stop(0));
            Path config = Implementation.write(host, """
                    checks:
                      works: {%s, interval: 200ms, timeout: 5s, rise: 1, fall: 1}
                    instances:
                      web:
                        interface: eth0
                        vrid: 51
                        priority: 150
                        interval: 100ms
                        track: {checks: [works]}
                        addresses: [%s]
                    """.formatted(probe, RouterConfig.VIP), ".yaml");
            Router routerA = OURS.start(host, config);
            awaitHolder(host, RouterConfig.VIP, routerA);
            Router routerB = OURS.start(rig.host(1), RouterConfig.v3(100).withPriority(100));
            server.stop(0);
            awaitHolder(rig.host(1), RouterConfig.VIP, routerB);
            Await.until("a gave it up", PATIENCE, routerA::log, () -> !host.holds(RouterConfig.VIP));
            assertThat(routerA.log()).contains("check works fails", "from=active to=releasing");
        }
    }

    private static HttpServer serve() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 8080), 0);
        server.createContext("/healthz", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static String get(Host host, String path) {
        return host.namespace().within(() -> {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9112));
                socket.getOutputStream()
                        .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            } catch (ConnectException _) {
                return ""; // it does not listen yet
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Routers between the two count the TTL down; so does this filter. */
    @Test
    void aPeerBehindARouterIsHeard() {
        try (var pair = new Pair(OURS, OURS, RouterConfig.v3(1000).withUnicast())) {
            pair.settleOnA();
            Command.run(pair.a().namespace().command(List.of("nft", "-f", "-")), """
                    table ip routed {
                        chain out {
                            type filter hook postrouting priority 0;
                            ip protocol 112 ip ttl set 250
                        }
                    }
                    """);
            pair.wireB().forget();
            for (int heard = 0; heard < 6; heard++) {
                pair.wireB().nextHeard(pair.patience());
            }
            assertThat(pair.wireB().sent()).as("what b sends").isEmpty();
            assertThat(pair.b().holds(RouterConfig.VIP)).isFalse();
        }
    }

    @Test
    void anotherHardwareAddressIsAnnounced() {
        try (var pair = new Pair(OURS, OURS, RouterConfig.v3(1000))) {
            pair.settleOnA();
            pair.wireB().forget();
            pair.a().namespace().ip("link set dev eth0 address 02:77:00:00:00:01");
            pair.a().interfaceReplaced();
            Await.until(
                    "the client knows",
                    Duration.ofSeconds(5),
                    pair::details,
                    () -> pair.probe().since(0).settledOn(pair.a(), Pair.ANSWERS));
            assertThat(pair.wireB().sent()).isEmpty();
        }
    }

    /** An active router that can't have its addresses leaves them to one that can, until the cause is repaired. */
    @Test
    void addressesThatTheKernelRefusesMoveTheRole() {
        try (var rig = new Rig(2, 2)) {
            Host a = rig.host(0);
            RouterConfig config = RouterConfig.v6(100).withAddresses("fe80::100", RouterConfig.VIP6 + " dev eth1");
            a.namespace().run("sysctl", "-q", "-w", "net.ipv6.conf.eth1.disable_ipv6=1");
            Router routerA = OURS.start(a, config.withPriority(150));
            Router routerB = OURS.start(rig.host(1), config.withPriority(100));
            Await.until(
                    "a gives up", PATIENCE, routerA::log, () -> routerA.log().contains("to=fault"));
            awaitHolder(rig.host(1), RouterConfig.VIP6, routerB);
            assertThat(a.holds("fe80::100")).isFalse();
            a.namespace().run("sysctl", "-q", "-w", "net.ipv6.conf.eth1.disable_ipv6=0");
            routerA.signal(Linux.SIGHUP);
            awaitHolder(a, RouterConfig.VIP6, routerA);
        }
    }

    @Test
    void aGroupThatIsDissolvedMovesNothing() throws IOException {
        try (var rig = new Rig(1, 2)) {
            Host host = rig.host(0);
            RouterConfig config = RouterConfig.v3(1000);
            String group = "vrrp_sync_group both {\n    group {\n        vip\n        second\n    }\n}\n";
            String instances = config.instance(host, "vip", "eth0")
                    + config.withAddresses("10.77.1.100").instance(host, "second", "eth1");
            Router router = OURS.start(host, RouterConfig.global(host) + group + instances);
            awaitHolder(host, "10.77.1.100", router);
            Files.writeString(router.config(), RouterConfig.global(host) + instances);
            router.signal(Linux.SIGHUP);
            Await.until("it reloads", PATIENCE, router::log, () -> router.log().contains("is in force"));
            assertThat(get(host, "/metrics")).doesNotContain("to=\"releasing\"");
            assertThat(host.holds("10.77.1.100")).isTrue();
        }
    }
}
