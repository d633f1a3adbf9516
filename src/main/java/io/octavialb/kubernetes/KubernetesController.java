package io.octavialb.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.octavialb.model.kubernetes.ObjectKey;
import io.octavialb.openstack.Tenure;
import io.octavialb.reconcile.ServiceReconciliation;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The controller as seen by the program: watches Services and Nodes and keeps the cloud in step while it is the leader.
 *
 * <p>It starts working when it becomes the leader. One that was the leader and is no more must not go on: whoever
 * follows changes the same load balancers; so that, like everything else it can't go on after, is told to {@code end}.
 */
public final class KubernetesController implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KubernetesController.class);

    private final KubernetesClient client;
    private final ServiceReconciliation reconciliation;
    private final ControllerSettings settings;
    private final LeaseTenure tenure;
    private final Consumer<String> end;
    private final InstantSource clock;
    private final Object lock = new Object();
    private @Nullable Leadership leadership;
    private volatile @Nullable ServiceOperator operator;
    private volatile boolean started;
    private volatile @Nullable Thread beginning;
    private volatile boolean closed;

    /**
     * @param client stays open when the controller closes
     * @param reconciliation what it waits for wakes the Service by {@link #wake}
     * @param tenure made longer by each renewal of the Lease
     * @param end ends the process; is told why. Not called before {@link #start} returned.
     */
    public KubernetesController(
            KubernetesClient client,
            ServiceReconciliation reconciliation,
            ControllerSettings settings,
            LeaseTenure tenure,
            Consumer<String> end,
            InstantSource clock) {
        this.client = client;
        this.settings = settings;
        this.tenure = tenure;
        this.end = end;
        this.clock = clock;
        this.reconciliation = reconciliation;
    }

    /**
     * Begins to work, or to stand by for the Lease.
     *
     * @throws RuntimeException if the API server can't be asked or refuses; nothing is left running then
     */
    public void start() {
        if (settings.leaderElect()) {
            synchronized (lock) {
                leadership = new Leadership(client, settings.lease(), tenure, this::lead, this::lost);
            }
        } else {
            work();
        }
        started = true;
    }

    /** Called by the thread that renews the Lease, which goes on with that when this returns. */
    private void lead() {
        beginning = Thread.ofVirtual().name("begin-to-work").start(this::begin);
    }

    private void begin() {
        try {
            work();
        } catch (RuntimeException e) {
            if (!closed) {
                LOG.error("The controller could not begin to work", e);
                end.accept("could not begin to work: " + e.getMessage());
            }
        }
    }

    private void lost() {
        end.accept("lost the Lease " + settings.lease().namespace() + "/"
                + settings.lease().name());
    }

    private void work() {
        synchronized (lock) {
            if (!closed) {
                operator = ServiceOperator.start(
                        client,
                        reconciliation,
                        settings,
                        settings.leaderElect() ? tenure : Tenure.UNLIMITED,
                        end,
                        clock);
            }
        }
    }

    /** Starts a pass over the Service; without effect while this replica does not work. */
    public void wake(ObjectKey service) {
        ServiceOperator running = operator;
        if (running != null) {
            running.wake(service);
        }
    }

    /** Starts a pass over each Service, besides one, whose annotation names the load balancer. */
    public void wakeOthers(String loadBalancerId, ObjectKey besides) {
        ServiceOperator running = operator;
        if (running != null) {
            running.wakeOthers(loadBalancerId, besides);
        }
    }

    public ControllerHealth health() {
        ServiceOperator running = operator;
        return new ControllerHealth(started, running != null, running == null || running.healthy());
    }

    /**
     * Stops working, or beginning to, then releases the Lease: the next leader finds no pass of ours under way.
     */
    @Override
    public void close() {
        closed = true;
        Thread begun = beginning;
        if (begun != null) {
            begun.interrupt();
        }
        Leadership held;
        synchronized (lock) {
            if (operator != null) {
                operator.close();
            }
            held = leadership;
        }
        if (held != null) {
            held.close();
        }
    }
}
