package io.octavialb.kubernetes;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.octavialb.embedded.kubernetes.ApiRequest;
import io.octavialb.embedded.kubernetes.EmbeddedKubernetes;
import io.octavialb.model.kubernetes.ObjectKey;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The embedded Kubernetes API with a controller on it. */
final class Cluster implements AutoCloseable {
    static final String NAMESPACE = "default";

    private final EmbeddedKubernetes api = EmbeddedKubernetes.start();
    final KubernetesClient client;
    final ScriptedReconciliation reconciliation = new ScriptedReconciliation();
    final List<String> ends = new CopyOnWriteArrayList<>();
    /** Path and body of each patch. */
    final List<String> patches = new CopyOnWriteArrayList<>();

    /** Told of each request before it is sent. */
    volatile Consumer<HttpRequest> sending = _ -> {};

    private final List<ApiRequest> requests = new CopyOnWriteArrayList<>();
    private final List<KubernetesController> controllers = new ArrayList<>();

    Cluster() {
        api.refuse(request -> {
            requests.add(request);
            return Optional.empty();
        });
        this.client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(api.config())
                        .withRequestRetryBackoffLimit(1)
                        .build())
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("bodies", new Interceptor() {
                    @Override
                    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
                        sending.accept(request);
                        if (request.method().equals("PATCH")) {
                            patches.add(request.uri().getPath() + " " + request.bodyString());
                        }
                    }
                }))
                .build();
    }

    /** The client of somebody else. */
    KubernetesClient user() {
        return api.client();
    }

    EmbeddedKubernetes api() {
        return api;
    }

    /** The defaults at a test's pace, without leader election. */
    static ControllerSettings settings() {
        ControllerSettings defaults = ControllerSettings.defaults();
        return new ControllerSettings(
                null,
                10,
                defaults.driftPeriod(),
                Duration.ofMillis(50),
                Duration.ofMillis(200),
                Duration.ofMillis(100),
                Duration.ofMillis(500),
                false,
                defaults.lease());
    }

    static ControllerSettings drifting(Duration period) {
        ControllerSettings settings = settings();
        return new ControllerSettings(
                null,
                10,
                period,
                settings.retryFirst(),
                settings.retryLongest(),
                settings.nodesQuiet(),
                settings.nodesLongest(),
                false,
                settings.lease());
    }

    KubernetesController start() {
        return start(settings());
    }

    KubernetesController start(ControllerSettings settings) {
        KubernetesController controller = new KubernetesController(
                client, reconciliation, settings, new LeaseTenure(settings.lease()), ends::add, Clock.systemUTC());
        controllers.add(controller);
        controller.start();
        return controller;
    }

    static ObjectKey key(String name) {
        return new ObjectKey(NAMESPACE, name);
    }

    static ServiceBuilder loadBalancer(String name) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withType("LoadBalancer")
                .addNewPort()
                .withPort(80)
                .withProtocol("TCP")
                .endPort()
                .endSpec();
    }

    static NodeBuilder node(String name) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewStatus()
                .addNewAddress("192.0.2.1", "InternalIP")
                .endStatus();
    }

    Service create(ServiceBuilder service) {
        return client.resource(service.build()).create();
    }

    /** Changes a Service while a controller may write to it, too. */
    void edit(String name, Consumer<Service> change) {
        EmbeddedKubernetes.edit(user().services().inNamespace(NAMESPACE).withName(name), service -> {
            change.accept(service);
            return service;
        });
    }

    Node create(NodeBuilder node) {
        return client.resource(node.build()).create();
    }

    Service get(String name) {
        return client.services().inNamespace(NAMESPACE).withName(name).get();
    }

    /** In the order of their last write. */
    List<Event> events() {
        return client.v1().events().inNamespace(NAMESPACE).list().getItems().stream()
                .sorted(Comparator.comparingLong(
                        event -> Long.parseLong(event.getMetadata().getResourceVersion())))
                .toList();
    }

    List<String> reasons() {
        return events().stream().map(Event::getReason).toList();
    }

    /** Requests with this method whose path contains the text, so far. */
    List<ApiRequest> requests(String method, String path) {
        return requests.stream()
                .filter(request ->
                        request.method().equals(method) && request.path().contains(path))
                .toList();
    }

    @Override
    public void close() {
        controllers.forEach(KubernetesController::close);
        client.close();
        api.close();
    }
}
