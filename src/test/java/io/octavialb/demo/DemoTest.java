package io.octavialb.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.embedded.openstack.EmbeddedOpenStack;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./dev demo --once} does, and that it can fail. */
class DemoTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofSeconds(4);

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final Screen screen = new Screen(new PrintStream(shown, true, StandardCharsets.UTF_8), false);
    private final List<String> ends = new CopyOnWriteArrayList<>();

    private String shown() {
        return shown.toString(StandardCharsets.UTF_8);
    }

    private Demo start() throws Exception {
        return new Demo(screen, folder, ends::add);
    }

    @Test
    void theTourSeesEveryStage() throws Exception {
        try (Demo demo = start()) {
            assertThat(new Tour(demo, screen, Demo.example(), PATIENCE).all())
                    .as(shown())
                    .isTrue();
            assertThat(demo.cloud().tree()).isEqualTo("no load balancers\n");
        }
        assertThat(shown())
                .startsWith("export KUBECONFIG=" + folder.resolve("kubeconfig"))
                .contains("default/web: plan:", "+ loadbalancer kube_service_demo_default_web")
                .containsPattern("> POST +201 +\\d+ ms  /load-balancer/v2/lbaas/loadbalancers")
                .containsPattern("> PUT +202 +\\d+ ms  /load-balancer/v2/lbaas/pools/[0-9a-f]{8}…/members")
                .contains("the cloud:", "    load balancer kube_service_demo_default_web, VIP 10.6.0.")
                .contains("k service default/web has the address 203.0.113.")
                .doesNotContain("\u001b[", demoSecret());
        assertThat(shown().lines().filter(line -> line.startsWith("seen "))).hasSize(5);
        assertThat(ends).isEmpty();
    }

    private String demoSecret() {
        return new EmbeddedOpenStack().applicationCredentialSecret();
    }

    @Test
    void aCloudThatRefusesIsNotTakenForASuccess() throws Exception {
        try (Demo demo = start()) {
            demo.openStack().fault("octavia-quota-403");
            assertThat(new Tour(demo, screen, Demo.example(), SHORT).all()).isFalse();
            demo.openStack().clearFaults();
        }
        assertThat(shown()).contains("NOT SEEN   create:", "NOT TRIED  node join:", "NOT TRIED  delete:");
    }

    @Test
    void aCloudThatDoesNotDeleteIsNotTakenForASuccess() throws Exception {
        try (Demo demo = start()) {
            assertThat(new Tour(demo, screen, Demo.example(), PATIENCE).create())
                    .isTrue();
            demo.cloud().hold();
            assertThat(new Tour(demo, screen, Demo.example(), SHORT).delete()).isFalse();
            demo.cloud().release();
        }
    }

    @Test
    void aRunThatIsNotSeenExitsNonZeroAndLeavesNothingBehind() throws Exception {
        Path examples = Files.createDirectories(folder.resolve("deploy").resolve("examples"));
        Files.writeString(
                examples.resolve("web.yaml"),
                Files.readString(Demo.EXAMPLE).replace("enable-health-monitor: \"true\"", "lb-method: FASTEST"));
        Files.createSymbolicLink(
                folder.resolve("wiremock-stubs"), Path.of("wiremock-stubs").toAbsolutePath());
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        Process demo = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + temporary,
                        "-Ddemo.patience=3",
                        "-Dlogback.configurationFile=demo/logback.xml",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        DemoCommand.class.getName(),
                        "--once")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output;
        try (var reader = demo.inputReader(StandardCharsets.UTF_8)) {
            output = reader.readAllAsString();
        }
        assertThat(demo.waitFor()).as(output).isEqualTo(1);
        assertThat(output).contains("k event Warning LoadBalancerLbMethodUnknown", "NOT SEEN   create:");
        assertThat(temporary).isEmptyDirectory();
    }
}
