package io.octavialb.vip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.octavialb.vip.config.CheckSettings.Probe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One run of a check of each kind, with success and failure. */
class ProbingTest {
    @TempDir
    private Path folder;

    private final Probing probing = new Probing(new Programs(Optional.empty()));

    /** With more time than any machine needs. */
    private Probing.Result probe(Probe probe) throws InterruptedException {
        return probing.probe(Settings.check("c", probe));
    }

    /** A check that has to fail by its time, and says so long before the whole test is given up. */
    private static Probing.Result late(Probing probing, Probe probe) {
        return assertTimeoutPreemptively(
                Duration.ofMinutes(1), () -> probing.probe(Settings.check("c", probe, Duration.ofMillis(500))));
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
        String script = "sleep 1000 & echo $! > %1$s.new; mv %1$s.new %1$s; wait".formatted(pid);
        Probe hangs = new Probe.Script(Settings.command("sh", "-c", script));
        Duration timeout = Duration.ofSeconds(1);
        do { // on a machine so busy that the script did not get as far in its time
            assertThat(probing.probe(Settings.check("c", hangs, timeout)))
                    .isEqualTo(new Probing.Result(false, "no end within " + Words.of(timeout)));
            timeout = timeout.multipliedBy(2);
        } while (!Files.exists(pid) && timeout.compareTo(Duration.ofMinutes(1)) < 0);
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
            Probe http = new Probe.Http("http://127.0.0.1:" + silent.getLocalPort(), 200, 299);
            assertThat(late(probing, http)).isEqualTo(new Probing.Result(false, "no answer within 500 ms"));
        }
    }

    /** No single read of it takes long. */
    @Test
    void aServerWhoseAnswerNeverEndsFailsTheCheckInTime() throws Exception {
        try (ServerSocket slow = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> sayWithoutEnd(slow));
            Probe http = new Probe.Http("http://127.0.0.1:" + slow.getLocalPort(), 200, 299);
            assertThat(late(probing, http)).isEqualTo(new Probing.Result(false, "no answer within 500 ms"));
        }
    }

    private static void sayWithoutEnd(ServerSocket server) {
        try (Socket client = server.accept()) {
            client.getOutputStream().write("HTTP/1.1 200 OK\r\nX: ".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                client.getOutputStream().write('x');
                TimeUnit.MILLISECONDS.sleep(50);
            }
        } catch (IOException | InterruptedException _) {
            // the client has gone
        }
    }

    @Test
    void aLookupThatDoesNotEndFailsTheCheckInTime() throws Exception {
        CountDownLatch dead = new CountDownLatch(1);
        AtomicInteger lookups = new AtomicInteger();
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Probing deaf = new Probing(new Programs(Optional.empty()), _ -> {
                lookups.incrementAndGet();
                awaitUninterruptibly(dead);
                return InetAddress.getLoopbackAddress();
            });
            Probe tcp = new Probe.Tcp("nowhere.example", server.getLocalPort());
            assertThat(late(deaf, tcp)).isEqualTo(new Probing.Result(false, "no connection within 500 ms"));
            assertThat(late(deaf, tcp))
                    .isEqualTo(
                            new Probing.Result(false, "no connection within 500 ms: an earlier attempt has not ended"));
            dead.countDown();
            assertThat(deaf.probe(Settings.check("c", tcp)).success()).isTrue();
            assertThat(lookups).as("of the first attempt and the last").hasValue(2);
        }
    }

    /** As the C library's lookup, which hears no interrupt. */
    private static void awaitUninterruptibly(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }
}
