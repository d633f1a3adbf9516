package io.octavialb.kubernetes;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.octavialb.model.kubernetes.ObjectKey;
import io.octavialb.openstack.Tenure;
import io.octavialb.reconcile.ServiceReconciliation;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** The running part of the controller: the operator framework, the watch on nodes, and what leads from one to the other. */
final class ServiceOperator implements AutoCloseable {
    private static final Duration LAST_PASSES = Duration.ofSeconds(4);
    /** A rollout changes pods every moment; the load balancer follows it in steps. */
    private static final Duration ENDPOINTS_QUIET = Duration.ofSeconds(1);

    private static final Duration ENDPOINTS_LONGEST = Duration.ofSeconds(5);

    private final WakeEventSource wakes = new WakeEventSource();
    private final OwnWrites ownWrites = new OwnWrites();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("cluster-changes").factory());
    private final ServiceReconciler reconciler;
    private final NodeWatch nodes;
    private final EndpointWatch endpoints;
    private final Operator operator;

    private ServiceOperator(
            KubernetesClient client,
            ServiceReconciliation reconciliation,
            ControllerSettings settings,
            Tenure tenure,
            Consumer<String> end,
            InstantSource clock) {
        Responsibility responsibility = new Responsibility(settings.loadBalancerClass());
        FieldManager manager = FieldManager.of(settings.loadBalancerClass());
        Schedule schedule = new Schedule(
                settings.driftPeriod(), settings.retryFirst(), settings.retryLongest(), RandomGenerator.getDefault());
        Debounce nodeChanges = new Debounce(
                scheduler, System::nanoTime, settings.nodesQuiet(), settings.nodesLongest(), () -> wakeAll());
        this.nodes = new NodeWatch(client, nodeChanges::signal);
        this.endpoints = new EndpointWatch(
                client,
                service -> new Debounce(
                        scheduler, System::nanoTime, ENDPOINTS_QUIET, ENDPOINTS_LONGEST, () -> wakes.wake(service)));
        ServicePass pass = new ServicePass(
                responsibility,
                manager,
                reconciliation,
                nodes,
                endpoints,
                new ServiceWrites(client, manager, ownWrites, tenure, clock),
                new EventRecorder(client, manager, clock),
                settings.driftPeriod(),
                clock);
        this.reconciler = new ServiceReconciler(pass, schedule, settings.concurrentServiceSyncs(), wakes);
        this.operator = new Operator(framework -> configure(framework, client, end));
        operator.register(reconciler, controller -> configure(controller, responsibility, manager, ownWrites));
    }

    /**
     * Returns when all Services and nodes are known and the first passes begin.
     *
     * @throws RuntimeException what the API server refused; nothing is left running then
     */
    static ServiceOperator start(
            KubernetesClient client,
            ServiceReconciliation reconciliation,
            ControllerSettings settings,
            Tenure tenure,
            Consumer<String> end,
            InstantSource clock) {
        ServiceOperator started = new ServiceOperator(client, reconciliation, settings, tenure, end, clock);
        try {
            started.nodes.start();
            started.operator.start();
        } catch (RuntimeException e) {
            started.close();
            throw e;
        }
        return started;
    }

    private static void configure(
            ConfigurationServiceOverrider framework, KubernetesClient client, Consumer<String> end) {
        framework
                .withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .checkingCRDAndValidateLocalModel(false)
                .withUseSSAToPatchPrimaryResource(false)
                .withExecutorService(Executors.newVirtualThreadPerTaskExecutor())
                .withReconciliationTerminationTimeout(LAST_PASSES)
                .withStopOnInformerErrorDuringStartup(true)
                .withInformerStoppedHandler((_, failure) -> {
                    if (failure != null) {
                        end.accept("the watch on Services stopped: " + failure.getMessage());
                    }
                });
    }

    private static void configure(
            ControllerConfigurationOverrider<Service> controller,
            Responsibility responsibility,
            FieldManager manager,
            OwnWrites ownWrites) {
        controller
                .withName(manager.name())
                .withFieldManager(manager.name())
                .watchingAllNamespaces()
                .withGenerationAware(false)
                // Without it the framework keeps Services back that are being deleted, for it adds no finalizer itself.
                .withTriggerReconcilerOnAllEvents(true)
                .withReconciliationMaxInterval(null)
                .withGenericFilter(service -> responsibility.concerns(Conversion.service(service)))
                .withOnUpdateFilter((after, before) -> ownWrites.isNews(before, after));
    }

    private void wakeAll() {
        reconciler.wakeAll();
    }

    void wake(ObjectKey service) {
        wakes.wake(service);
    }

    void wakeOthers(String loadBalancerId, ObjectKey besides) {
        reconciler.wakeOthers(loadBalancerId, besides);
    }

    boolean healthy() {
        return nodes.healthy()
                && endpoints.healthy()
                && operator.getRuntimeInfo().allEventSourcesAreHealthy();
    }

    /** Waits for the passes under way. */
    @Override
    public void close() {
        reconciler.closing();
        operator.stop();
        nodes.close();
        endpoints.close();
        scheduler.shutdownNow();
    }
}
