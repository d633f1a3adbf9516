package io.octavialb.app;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.octavialb.config.CloudConfig;
import io.octavialb.kubernetes.ControllerHealth;
import io.octavialb.kubernetes.ControllerSettings;
import io.octavialb.kubernetes.KubernetesController;
import io.octavialb.kubernetes.LeaseTenure;
import io.octavialb.model.ClusterIdentity;
import io.octavialb.model.kubernetes.ObjectKey;
import io.octavialb.openstack.OpenStack;
import io.octavialb.openstack.Tenure;
import io.octavialb.reconcile.CloudReconciliation;
import io.octavialb.reconcile.LoadBalancerWatch;
import java.time.InstantSource;
import java.util.function.Consumer;

/** The controller, wired: a cluster on one side, a cloud on the other. Closing it gives up the Lease. */
public final class Controller implements AutoCloseable {
    private final LoadBalancerWatch watch;
    private final KubernetesController kubernetes;

    /**
     * Wires it; nothing is read or written before {@link #start}.
     *
     * @param end is told why the controller can't go on
     */
    public Controller(
            KubernetesClient client,
            CloudConfig config,
            OpenStack cloud,
            ClusterIdentity cluster,
            ControllerSettings settings,
            Consumer<String> end) {
        InstantSource clock = InstantSource.system();
        LeaseTenure held = new LeaseTenure(settings.lease());
        Tenure tenure = settings.leaderElect() ? held : Tenure.UNLIMITED;
        this.watch = new LoadBalancerWatch(cloud.octavia(), this::wake);
        this.kubernetes = new KubernetesController(
                client,
                new CloudReconciliation(
                        config, cluster, cloud.octavia(tenure), cloud.neutron(tenure), watch, clock, this::wakeOthers),
                settings,
                held,
                end,
                clock);
    }

    public void start() {
        kubernetes.start();
    }

    /** Has a Service looked at now. */
    public void wake(ObjectKey service) {
        kubernetes.wake(service);
    }

    private void wakeOthers(String loadBalancerId, ObjectKey besides) {
        kubernetes.wakeOthers(loadBalancerId, besides);
    }

    ControllerHealth health() {
        ControllerHealth health = kubernetes.health();
        return new ControllerHealth(health.started(), health.leading(), health.watching() && watch.alive());
    }

    @Override
    public void close() {
        kubernetes.close();
        watch.close();
    }
}
