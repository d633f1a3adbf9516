package io.octavialb.app;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.octavialb.config.CloudConfig;
import io.octavialb.kubernetes.ClusterId;
import io.octavialb.model.ClusterIdentity;
import java.io.File;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say which cloud and which cluster, the same for every subcommand. */
final class ConnectionOptions {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @ArgGroup(validate = false, order = 1, heading = "%nCloud and cluster:%n")
    private Named named = new Named();

    private static final class Named {
        @Option(
                names = "--cloud-config",
                paramLabel = "FILE",
                defaultValue = "${env:CLOUD_CONFIG:-/etc/config/cloud.conf}",
                description = "The cloud-config file, as OpenStack's cloud-controller-manager reads it.")
        private Path cloudConfig = Path.of("");

        @Option(
                names = "--kubeconfig",
                paramLabel = "FILE",
                description =
                        "How to reach the cluster; without it $KUBECONFIG, ~/.kube/config or the pod's service account.")
        private @Nullable File kubeconfig;

        @Option(
                names = "--cluster-name",
                paramLabel = "NAME",
                defaultValue = "kubernetes",
                description = "Part of the name of everything in the cloud.")
        private String clusterName = "";

        @Option(
                names = "--cluster-id",
                paramLabel = "ID",
                description =
                        "Marks what is this cluster's; without it the UID of the namespace kube-system. Name the old "
                                + "id in a cluster that was restored into a new one.")
        private @Nullable String clusterId;

        @Option(
                names = "--load-balancer-class",
                paramLabel = "CLASS",
                description = "Serve Services with this spec.loadBalancerClass instead of those with none.")
        private @Nullable String loadBalancerClass;
    }

    /** What the command line can get wrong is told before anything is opened. */
    void check() {
        String id = named.clusterId;
        if (id != null && !ClusterIdentity.isValidId(id)) {
            throw wrong("--cluster-id " + id + ": " + ClusterIdentity.VALID_IDS);
        }
    }

    /** The command line itself is wrong. */
    ParameterException wrong(String message) {
        if (command == null) {
            throw new IllegalStateException("not mixed into a command");
        }
        return new ParameterException(command.commandLine(), message);
    }

    CloudConfig cloudConfig() throws StartupException {
        return CloudConfigFile.read(named.cloudConfig);
    }

    /** @param more what else the client is to be told */
    KubernetesClient kubernetes(Consumer<Config> more) throws StartupException {
        try {
            Config config =
                    named.kubeconfig == null ? Config.autoConfigure(null) : Config.fromKubeconfig(named.kubeconfig);
            // The API server takes what is before the slash for the field manager of requests that name none.
            config.setUserAgent("octavia-lb-controller/" + Version.orElse("unknown"));
            more.accept(config);
            return new KubernetesClientBuilder().withConfig(config).build();
        } catch (RuntimeException e) {
            String file = named.kubeconfig == null ? "the kubeconfig" : "--kubeconfig " + named.kubeconfig;
            throw new StartupException(file + ": can't be used: " + OneLine.of(e), e);
        }
    }

    /** Asks the API server unless the command line names the id. */
    ClusterIdentity identity(KubernetesClient kubernetes) {
        return new ClusterIdentity(
                named.clusterName, named.clusterId == null ? ClusterId.read(kubernetes) : named.clusterId);
    }

    /** The identity as far as the command line names it; null without {@code --cluster-id}. */
    @Nullable
    ClusterIdentity namedIdentity() {
        return named.clusterId == null ? null : new ClusterIdentity(named.clusterName, named.clusterId);
    }

    @Nullable
    String loadBalancerClass() {
        return named.loadBalancerClass;
    }
}
