package io.octavialb.vip;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.octavialb.vip.config.CheckSettings.Probe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One run of a check of each kind, with success and failure. */
class ProbingTest {
    @TempDir
    private Path folder;

    private final Probing probing = new Probing(new Programs(Optional.empty()));

    private Probing.Result probe(Probe probe) throws InterruptedException {
        return probing.probe(Settings.check("c", probe));
    }

    @Test
    void aScriptSucceedsWithStatusZero() throws InterruptedException {
        assertThat(probe(new Probe.Script(Settings.command("true"))).success()).isTrue();
        assertThat(probe(new Probe.Script(Settings.command("sh", "-c", "exit 7"))))
                .isEqualTo(new Probing.Result(false, "exit status 7"));
        assertThat(probe(new Probe.Script(Settings.command("/no/such/program"))).text())
                .contains("/no/such/program");
    }

    @Test
    void aScriptThatDoesNotEndIsKilledWithWhatItStarted() throws Exception {
        Path pid = folder.resolve("pid");
        assertThat(probe(new Probe.Script(Settings.command("sh", "-c", "sleep 1000 & echo $! > " + pid + "; wait"))))
                .isEqualTo(new Probing.Result(false, "no end within 500 ms"));
        long child = Long.parseLong(Files.readString(pid).strip());
        ProcessHandle.of(child).ifPresent(process -> process.onExit().join());
        assertThat(ProcessHandle.of(child).map(ProcessHandle::isAlive).orElse(false))
                .isFalse();
    }

    @Test
    void aConnectionIsAcceptedOrNot() throws Exception {
        int port;
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();
            assertThat(probe(new Probe.Tcp("127.0.0.1", port)).success()).isTrue();
        }
        assertThat(probe(new Probe.Tcp("127.0.0.1", port)).text()).contains("refused");
    }

    @Test
    void aRequestIsJudgedByItsStatusAndNotRedirected() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().set("Location", "/");
            answer(exchange, 302);
        });
        server.createContext("/", exchange -> answer(exchange, 204));
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort();
            assertThat(probe(new Probe.Http(url + "/", 200, 299))).isEqualTo(new Probing.Result(true, "status 204"));
            assertThat(probe(new Probe.Http(url + "/moved", 200, 299)))
                    .isEqualTo(new Probing.Result(false, "status 302"));
        } finally {
            server.stop(0);
        }
        assertThat(probe(new Probe.Http(
                                "http://127.0.0.1:" + server.getAddress().getPort(), 200, 299))
                        .text())
                .contains("refused");
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, -1);
        }
    }

    @Test
    void aServerThatSaysNothingFailsTheCheckInTime() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            assertThat(probe(new Probe.Http("http://127.0.0.1:" + silent.getLocalPort(), 200, 299))
                            .success())
                    .isFalse();
        }
    }
}
