package io.octavialb.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.greaterThan;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What a user sees when the controller can't start. */
class ControllerCommandTest {
    private static final String SECRET = "swordfish";

    @TempDir
    private Path folder;

    private final StringWriter errors = new StringWriter();

    private int run(String... arguments) {
        CommandLine commandLine = OctaviaLbCommand.commandLine();
        commandLine.setErr(new PrintWriter(errors, true));
        return commandLine.execute(arguments);
    }

    private Path cloudConfig(String authUrl) throws IOException {
        return Files.writeString(
                folder.resolve("cloud.conf"),
                "[Global]\nauth-url = " + authUrl + "\nusername = me\npassword = " + SECRET
                        + "\ntenant-name = p\ndomain-name = d\n");
    }

    private static HttpServer keystone(int status, String body, AtomicInteger requests) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static String url(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v3";
    }

    @Test
    void aMissingCloudConfigIsNamed() {
        Path missing = folder.resolve("none.conf");
        assertThat(run("controller", "--cloud-config", missing.toString())).isEqualTo(1);
        assertThat(errors.toString()).contains(missing.toString(), "--cloud-config");
    }

    @Test
    void everythingWrongInTheCloudConfigIsNamedAtOnce() throws IOException {
        Path file = Files.writeString(
                folder.resolve("cloud.conf"), "[LoadBalancer]\nmonitor-delay = soon\nlb-method = GUESS\n");
        assertThat(run("controller", "--cloud-config", file.toString())).isEqualTo(1);
        assertThat(errors.toString()).contains("auth-url", "monitor-delay", "soon", "lb-method", "GUESS");
    }

    @Test
    void anUnreachableKeystoneEndsTheProgram() throws IOException {
        Path file = cloudConfig("http://127.0.0.1:1/v3");
        assertThat(run("controller", "--cloud-config", file.toString(), "--health-port", "0"))
                .isEqualTo(1);
        assertThat(errors.toString())
                .contains("OpenStack", "/v3/auth/tokens", "--wait")
                .doesNotContain(SECRET);
    }

    @Test
    void refusedCredentialsEndTheProgram() throws IOException {
        AtomicInteger requests = new AtomicInteger();
        HttpServer server = keystone(
                401, "{\"error\":{\"message\":\"The request you have made requires authentication.\"}}", requests);
        try {
            Path file = cloudConfig(url(server));
            assertThat(run("controller", "--cloud-config", file.toString(), "--health-port", "0"))
                    .isEqualTo(1);
            assertThat(errors.toString()).contains("requires authentication").doesNotContain(SECRET);
            assertThat(requests).hasValue(1);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void withWaitItKeepsTrying() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        HttpServer server = keystone(401, "{}", requests);
        Path file = cloudConfig(url(server));
        Thread controller = Thread.ofPlatform()
                .start(() -> run("controller", "--cloud-config", file.toString(), "--health-port", "0", "--wait"));
        try {
            await().atMost(Duration.ofSeconds(30)).untilAtomic(requests, greaterThan(2));
            assertThat(controller.isAlive()).isTrue();
        } finally {
            controller.interrupt();
            controller.join(Duration.ofSeconds(10));
            server.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--cluster-id=a/b", "--concurrent-service-syncs=0", "--drift-period=-1"})
    void aFlagOutOfRangeIsNamedBeforeAnythingIsOpened(String flag) {
        assertThat(run("controller", flag)).isEqualTo(64);
        assertThat(errors.toString())
                .contains(flag.substring(0, flag.indexOf('=')))
                .doesNotContain("\tat ");
    }

    @Test
    void anUnknownOptionIsAnotherExitCode() {
        assertThat(run("controller", "--no-such-option")).isEqualTo(64);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "controller", "plan", "completion"})
    void helpFitsATerminalAndNamesExitCodesAndExamples(String command) {
        StringWriter out = new StringWriter();
        CommandLine commandLine = OctaviaLbCommand.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        assertThat(command.isEmpty() ? commandLine.execute("--help") : commandLine.execute(command, "--help"))
                .isZero();
        assertThat(out.toString()).contains("Examples:\n  ");
        if (!command.equals("completion")) {
            assertThat(out.toString()).contains("Exit codes:", "64   the command line is wrong");
        }
        assertThat(out.toString().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh"})
    void bashCompletesSubcommandsAndOptions(String shell) throws Exception {
        StringWriter script = new StringWriter();
        CommandLine commandLine = OctaviaLbCommand.commandLine();
        commandLine.setOut(new PrintWriter(script, true));
        assertThat(commandLine.execute("completion", shell)).isZero();
        Path file = Files.writeString(folder.resolve("completion"), script.toString());
        assertThat(bash("bash -n " + file)).isEmpty();
        assertThat(completed(file, "octavia-lb", "pl")).contains("plan");
        assertThat(completed(file, "octavia-lb", "plan", "--clu")).contains("--cluster-name", "--cluster-id");
        assertThat(completed(file, "octavia-lb", "plan", "--output", "")).contains("text", "json");
    }

    private static String completed(Path script, String... words) throws Exception {
        return bash("source " + script + "; COMP_WORDS=('" + String.join("' '", words) + "'); COMP_CWORD="
                + (words.length - 1) + "; function=$(complete -p octavia-lb | sed -E 's/.*-F ([^ ]+).*/\\1/'); "
                + "COMP_LINE=\"${COMP_WORDS[*]}\"; COMP_POINT=${#COMP_LINE}; "
                + "$function octavia-lb \"${COMP_WORDS[COMP_CWORD]}\" \"${COMP_WORDS[COMP_CWORD-1]}\"; "
                + "printf '%s\\n' \"${COMPREPLY[@]}\"");
    }

    private static String bash(String commands) throws Exception {
        Process bash = new ProcessBuilder("bash", "-c", commands)
                .redirectErrorStream(true)
                .start();
        try (var output = bash.inputReader(StandardCharsets.UTF_8)) {
            String text = output.readAllAsString();
            assertThat(bash.waitFor()).as(text).isZero();
            return text;
        }
    }

    @Test
    void helpNamesEveryFlagOfTheReference() {
        StringWriter out = new StringWriter();
        CommandLine commandLine = OctaviaLbCommand.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        assertThat(commandLine.execute("controller", "--help")).isZero();
        assertThat(out.toString())
                .contains(
                        "--kubeconfig",
                        "--cloud-config",
                        "--cluster-name",
                        "--cluster-id",
                        "--concurrent-service-syncs",
                        "--leader-elect",
                        "--load-balancer-class",
                        "--wait");
    }
}
