package io.octavialb.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.octavialb.config.CloudConfig;
import io.octavialb.config.CloudConfigResult;
import io.octavialb.embedded.kubernetes.EmbeddedKubernetes;
import io.octavialb.embedded.openstack.EmbeddedOpenStack;
import io.octavialb.embedded.openstack.Exchange;
import io.octavialb.embedded.openstack.ExchangeObserver;
import io.octavialb.embedded.openstack.OpenStackServer;
import io.octavialb.kubernetes.ClusterId;
import io.octavialb.kubernetes.Conversion;
import io.octavialb.model.ClusterIdentity;
import io.octavialb.model.Outcome;
import io.octavialb.openstack.Attempt;
import io.octavialb.openstack.OpenStack;
import io.octavialb.reconcile.CloudReconciliation;
import io.octavialb.reconcile.LoadBalancerWatch;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A subcommand run as a user does, between an OpenStack and a Kubernetes API in memory. */
abstract class CommandCase {
    static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    final EmbeddedOpenStack cloud = new EmbeddedOpenStack();
    final OpenStackServer openStack = new OpenStackServer(cloud);
    final EmbeddedKubernetes cluster = EmbeddedKubernetes.start();
    final List<Exchange> changes = new CopyOnWriteArrayList<>();
    Path cloudConfig;
    Path kubeconfig;
    int exitCode;
    String out = "";
    String err = "";

    @BeforeEach
    void fill() throws IOException {
        IntStream.of(1, 2).forEach(this::node);
        cloudConfig = Files.writeString(folder.resolve("cloud.conf"), cloudConfigText());
        kubeconfig = kubeconfig(cluster.url());
        cloud.observe(new ExchangeObserver() {
            @Override
            public Fate after(Exchange exchange) {
                if (!exchange.request().method().equals("GET")
                        && !exchange.request().path().startsWith("/identity")) {
                    changes.add(exchange);
                }
                return Fate.GOES_ON;
            }
        });
    }

    @AfterEach
    void close() {
        cluster.close();
        openStack.close();
    }

    String cloudConfigText() {
        return "[Global]\nauth-url = " + openStack.authUrl() + "\nregion = " + cloud.region()
                + "\napplication-credential-id = " + cloud.applicationCredentialId()
                + "\napplication-credential-secret = " + cloud.applicationCredentialSecret()
                + "\n[LoadBalancer]\nsubnet-id = " + cloud.subnet("private-subnet") + "\nfloating-network-id = "
                + cloud.network("public") + "\n";
    }

    Path kubeconfig(String server) throws IOException {
        return Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: memory, cluster: {server: "%s"}}]
                contexts: [{name: memory, context: {cluster: memory, user: nobody, namespace: team}}]
                users: [{name: nobody, user: {token: "sw0rdfish"}}]
                current-context: memory
                """.formatted(server));
    }

    void node(int number) {
        cluster.node("node-" + number, "openstack:///node-" + number, "10.6.0.1" + number);
    }

    static Service web(String name, int... ports) {
        var builder = new ServiceBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withType("LoadBalancer");
        for (int port : ports) {
            builder.addNewPort()
                    .withName("p" + port)
                    .withProtocol("TCP")
                    .withPort(port)
                    .withNodePort(30000 + port)
                    .endPort();
        }
        return builder.endSpec().build();
    }

    void create(Service service) {
        cluster.client().resource(service).create();
    }

    /** Makes the cloud as the controller would have, for the Service as it is in the cluster. */
    void converge(String name) {
        converge(name, new ClusterIdentity("kubernetes", ClusterId.read(cluster.client())));
    }

    /** The same for a cluster of that identity. */
    void converge(String name, ClusterIdentity identity) {
        try (OpenStack client = client();
                LoadBalancerWatch watch = new LoadBalancerWatch(client.octavia(), _ -> {}, Duration.ofMillis(5))) {
            var reconciliation = new CloudReconciliation(
                    config(), identity, client.octavia(), client.neutron(), watch, InstantSource.system());
            var service = Conversion.service(live(name));
            var nodes = cluster.client().nodes().list().getItems().stream()
                    .map(Conversion::node)
                    .toList();
            await().atMost(PATIENCE).until(() -> reconciliation.ensure(service, nodes) instanceof Outcome.Converged);
        }
        changes.clear();
    }

    CloudConfig config() {
        return switch (CloudConfig.parse("cloud.conf", cloudConfigText(), path -> {
            throw new IllegalStateException(path);
        })) {
            case CloudConfigResult.Valid valid -> valid.config();
            case CloudConfigResult.Invalid invalid -> throw new IllegalStateException(invalid.toString());
        };
    }

    /** The cloud as its user sees it. */
    OpenStack client() {
        return OpenStack.open(
                config().global(), Duration.ofSeconds(10), Attempt.Observer.NOBODY, InstantSource.system());
    }

    String loadBalancerId() {
        try (OpenStack client = client()) {
            return client.octavia().provisioningStatuses().keySet().iterator().next();
        }
    }

    Service live(String name) {
        return cluster.client().services().inNamespace("default").withName(name).require();
    }

    Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    void run(String subcommand, String... arguments) {
        StringWriter outText = new StringWriter();
        StringWriter errText = new StringWriter();
        CommandLine commandLine = OctaviaLbCommand.commandLine();
        commandLine.setOut(new PrintWriter(outText, true));
        commandLine.setErr(new PrintWriter(errText, true));
        List<String> all = new java.util.ArrayList<>(
                List.of(subcommand, "--cloud-config", cloudConfig.toString(), "--kubeconfig", kubeconfig.toString()));
        all.addAll(List.of(arguments));
        exitCode = commandLine.execute(all.toArray(String[]::new));
        out = outText.toString();
        err = errText.toString();
    }

    /** One line that says what is wrong, and nothing else. */
    void failsSaying(String... parts) {
        assertThat(exitCode).isEqualTo(1);
        assertThat(out).isEmpty();
        assertThat(err.strip().lines()).hasSize(1);
        assertThat(err).startsWith("octavia-lb: ").contains(parts).doesNotContain("\tat ", "Caused by", "sw0rdfish");
        assertThat(err).doesNotContain(cloud.applicationCredentialSecret());
    }
}
