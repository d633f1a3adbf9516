package io.octavialb.app;

import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.octavialb.config.CloudConfig;
import io.octavialb.embedded.kubernetes.EmbeddedKubernetes;
import io.octavialb.kubernetes.ControllerSettings;
import io.octavialb.kubernetes.ControllerSettings.LeaseSettings;
import io.octavialb.model.ClusterIdentity;
import io.octavialb.model.kubernetes.ObjectKey;
import io.octavialb.openstack.CloudException;
import io.octavialb.openstack.OpenStack;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** One of several controllers that compete for a Lease, short but longer than a busy machine's pauses, each with its own log-in and connections. */
final class Replica implements AutoCloseable {
    private static final LeaseSettings LEASE = new LeaseSettings(
            "kube-system",
            "octavia-lb-controller",
            Duration.ofSeconds(4),
            Duration.ofSeconds(3),
            Duration.ofMillis(100));

    final List<String> ends = new CopyOnWriteArrayList<>();
    /** What was sent to change the cloud, log-ins included, and how it failed. */
    final List<String> changes = new CopyOnWriteArrayList<>();

    private final KubernetesClient kubernetes;
    private final OpenStack cloud;
    private final Controller controller;

    /** @param userAgent tells its requests to the API server from those of others */
    Replica(EmbeddedKubernetes api, String userAgent, CloudConfig config) {
        kubernetes = new KubernetesClientBuilder()
                .withConfig(
                        new ConfigBuilder(api.config()).withUserAgent(userAgent).build())
                .build();
        cloud = OpenStack.open(
                config.global(),
                Duration.ofSeconds(10),
                attempt -> {
                    if (!attempt.method().equals("GET") && attempt.failure() != CloudException.Kind.TENURE_OVER) {
                        changes.add(attempt.method() + " " + attempt.path() + " " + attempt.failure());
                    }
                },
                InstantSource.system());
        ControllerSettings settings = ControllerSettings.defaults();
        controller = new Controller(
                kubernetes,
                config,
                cloud,
                new ClusterIdentity("test", "test"),
                new ControllerSettings(
                        null,
                        settings.concurrentServiceSyncs(),
                        settings.driftPeriod(),
                        Duration.ofMillis(20),
                        Duration.ofSeconds(1),
                        settings.nodesQuiet(),
                        settings.nodesLongest(),
                        true,
                        LEASE),
                ends::add);
        controller.start();
    }

    boolean leading() {
        return controller.health().leading();
    }

    void wake(String service) {
        controller.wake(new ObjectKey("default", service));
    }

    @Override
    public void close() {
        controller.close();
        cloud.close();
        kubernetes.close();
    }
}
