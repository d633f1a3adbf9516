package io.octavialb.it;

import static io.octavialb.it.Cluster.port;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.octavialb.lab.Lab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The distribution, started as its users start it, from its first word to SIGTERM. */
@Tag(Lab.TAG)
class LabProcessTest {
    private static final Path PROGRAM = Path.of("target/octavia-lb/bin/octavia-lb");

    @TempDir
    private Path folder;

    private final Lab lab = Lab.load();
    private final Cluster kubernetes = new Cluster();
    private Process controller;

    @BeforeEach
    void start() throws IOException {
        assertThat(PROGRAM).as("the distribution: run ./dev build").isExecutable();
        kubernetes.node(1);
        Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: memory, cluster: {server: "%s"}}]
                contexts: [{name: memory, context: {cluster: memory, user: nobody}}]
                users: [{name: nobody, user: {}}]
                current-context: memory
                """.formatted(
                        kubernetes.client().getConfiguration().getMasterUrl()));
        Path cloudConfig = Files.writeString(folder.resolve("cloud.conf"), """
                [Global]
                auth-url = %s
                application-credential-id = %s
                application-credential-secret = %s
                [LoadBalancer]
                subnet-id = %s
                floating-network-id = %s
                """.formatted(
                        lab.authUrl(),
                        lab.applicationCredential().id(),
                        lab.applicationCredential().secret(),
                        lab.subnet("private-subnet"),
                        lab.network("public")));
        ProcessBuilder builder = new ProcessBuilder(
                PROGRAM.toString(),
                "controller",
                "--kubeconfig=" + kubeconfig,
                "--cloud-config=" + cloudConfig,
                "--cluster-name=process",
                "--health-port=0");
        builder.environment().put("OCTAVIA_LB_LOG", "DEBUG");
        controller = builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    @AfterEach
    void stop() {
        controller.destroyForcibly();
        kubernetes.close();
    }

    @Test
    void servesUntilToldToStopAndGivesUpItsLease() throws Exception {
        kubernetes.create("process", Map.of(), port("TCP", 80));
        await().atMost(LabCluster.PATIENCE)
                .until(() -> !kubernetes.address("process").isEmpty());
        assertThat(lease().getSpec().getHolderIdentity()).isNotEmpty();
        assertThat(lease().getSpec().getLeaseDurationSeconds()).isEqualTo(15);
        kubernetes.delete("process");
        await().atMost(LabCluster.PATIENCE).until(() -> !kubernetes.exists("process"));

        controller.destroy();
        assertThat(controller.waitFor(20, TimeUnit.SECONDS))
                .as("ends at SIGTERM")
                .isTrue();
        assertThat(lease().getSpec().getLeaseDurationSeconds())
                .as("the Lease given up: it lasts a second more instead of fifteen")
                .isEqualTo(1);
        assertThat(Files.readString(folder.resolve("log")))
                .contains("plan")
                .doesNotContain(lab.applicationCredential().secret());
    }

    private Lease lease() {
        return kubernetes
                .client()
                .leases()
                .inNamespace("kube-system")
                .withName("octavia-lb-controller")
                .require();
    }
}
