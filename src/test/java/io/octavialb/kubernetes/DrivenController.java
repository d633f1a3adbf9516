package io.octavialb.kubernetes;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.octavialb.openstack.Tenure;
import io.octavialb.reconcile.ServiceReconciliation;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * What {@link ServiceOperator} wires, without the operator framework: a pass begins when a test says so.
 *
 * <p>The framework's part, to keep Services at hand and to wait, is the test's; everything else is the real thing.
 */
public final class DrivenController implements AutoCloseable {
    private static final Duration DRIFT_PERIOD = Duration.ofMinutes(10);
    private static final Duration SHORTEST_DRIFT = Duration.ofMinutes(5);
    private static final Duration RETRY = Duration.ofMillis(1);
    private static final Duration UNWOKEN = Duration.ofMinutes(1);

    private final ScheduledExecutorService scheduler = new ScheduledThreadPoolExecutor(0);
    private final NodeWatch nodes;
    private final EndpointWatch endpoints;
    private final ServiceReconciler reconciler;

    /** When the framework would begin the next pass over the Service. */
    public enum Due {
        /** At the drift period, or never. */
        NOT_SOON,
        WHEN_WOKEN,
        /** At once, or with backoff. */
        SOON
    }

    /** Returns when all nodes are known. */
    public DrivenController(KubernetesClient client, ServiceReconciliation reconciliation) {
        InstantSource clock = InstantSource.system();
        FieldManager manager = FieldManager.of(null);
        this.nodes = new NodeWatch(client, () -> {});
        this.endpoints = new EndpointWatch(
                client,
                _ -> new Debounce(scheduler, System::nanoTime, Duration.ofSeconds(1), Duration.ofSeconds(5), () -> {}));
        ServicePass pass = new ServicePass(
                new Responsibility(null),
                manager,
                reconciliation,
                nodes,
                endpoints,
                new ServiceWrites(client, manager, new OwnWrites(), Tenure.UNLIMITED, clock),
                new EventRecorder(client, manager, clock),
                DRIFT_PERIOD,
                clock);
        this.reconciler = new ServiceReconciler(
                pass, new Schedule(DRIFT_PERIOD, RETRY, RETRY, new Random(1)), 1, new WakeEventSource());
        nodes.start();
    }

    /** One pass over a Service as the watch last showed it. */
    public Due pass(Service watched) throws InterruptedException {
        UpdateControl<Service> control = reconciler.reconcile(watched, context());
        Duration pause = control.getScheduleDelay().map(Duration::ofMillis).orElse(DRIFT_PERIOD);
        if (pause.compareTo(SHORTEST_DRIFT) > 0) {
            return Due.NOT_SOON;
        }
        return pause.equals(UNWOKEN) ? Due.WHEN_WOKEN : Due.SOON;
    }

    @SuppressWarnings("unchecked") // A proxy is of the interface as it is erased.
    private static Context<Service> context() {
        return (Context<Service>) Proxy.newProxyInstance(
                Context.class.getClassLoader(),
                new Class<?>[] {Context.class},
                (_, method, _) -> switch (method.getName()) {
                    case "isPrimaryResourceDeleted" -> false;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    @Override
    public void close() {
        nodes.close();
        endpoints.close();
        scheduler.shutdownNow();
    }
}
