package io.octavialb.embedded.kubernetes;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.octavialb.embedded.kubernetes.ApiRequest.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A Kubernetes API in memory, on a free loopback port, with which kubectl and the controller work.
 *
 * <p>It has what the controller relies on and nothing besides: no scheduling, no access control, no kubelets. Where it
 * differs from a real API server, {@code src/test/README.md} says so.
 */
public final class EmbeddedKubernetes implements AutoCloseable {
    private static final List<String> NAMESPACES = List.of("default", "kube-node-lease", "kube-public", "kube-system");
    private static final String VERSION = "v1.32.0";
    private static final int CONFLICT = 409;
    private static final int EDITS = 20;

    private final Watches watches = new Watches();
    private final ObjectStore store = new ObjectStore(watches::changed);
    private final ApiServer server;
    private final KubernetesClient client;
    private volatile Function<ApiRequest, Optional<Refusal>> refusals = _ -> Optional.empty();

    private EmbeddedKubernetes() {
        ObjectWrites writes = new ObjectWrites(store, InstantSource.system());
        for (String namespace : NAMESPACES) {
            var object = Json.object();
            Json.metadata(object).put("name", namespace);
            writes.create(
                    new Target(ResourceType.NAMESPACES, "", "", ""),
                    object,
                    new ApiRequest("POST", "/api/v1/namespaces", "", "", "kube-apiserver", ""));
        }
        this.server =
                new ApiServer(store, new ApiDispatcher(store, writes), watches, request -> refusals.apply(request));
        this.client = new KubernetesClientBuilder().withConfig(config()).build();
    }

    /** With the namespaces that every cluster has, and without a node. */
    public static EmbeddedKubernetes start() {
        return new EmbeddedKubernetes();
    }

    /** What a client needs; nothing of it comes from this machine's own kubeconfig. */
    public Config config() {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl(server.url())
                .withNamespace("default")
                .withHttp2Disable(true)
                .build();
    }

    /** The client of a user; it ends with the API. */
    public KubernetesClient client() {
        return client;
    }

    public String url() {
        return server.url();
    }

    /** Writes a kubeconfig with which kubectl reaches this API. */
    public Path kubeconfig(Path file) throws IOException {
        return Files.writeString(file, """
                apiVersion: v1
                kind: Config
                current-context: embedded
                clusters:
                - name: embedded
                  cluster:
                    server: %s
                contexts:
                - name: embedded
                  context:
                    cluster: embedded
                    user: embedded
                    namespace: default
                users:
                - name: embedded
                  user: {}
                """.formatted(url()));
    }

    /** Adds a node that is ready. */
    public Node node(String name, String providerId, String internalIp) {
        return client.resource(new NodeBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .addToLabels("kubernetes.io/hostname", name)
                        .endMetadata()
                        .withNewSpec()
                        .withProviderID(providerId)
                        .endSpec()
                        .withNewStatus()
                        .addNewAddress(internalIp, "InternalIP")
                        .addNewCondition()
                        .withType("Ready")
                        .withStatus("True")
                        .withReason("KubeletReady")
                        .endCondition()
                        .withNewNodeInfo()
                        .withKubeletVersion(VERSION)
                        .endNodeInfo()
                        .endStatus()
                        .build())
                .create();
    }

    /** Changes an object as a person does: once more, beginning with what is there then, if somebody else was faster. */
    public static <T> T edit(Resource<T> object, UnaryOperator<T> change) {
        for (int tries = 1; ; tries++) {
            try {
                return object.edit(change);
            } catch (KubernetesClientException e) {
                if (e.getCode() != CONFLICT || tries == EDITS) {
                    throw e;
                }
            }
        }
    }

    /**
     * Asked before each request what befalls it; replaces what was asked before. It sees the request without its body,
     * and must not wait: all requests are handled by one thread.
     */
    public void refuse(Function<ApiRequest, Optional<Refusal>> asked) {
        refusals = asked;
    }

    /** Every open watch ends with a 410, as when the API server has forgotten the resource version. */
    public void expireWatches() {
        watches.expire();
    }

    /** Cuts every connection there is. New ones are served, unless {@link #refuse} says otherwise. */
    public void cutConnections() {
        server.cutConnections();
    }

    /** How many watches are open. */
    public int openWatches() {
        return watches.count();
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
