package io.octavialb.it;

import static io.octavialb.it.Cluster.port;
import static io.octavialb.it.LabCluster.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.octavialb.lab.Lab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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

    private static final String CLUSTER_ID = "process-" + UUID.randomUUID();

    @TempDir
    private Path folder;

    private Path kubeconfig;
    private Path cloudConfig;

    private final Lab lab = Lab.load();
    private final Cluster kubernetes = new Cluster();
    private Process controller;

    @BeforeEach
    void start() throws IOException {
        assertThat(PROGRAM).as("the distribution: run ./dev build").isExecutable();
        kubernetes.node(1);
        kubeconfig = Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: memory, cluster: {server: "%s"}}]
                contexts: [{name: memory, context: {cluster: memory, user: nobody}}]
                users: [{name: nobody, user: {}}]
                current-context: memory
                """.formatted(
                        kubernetes.client().getConfiguration().getMasterUrl()));
        cloudConfig = Files.writeString(folder.resolve("cloud.conf"), """
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
        controller = run("controller", "--health-port=0");
    }

    private Process run(String subcommand, String... arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                PROGRAM.toString(),
                subcommand,
                "--kubeconfig=" + kubeconfig,
                "--cloud-config=" + cloudConfig,
                "--cluster-name=process",
                "--cluster-id=" + CLUSTER_ID));
        words.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(words);
        if (subcommand.equals("controller")) {
            builder.environment().put("OCTAVIA_LB_LOG", "DEBUG");
        }
        return builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve(subcommand).toFile())
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
        eventually().until(() -> !kubernetes.address("process").isEmpty());
        assertThat(lease().getSpec().getHolderIdentity()).isNotEmpty();
        assertThat(lease().getSpec().getLeaseDurationSeconds()).isEqualTo(15);
        kubernetes.delete("process");
        eventually().until(() -> !kubernetes.exists("process"));

        controller.destroy();
        assertThat(controller.waitFor(20, TimeUnit.SECONDS))
                .as("ends at SIGTERM")
                .isTrue();
        assertThat(lease().getSpec().getLeaseDurationSeconds())
                .as("the Lease given up: it lasts a second more instead of fifteen")
                .isEqualTo(1);
        assertThat(Files.readString(folder.resolve("controller")))
                .contains("plan")
                .doesNotContain(lab.applicationCredential().secret());
    }

    @Test
    void whatAServiceLeavesThatLosesItsFinalizerByForceIsAnOrphan() throws Exception {
        kubernetes.create("lost", Map.of(), port("TCP", 80));
        kubernetes.create("kept", Map.of(), port("TCP", 81));
        eventually()
                .until(() -> !kubernetes.address("lost").isEmpty()
                        && !kubernetes.address("kept").isEmpty());
        assertThat(orphans()).as("no orphans").isZero();
        controller.destroy();
        assertThat(controller.waitFor(20, TimeUnit.SECONDS)).isTrue();
        kubernetes.edit(
                "lost",
                service -> service.editMetadata().withFinalizers(List.of()).endMetadata());
        kubernetes.delete("lost");

        assertThat(orphans()).as("orphans are listed").isEqualTo(2);
        assertThat(said())
                .contains("/lost: 2 changes, no such Service", "- floatingip ", "- loadbalancer kube_service_process_")
                .doesNotContain("/kept", lab.applicationCredential().secret());
        assertThat(orphans("--delete")).as("orphans are deleted").isZero();
        assertThat(said()).contains("/lost: deleted");
        assertThat(orphans()).as("no orphan is left").isZero();

        assertThat(orphans("--delete", "--cluster-gone"))
                .as("the cluster is gone")
                .isZero();
        assertThat(said()).contains("/kept: deleted");
    }

    /** The exit code. */
    private int orphans(String... arguments) throws Exception {
        Process orphans = run("orphans", arguments);
        assertThat(orphans.waitFor(60, TimeUnit.SECONDS)).as("ends").isTrue();
        return orphans.exitValue();
    }

    private String said() throws IOException {
        return Files.readString(folder.resolve("orphans"));
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
