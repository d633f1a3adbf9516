package io.octavialb.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.octavialb.app.HealthServer.Health;
import io.octavialb.config.CloudConfig;
import io.octavialb.config.CloudConfigResult;
import io.octavialb.embedded.kubernetes.EmbeddedKubernetes;
import io.octavialb.embedded.openstack.EmbeddedOpenStack;
import io.octavialb.embedded.openstack.OpenStackServer;
import io.octavialb.kubernetes.ControllerSettings;
import io.octavialb.model.ClusterIdentity;
import io.octavialb.openstack.Attempt;
import io.octavialb.openstack.OpenStack;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** A controller that can't do its work any more is restarted by its kubelet. */
class ControllerHealthTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String WATCH = "loadbalancer-watch";

    private static CloudConfig config(EmbeddedOpenStack cloud, OpenStackServer server) {
        String text = "[Global]\nauth-url = " + server.authUrl() + "\nregion = " + cloud.region()
                + "\napplication-credential-id = " + cloud.applicationCredentialId()
                + "\napplication-credential-secret = " + cloud.applicationCredentialSecret()
                + "\n[LoadBalancer]\nsubnet-id = " + cloud.subnet("private-subnet") + "\nfloating-network-id = "
                + cloud.network("public") + "\n";
        return switch (CloudConfig.parse("cloud.conf", text, path -> {
            throw new IllegalStateException(path);
        })) {
            case CloudConfigResult.Valid valid -> valid.config();
            case CloudConfigResult.Invalid invalid -> throw new IllegalStateException(invalid.toString());
        };
    }

    @Test
    void theDeathOfTheWatchOnLoadBalancersReachesLiveness() throws Exception {
        Attempt.Observer deadly = _ -> {
            if (Thread.currentThread().getName().equals(WATCH)) {
                throw new StackOverflowError("told to");
            }
        };
        EmbeddedOpenStack cloud = new EmbeddedOpenStack().hold();
        try (OpenStackServer server = new OpenStackServer(cloud);
                EmbeddedKubernetes kubernetes = EmbeddedKubernetes.start()) {
            kubernetes.node("node-1", "openstack:///node-1", "10.6.0.11");
            CloudConfig config = config(cloud, server);
            try (OpenStack client =
                            OpenStack.open(config.global(), Duration.ofSeconds(10), deadly, InstantSource.system());
                    Controller controller = new Controller(
                            kubernetes.client(),
                            config,
                            client,
                            new ClusterIdentity("test", "test"),
                            ControllerSettings.defaults(),
                            _ -> {});
                    HealthServer health = HealthServer.start(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                            () -> controller.health().live() ? Health.OK : new Health("a watch has ended"),
                            () -> Health.OK)) {
                controller.start();
                assertThat(probe(health)).isEqualTo(200);
                kubernetes.client().resource(web()).create();
                await().atMost(PATIENCE).until(() -> probe(health) == 503);
            }
        }
    }

    private static io.fabric8.kubernetes.api.model.Service web() {
        return new ServiceBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("web")
                .endMetadata()
                .withNewSpec()
                .withType("LoadBalancer")
                .addNewPort()
                .withPort(80)
                .endPort()
                .endSpec()
                .build();
    }

    private static int probe(HealthServer health) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + health.port() + "/healthz"))
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
