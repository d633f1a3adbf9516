package io.octavialb.app;

import io.octavialb.config.CloudConfig;
import io.octavialb.kubernetes.Duty;
import io.octavialb.model.ClusterIdentity;
import io.octavialb.model.Outcome;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.openstack.OpenStack;
import io.octavialb.reconcile.CloudReconciliation;
import io.octavialb.reconcile.LoadBalancerWatch;
import io.octavialb.reconcile.Orphans;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Removes orphans one after the other, each as the controller releases a Service. */
record OrphanRemoval(CloudConfig config, ClusterIdentity cluster, OpenStack cloud) {
    /** A load balancer that stays PENDING for longer is the cloud's trouble, and the next run's. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    List<Service> search(List<Service> present) {
        return new Orphans(cluster, cloud.octavia(), cloud.neutron()).of(present);
    }

    List<ServicePlan> plans(List<Service> orphans) {
        try (LoadBalancerWatch watch = new LoadBalancerWatch(cloud.octavia(), _ -> {})) {
            CloudReconciliation reconciliation = reconciliation(watch);
            return orphans.stream()
                    .map(orphan -> ServicePlan.of(
                            orphan.key(), Duty.RELEASE, reconciliation.previewRelease(orphan), List.of()))
                    .map(plan ->
                            plan.result() == ServicePlan.Result.CHANGES ? plan.withRemark("no such Service") : plan)
                    .toList();
        }
    }

    /** Whether all are gone. */
    boolean remove(List<Service> orphans, PrintWriter progress) throws InterruptedException {
        Semaphore woken = new Semaphore(0);
        boolean all = true;
        try (LoadBalancerWatch watch = new LoadBalancerWatch(cloud.octavia(), _ -> woken.release())) {
            CloudReconciliation reconciliation = reconciliation(watch);
            for (Service orphan : orphans) {
                Outcome outcome = released(reconciliation, orphan, woken);
                boolean gone = outcome instanceof Outcome.Released;
                progress.println(orphan.key() + ": " + (gone ? "deleted" : "not deleted: " + reason(outcome)));
                progress.flush();
                all &= gone;
            }
        }
        return all;
    }

    private CloudReconciliation reconciliation(LoadBalancerWatch watch) {
        return new CloudReconciliation(
                config, cluster, cloud.octavia(), cloud.neutron(), watch, InstantSource.system());
    }

    private static Outcome released(CloudReconciliation reconciliation, Service orphan, Semaphore woken)
            throws InterruptedException {
        long start = System.nanoTime();
        Outcome outcome = reconciliation.release(orphan);
        while (outcome instanceof Outcome.Waiting) {
            long left = PATIENCE.toNanos() - (System.nanoTime() - start);
            if (!woken.tryAcquire(left, TimeUnit.NANOSECONDS)) {
                return outcome;
            }
            outcome = reconciliation.release(orphan);
        }
        return outcome;
    }

    private static String reason(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Waiting waiting -> waiting.reason();
            case Outcome.Failed failed -> failed.message();
            case Outcome.Rejected(var problems) -> problems.getFirst().message();
            case Outcome.Converged _, Outcome.Partial _, Outcome.Released _ ->
                throw new IllegalStateException("a release comes to no such end: " + outcome);
        };
    }
}
