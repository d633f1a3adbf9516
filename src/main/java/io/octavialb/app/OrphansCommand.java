package io.octavialb.app;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.octavialb.config.CloudConfig;
import io.octavialb.kubernetes.ClusterReader;
import io.octavialb.model.ClusterIdentity;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.openstack.Attempt;
import io.octavialb.openstack.CloudException;
import io.octavialb.openstack.OpenStack;
import io.octavialb.reconcile.Orphan;
import io.octavialb.reconcile.Orphans;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code octavia-lb orphans}: what this cluster has in the cloud for Services that are gone. */
@Command(
        name = "orphans",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = {
            "Lists what carries this cluster's id in the cloud and belongs to no Service, and with --delete removes it.",
            "",
            "Such things stay when a Service loses its finalizer by force, or when a cluster is deleted with its "
                    + "Services. What other clusters, other Services and people made is neither listed nor touched, nor "
                    + "is a load balancer without the cluster's id, as the cloud-controller-manager makes them."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:no orphans, or none is left",
            "2:orphans",
            "1:an error; what is wrong is said",
            "64:the command line is wrong"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  octavia-lb orphans                       what is left, and what deleting it would do",
            "  octavia-lb orphans --delete",
            "  octavia-lb orphans --delete --cluster-gone --cluster-name prod --cluster-id 0fd3..."
        })
final class OrphansCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec command;

    @Option(names = "--delete", description = "Delete them, after showing the plan.")
    private boolean delete;

    @Option(
            names = "--cluster-gone",
            description =
                    "The cluster is no more: it is not asked, and everything that carries its id is an orphan. Goes "
                            + "with --cluster-id.")
    private boolean clusterGone;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES}.")
    private PlanOutput output = PlanOutput.text;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Override
    public Integer call() throws StartupException, InterruptedException {
        connection.check();
        ClusterIdentity named = connection.namedIdentity();
        if (clusterGone && named == null) {
            throw connection.wrong("--cluster-gone: goes with --cluster-id, for the cluster can't be asked for its id");
        }
        CloudConfig config = connection.cloudConfig();
        if (clusterGone && named != null) {
            return removed(config, named, Presence.OF_NONE);
        }
        try (KubernetesClient kubernetes = connection.kubernetes(PlanCommand::impatient)) {
            ClusterIdentity cluster = Presence.asked(() -> connection.identity(kubernetes));
            return removed(config, cluster, Presence.in(new ClusterReader(kubernetes, connection.loadBalancerClass())));
        }
    }

    private int removed(CloudConfig config, ClusterIdentity cluster, Presence presence)
            throws StartupException, InterruptedException {
        try (OpenStack cloud = Cloud.open(config, Attempt.Observer.NOBODY)) {
            return removed(new OrphanRemoval(config, cluster, cloud), presence);
        } catch (CloudException e) {
            throw new StartupException("OpenStack at " + config.global().authUrl() + ": " + OneLine.of(e), e);
        }
    }

    private int removed(OrphanRemoval removal, Presence presence) throws StartupException, InterruptedException {
        CommandLine commandLine = commandLine();
        Orphans read = removal.read();
        List<Service> services = presence.services();
        List<Orphan> orphans = read.of(services);
        List<ServicePlan> plans = removal.plans(orphans);
        output.printOrphans(plans, commandLine.getOut());
        commandLine.getOut().flush();
        boolean error = plans.stream().anyMatch(plan -> plan.result().error());
        if (orphans.isEmpty() || !delete) {
            return error ? 1 : orphans.isEmpty() ? 0 : 2;
        }
        if (!clusterGone && services.isEmpty()) {
            throw new StartupException(
                    "the cluster lists no Service of type LoadBalancer at all, so this may be the wrong "
                            + "cluster: nothing is deleted\nIf it is the right one, say --cluster-gone with --cluster-id "
                            + removal.cluster().id());
        }
        return removal.remove(orphans, presence, commandLine.getErr()) ? 0 : 1;
    }

    private CommandLine commandLine() {
        if (command == null) {
            throw new IllegalStateException("not run by the command line");
        }
        return command.commandLine();
    }
}
