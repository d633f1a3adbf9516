package io.octavialb.demo;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.octavialb.app.Controller;
import io.octavialb.config.CloudConfig;
import io.octavialb.config.CloudConfigResult;
import io.octavialb.demo.Screen.Tone;
import io.octavialb.embedded.kubernetes.EmbeddedKubernetes;
import io.octavialb.embedded.openstack.EmbeddedOpenStack;
import io.octavialb.embedded.openstack.OpenStackServer;
import io.octavialb.kubernetes.ClusterId;
import io.octavialb.kubernetes.ControllerSettings;
import io.octavialb.model.ClusterIdentity;
import io.octavialb.openstack.Attempt;
import io.octavialb.openstack.OpenStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** A cloud and a cluster in memory with the real controller between them; everything that happens is shown. */
final class Demo implements AutoCloseable {
    /** What the README points to. */
    static final Path EXAMPLE = Path.of("deploy/examples/web.yaml");

    /** Long enough to be seen, short enough to be waited for. */
    private static final Duration PENDING = Duration.ofMillis(700);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final EmbeddedOpenStack cloud = new EmbeddedOpenStack();
    private final OpenStackServer openStack;
    private final DemoCluster cluster;
    private final TreeLog tree;

    /**
     * Starts all of it; the first line that is shown says how to reach the cluster.
     *
     * @param folder where the kubeconfig and the cloud-config go
     * @param end is told why the controller can't go on
     */
    Demo(Screen screen, Path folder, Consumer<String> end) throws IOException {
        try {
            EmbeddedKubernetes api = opened(EmbeddedKubernetes.start());
            cluster = DemoCluster.of(api);
            openStack = opened(new OpenStackServer(cloud.pace(PENDING)));
            Path kubeconfig = api.kubeconfig(folder.resolve("kubeconfig"));
            Path cloudConfig = Files.writeString(folder.resolve("cloud.conf"), cloudConfigText());
            screen.line(Tone.STRONG, "export KUBECONFIG=" + kubeconfig);
            screen.line(Tone.STRONG, "export CLOUD_CONFIG=" + cloudConfig);
            cloud.observe(new CallLog(screen));
            tree = opened(new TreeLog(cloud, screen));
            opened(new PlanLog(screen));
            opened(new ClusterLog(cluster.client(), screen));
            cluster.join(1);
            cluster.join(2);
            CloudConfig config = config(cloudConfig);
            OpenStack client = opened(OpenStack.open(
                    config.global(),
                    config.metadata().requestTimeout(),
                    Attempt.Observer.NOBODY,
                    InstantSource.system()));
            KubernetesClient kubernetes = opened(new KubernetesClientBuilder()
                    .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
                    .build());
            Controller controller = opened(new Controller(
                    kubernetes,
                    config,
                    client,
                    new ClusterIdentity("demo", ClusterId.read(kubernetes)),
                    ControllerSettings.defaults(),
                    end));
            controller.start();
        } catch (RuntimeException | IOException e) {
            close();
            throw e;
        }
    }

    private <T extends AutoCloseable> T opened(T resource) {
        open.push(resource);
        return resource;
    }

    private String cloudConfigText() {
        return """
                [Global]
                auth-url = %s
                region = %s
                application-credential-id = %s
                application-credential-secret = %s
                [LoadBalancer]
                subnet-id = %s
                floating-network-id = %s
                """.formatted(
                        openStack.authUrl(),
                        cloud.region(),
                        cloud.applicationCredentialId(),
                        cloud.applicationCredentialSecret(),
                        cloud.subnet("private-subnet"),
                        cloud.network("public"));
    }

    private static CloudConfig config(Path file) throws IOException {
        CloudConfigResult result = CloudConfig.parse(file.toString(), Files.readString(file), path -> {
            throw new IllegalStateException("no clouds.yaml is needed: " + path);
        });
        return switch (result) {
            case CloudConfigResult.Valid valid -> valid.config();
            case CloudConfigResult.Invalid invalid -> throw new IllegalStateException(invalid.message());
        };
    }

    static Service example() throws IOException {
        return Serialization.unmarshal(Files.readString(EXAMPLE), Service.class);
    }

    DemoCluster cluster() {
        return cluster;
    }

    EmbeddedOpenStack cloud() {
        return cloud;
    }

    TreeLog tree() {
        return tree;
    }

    /** For faults that a test wants. */
    OpenStackServer openStack() {
        return openStack;
    }

    /** The controller goes first, then what it works on. */
    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
