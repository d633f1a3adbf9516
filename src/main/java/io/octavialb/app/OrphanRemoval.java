package io.octavialb.app;

import io.octavialb.config.CloudConfig;
import io.octavialb.kubernetes.Duty;
import io.octavialb.model.ClusterIdentity;
import io.octavialb.model.Outcome;
import io.octavialb.openstack.OpenStack;
import io.octavialb.reconcile.CloudReconciliation;
import io.octavialb.reconcile.LoadBalancerWatch;
import io.octavialb.reconcile.Orphan;
import io.octavialb.reconcile.Orphans;
import io.octavialb.reconcile.Preview;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Removes orphans one after the other, each as the controller releases a Service. */
record OrphanRemoval(CloudConfig config, ClusterIdentity cluster, OpenStack cloud) {
    /** A load balancer that stays PENDING for longer is the cloud's trouble, and the next run's. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    Orphans read() {
        return Orphans.read(cluster, cloud.octavia(), cloud.neutron());
    }

    List<ServicePlan> plans(List<Orphan> orphans) {
        try (LoadBalancerWatch watch = new LoadBalancerWatch(cloud.octavia(), _ -> {})) {
            CloudReconciliation reconciliation = reconciliation(watch);
            return orphans.stream()
                    .map(orphan -> plan(orphan, reconciliation.previewRemoval(orphan)))
                    .toList();
        }
    }

    private static ServicePlan plan(Orphan orphan, Preview preview) {
        ServicePlan plan = ServicePlan.of(orphan.key(), Duty.RELEASE, preview, List.of());
        return plan.result() == ServicePlan.Result.CHANGES
                ? plan.withRemark(orphan.onlyGroup() ? "of an earlier Service of the name" : "no such Service")
                : plan;
    }

    /**
     * Whether all are gone, or none any more.
     *
     * @param presence asked again before each pass over an orphan, for removing those before it took its time
     */
    boolean remove(List<Orphan> orphans, Presence presence, PrintWriter progress)
            throws InterruptedException, StartupException {
        Semaphore woken = new Semaphore(0);
        boolean all = true;
        try (LoadBalancerWatch watch = new LoadBalancerWatch(cloud.octavia(), _ -> woken.release())) {
            CloudReconciliation reconciliation = reconciliation(watch);
            for (Orphan orphan : orphans) {
                Optional<Outcome> outcome = removed(reconciliation, orphan, presence, woken);
                boolean gone = outcome.isEmpty() || outcome.get() instanceof Outcome.Released;
                progress.println(orphan.key() + ": "
                        + outcome.map(OrphanRemoval::word).orElse("left alone: there is such a Service by now"));
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

    /** Empty when the Service is there. */
    private static Optional<Outcome> removed(
            CloudReconciliation reconciliation, Orphan orphan, Presence presence, Semaphore woken)
            throws InterruptedException, StartupException {
        long start = System.nanoTime();
        while (!presence.claims(orphan)) {
            Outcome outcome = reconciliation.remove(orphan);
            long left = PATIENCE.toNanos() - (System.nanoTime() - start);
            if (!(outcome instanceof Outcome.Waiting) || !woken.tryAcquire(left, TimeUnit.NANOSECONDS)) {
                return Optional.of(outcome);
            }
        }
        return Optional.empty();
    }

    private static String word(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Released _ -> "deleted";
            case Outcome.Waiting waiting -> "not deleted: " + waiting.reason();
            case Outcome.Failed failed -> "not deleted: " + failed.message();
            case Outcome.Rejected(var problems) ->
                "not deleted: " + problems.getFirst().message();
            case Outcome.Converged _, Outcome.Partial _ ->
                throw new IllegalStateException("a release comes to no such end: " + outcome);
        };
    }
}
