package io.octavialb.crash;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.octavialb.config.CloudConfig;
import io.octavialb.kubernetes.DrivenController;
import io.octavialb.kubernetes.DrivenController.Due;
import io.octavialb.model.ClusterIdentity;
import io.octavialb.model.kubernetes.ObjectKey;
import io.octavialb.openstack.HastyOpenStack;
import io.octavialb.openstack.OpenStack;
import io.octavialb.reconcile.CloudReconciliation;
import io.octavialb.reconcile.LoadBalancerWatch;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** One life of the controller with everything that it keeps in memory; closing it forgets all of that. */
final class Incarnation implements AutoCloseable {
    static final ClusterIdentity CLUSTER = new ClusterIdentity("crash", "5f0c2a3e-0000-4000-8000-00000000cafe");
    private static final Duration FIRST_TICK = Duration.ofMillis(1);

    private final OpenStack cloud;
    private final LoadBalancerWatch watch;
    private final DrivenController controller;
    private final BlockingQueue<ObjectKey> woken = new LinkedBlockingQueue<>();

    Incarnation(CloudConfig config, KubernetesClient kubernetes, Duration requestTimeout, Plant plant) {
        this.cloud = HastyOpenStack.open(config, requestTimeout);
        this.watch = new LoadBalancerWatch(cloud.octavia(), woken::add, FIRST_TICK);
        this.controller = new DrivenController(
                kubernetes,
                plant.reconciliation(
                        new CloudReconciliation(
                                config,
                                CLUSTER,
                                plant.octavia(cloud.octavia()),
                                cloud.neutron(),
                                watch,
                                InstantSource.system()),
                        kubernetes));
    }

    Due pass(Service service) throws InterruptedException {
        return controller.pass(service);
    }

    /** The Services that are to have a pass because their load balancer is PENDING no more. */
    BlockingQueue<ObjectKey> woken() {
        return woken;
    }

    @Override
    public void close() {
        controller.close();
        watch.close();
        cloud.close();
    }
}
