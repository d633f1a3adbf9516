package io.octavialb.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.octavialb.kubernetes.ControllerSettings.LeaseSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds the Lease, or tries to; {@link #close} releases it, so that another replica takes over at once. */
final class Leadership implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);
    private static final int RELEASE_SECONDS = 5;

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final String identity;
    private final LeaseTenure tenure;
    private final CompletableFuture<?> election;
    private volatile boolean closed;

    /**
     * @param gained runs when this replica becomes the leader
     * @param lost runs when it is the leader no more, except at {@link #close}
     */
    Leadership(KubernetesClient client, LeaseSettings lease, LeaseTenure tenure, Runnable gained, Runnable lost) {
        this.tenure = tenure;
        this.identity = hostName() + "_" + UUID.randomUUID();
        var config = new LeaderElectionConfigBuilder()
                .withName(lease.name())
                .withLock(new MonotonicLock(
                        new LeaseLock(lease.namespace(), lease.name(), identity), tenure, System::nanoTime))
                .withLeaseDuration(lease.duration())
                .withRenewDeadline(lease.renewDeadline())
                .withRetryPeriod(lease.retryPeriod())
                .withReleaseOnCancel(true)
                .withLeaderCallbacks(new LeaderCallbacks(gained, () -> stopped(lost), this::leads))
                .build();
        this.election = new LeaderElector(impatient(client, lease), config, executor).start();
    }

    /** The elector tries again by itself; a try that outlasts the Lease would keep it from noticing that it is lost. */
    private static KubernetesClient impatient(KubernetesClient client, LeaseSettings lease) {
        RequestConfig config = new RequestConfigBuilder()
                .withRequestRetryBackoffLimit(0)
                .withRequestTimeout(Math.toIntExact(
                        lease.duration().minus(lease.renewDeadline()).toMillis()))
                .build();
        return client.newClient(config).adapt(KubernetesClient.class);
    }

    private void leads(String leader) {
        LOG.info("Leader is {}{}", leader, leader.equals(identity) ? " (this replica)" : "");
    }

    private void stopped(Runnable lost) {
        tenure.over();
        if (!closed) {
            lost.run();
        }
    }

    @Override
    public void close() {
        closed = true;
        election.cancel(true);
        executor.shutdown();
        try {
            if (!executor.awaitTermination(RELEASE_SECONDS, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    /** The host's name is the Pod's name in a cluster. */
    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
