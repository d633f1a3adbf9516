package io.octavialb.app;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.octavialb.app.HealthServer.Health;
import io.octavialb.config.CloudConfig;
import io.octavialb.kubernetes.ControllerSettings;
import io.octavialb.model.ClusterIdentity;
import io.octavialb.model.OctaviaVersion;
import io.octavialb.openstack.Attempt;
import io.octavialb.openstack.OpenStack;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code octavia-lb controller}: watches Services until it is told to stop, or loses its Lease. */
@Command(
        name = "controller",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        optionListHeading = "%n",
        description = "Keeps the load balancers of a cluster's Services right, until it is told to stop.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:told to stop",
            "1:could not start, or can't go on: the Lease or a watch is lost",
            "64:the command line is wrong"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  octavia-lb controller --cloud-config cloud.conf",
            "  octavia-lb controller --load-balancer-class example.com/gold --lease-name gold"
        })
final class ControllerCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(ControllerCommand.class);

    private static final Duration LONGEST_SHUTDOWN = Duration.ofSeconds(30);

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Option(
            names = "--concurrent-service-syncs",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many Services are worked on at once; waiting for Octavia does not count.")
    private int concurrentServiceSyncs;

    @Option(
            names = "--drift-period",
            paramLabel = "SECONDS",
            defaultValue = "600",
            description = "How often a load balancer is looked at although nothing changed in Kubernetes.")
    private int driftPeriodSeconds;

    @Option(
            names = "--health-port",
            paramLabel = "PORT",
            defaultValue = "8081",
            description = "Where /healthz and /readyz are answered; 0 takes a free port.")
    private int healthPort;

    @Option(names = "--wait", description = "Keep trying when the cloud or the cluster can't be reached at start.")
    private boolean wait;

    @ArgGroup(validate = false, order = 2, heading = "%nSeveral replicas:%n")
    private Election election = new Election();

    private static final class Election {
        @Option(
                names = "--leader-elect",
                paramLabel = "true|false",
                arity = "0..1",
                defaultValue = "true",
                fallbackValue = "true",
                description = "Work only while holding a Lease, for several replicas.")
        private boolean leaderElect;

        @Option(
                names = "--lease-name",
                paramLabel = "NAME",
                defaultValue = "octavia-lb-controller",
                description = "The Lease's name: another one for each --load-balancer-class.")
        private String leaseName = "";

        @Option(
                names = "--lease-namespace",
                paramLabel = "NAMESPACE",
                defaultValue = "kube-system",
                description = "The Lease's namespace.")
        private String leaseNamespace = "";
    }

    @Override
    public Integer call() throws StartupException, InterruptedException {
        check();
        CloudConfig config = connection.cloudConfig();
        if (!config.loadBalancer().enabled()) {
            LOG.warn("[LoadBalancer] enabled=false is for the cloud-controller-manager: octavia-lb runs all the same");
        }
        AtomicReference<@Nullable Controller> running = new AtomicReference<>();
        CompletableFuture<Integer> end = new CompletableFuture<>();
        CompletableFuture<Void> closed = new CompletableFuture<>();
        try (HealthServer health = HealthServer.start(
                        new InetSocketAddress(healthPort), () -> live(running.get()), () -> ready(running.get()));
                OpenStack cloud = Cloud.open(config, Attempt.Observer.NOBODY);
                KubernetesClient kubernetes = connection.kubernetes(_ -> {})) {
            LOG.info("health probes are answered on port {}", health.port());
            Startup startup = new Startup(wait);
            OctaviaVersion version = startup.attempt("OpenStack", () -> authenticated(cloud));
            ClusterIdentity cluster = startup.attempt("Kubernetes", () -> connection.identity(kubernetes));
            LOG.info("Octavia {}, cluster {} with id {}", version, cluster.name(), cluster.id());
            try (Controller controller = new Controller(kubernetes, config, cloud, cluster, settings(), why -> {
                LOG.error("The controller ends: {}", why);
                end.complete(1);
            })) {
                running.set(controller);
                stopAtSignal(end, closed);
                controller.start();
                return end.join();
            }
        } finally {
            closed.complete(null);
        }
    }

    /** What the command line can get wrong is told before anything is opened. */
    private void check() {
        connection.check();
        atLeastOne("--concurrent-service-syncs", concurrentServiceSyncs);
        atLeastOne("--drift-period", driftPeriodSeconds);
    }

    private void atLeastOne(String option, int value) {
        if (value < 1) {
            throw connection.wrong(option + " " + value + ": at least 1 is needed");
        }
    }

    private static OctaviaVersion authenticated(OpenStack cloud) {
        cloud.authenticate();
        return cloud.octavia().version();
    }

    private ControllerSettings settings() {
        ControllerSettings defaults = ControllerSettings.defaults();
        return new ControllerSettings(
                connection.loadBalancerClass(),
                concurrentServiceSyncs,
                Duration.ofSeconds(driftPeriodSeconds),
                defaults.retryFirst(),
                defaults.retryLongest(),
                defaults.nodesQuiet(),
                defaults.nodesLongest(),
                election.leaderElect,
                defaults.lease().named(election.leaseNamespace, election.leaseName));
    }

    /** The virtual machine ends when its hooks have run, so the hook waits until the Lease is given up. */
    private static void stopAtSignal(CompletableFuture<Integer> end, CompletableFuture<Void> closed) {
        Runnable stop = () -> {
            LOG.info("The controller stops and gives up its Lease");
            end.complete(0);
            closed.completeOnTimeout(null, LONGEST_SHUTDOWN.toSeconds(), TimeUnit.SECONDS)
                    .join();
        };
        Runtime.getRuntime().addShutdownHook(new Thread(stop, "shutdown"));
    }

    private static Health live(@Nullable Controller controller) {
        return controller == null || controller.health().live() ? Health.OK : new Health("a watch has ended");
    }

    private static Health ready(@Nullable Controller controller) {
        return controller != null && controller.health().ready()
                ? Health.OK
                : new Health("the cloud or the cluster is not reached yet");
    }
}
