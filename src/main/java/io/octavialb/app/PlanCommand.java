package io.octavialb.app;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.octavialb.config.CloudConfig;
import io.octavialb.model.kubernetes.ObjectKey;
import io.octavialb.openstack.Attempt;
import io.octavialb.openstack.CloudException;
import io.octavialb.openstack.OpenStack;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code octavia-lb plan}: what the controller would change, without changing it. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        parameterListHeading = "%n",
        description = {
            "Shows what the controller would change in the cloud, and why, and changes nothing: neither in the cloud nor "
                    + "in the cluster.",
            "",
            "Without names and without a file it goes through all Services that the controller serves. + is created, "
                    + "~ changed, - deleted, ! a warning."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:nothing to do",
            "2:changes",
            "1:an error, for one Service at least; what is wrong is said",
            "64:the command line is wrong"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  octavia-lb plan                          all Services",
            "  octavia-lb plan default/web              one",
            "  octavia-lb plan -f web.yaml              what applying the file would lead to",
            "  helm template web | octavia-lb plan -f - -o json",
            "  octavia-lb plan -f web.yaml --nodes nodes.yaml --cluster-id ci"
        })
final class PlanCommand implements Callable<Integer> {
    private static final int CONNECT_MS = 5_000;
    private static final int REQUEST_MS = 30_000;

    @Spec
    private @Nullable CommandSpec command;

    @Parameters(
            paramLabel = "NAMESPACE/NAME",
            arity = "0..*",
            showDefaultValue = Help.Visibility.NEVER,
            description = "Services in the cluster; none: all that are served.")
    private List<String> names = List.of();

    @ArgGroup(validate = false, order = 0, heading = "%nWhat to plan:%n")
    private Subject subject = new Subject();

    private static final class Subject {
        @Option(
                names = {"-f", "--file"},
                paramLabel = "FILE",
                description =
                        "Services in a file as if it was applied; - is standard input. One that is in the cluster "
                                + "already keeps what the file does not say, such as node ports.")
        private @Nullable String file;

        @Option(
                names = "--nodes",
                paramLabel = "FILE",
                description = "The cluster's nodes (kubectl get nodes -o yaml), for a plan that asks no cluster; goes "
                        + "with --file and --cluster-id.")
        private @Nullable String nodes;

        @Option(
                names = {"-o", "--output"},
                paramLabel = "FORMAT",
                defaultValue = "text",
                description = "${COMPLETION-CANDIDATES}.")
        private PlanOutput output = PlanOutput.text;
    }

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Override
    public Integer call() throws StartupException {
        connection.check();
        List<ObjectKey> keys = new ArrayList<>();
        for (String name : names) {
            keys.add(key(name));
        }
        checkTogether();
        ManifestFile file = subject.file == null ? null : ManifestFile.read(subject.file, "Service", System.in);
        CloudConfig config = connection.cloudConfig();
        List<ServicePlan> plans;
        try (OpenStack cloud = Cloud.open(config, Attempt.Observer.NOBODY)) {
            plans = plans(config, cloud, keys, file);
        }
        if (command == null) {
            throw new IllegalStateException("not run by the command line");
        }
        subject.output.print(plans, command.commandLine().getOut());
        command.commandLine().getOut().flush();
        return exitCode(plans);
    }

    private void checkTogether() {
        if (subject.file != null && !names.isEmpty()) {
            throw connection.wrong("--file " + subject.file + " and " + names.getFirst() + ": name Services or a file");
        }
        if (subject.nodes != null && (subject.file == null || connection.namedIdentity() == null)) {
            throw connection.wrong("--nodes " + subject.nodes + ": goes with --file and --cluster-id only");
        }
    }

    private ObjectKey key(String name) {
        String[] parts = name.split("/", -1);
        if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
            throw connection.wrong(name + ": name a Service as NAMESPACE/NAME");
        }
        return new ObjectKey(parts[0], parts[1]);
    }

    private List<ServicePlan> plans(
            CloudConfig config, OpenStack cloud, List<ObjectKey> keys, @Nullable ManifestFile file)
            throws StartupException {
        var identity = connection.namedIdentity();
        if (file != null && subject.nodes != null && identity != null) {
            PlanInput input = PlanInput.ofFiles(
                    file, ManifestFile.read(subject.nodes, "Node", System.in), connection.loadBalancerClass());
            return planned(config, cloud, new Planning(config, identity, cloud), input);
        }
        try (KubernetesClient kubernetes = connection.kubernetes(PlanCommand::impatient)) {
            PlanInput input = PlanInput.ofCluster(kubernetes, connection.loadBalancerClass(), keys, file);
            return planned(config, cloud, new Planning(config, connection.identity(kubernetes), cloud), input);
        } catch (KubernetesClientException | IllegalStateException e) {
            throw new StartupException("Kubernetes: " + OneLine.of(e), e);
        }
    }

    private static List<ServicePlan> planned(CloudConfig config, OpenStack cloud, Planning planning, PlanInput input)
            throws StartupException {
        try {
            cloud.authenticate();
            cloud.octavia().version();
        } catch (CloudException e) {
            throw new StartupException("OpenStack at " + config.global().authUrl() + ": " + OneLine.of(e), e);
        }
        return planning.of(input);
    }

    /** A person waits: no retries beyond a few seconds. */
    static void impatient(Config config) {
        config.setConnectionTimeout(CONNECT_MS);
        config.setRequestTimeout(REQUEST_MS);
        config.setRequestRetryBackoffLimit(1);
    }

    private static int exitCode(List<ServicePlan> plans) {
        if (plans.stream().anyMatch(plan -> plan.result().error())) {
            return 1;
        }
        return plans.stream().anyMatch(plan -> plan.result() == ServicePlan.Result.CHANGES) ? 2 : 0;
    }
}
