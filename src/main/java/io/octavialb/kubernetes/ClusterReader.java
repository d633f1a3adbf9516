package io.octavialb.kubernetes;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.octavialb.model.kubernetes.Endpoint;
import io.octavialb.model.kubernetes.Node;
import io.octavialb.model.kubernetes.ObjectKey;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the controller would see of a cluster now; sends nothing but GET.
 *
 * <p>Every method throws {@link io.fabric8.kubernetes.client.KubernetesClientException} when the API server can't be
 * asked or refuses.
 */
public final class ClusterReader {
    private final KubernetesClient client;
    private final @Nullable String loadBalancerClass;

    /** @param loadBalancerClass {@code --load-balancer-class} of the controller; null: Services without a class */
    public ClusterReader(KubernetesClient client, @Nullable String loadBalancerClass) {
        this.client = client;
        this.loadBalancerClass = loadBalancerClass;
    }

    /** All nodes, eligible or not. */
    public List<Node> nodes() {
        return client.nodes().list().getItems().stream().map(Conversion::node).toList();
    }

    /** The pods behind a Service. */
    public List<Endpoint> endpoints(ObjectKey service) {
        return client
                .discovery()
                .v1()
                .endpointSlices()
                .inNamespace(service.namespace())
                .withLabel(EndpointWatch.SERVICE_NAME, service.name())
                .list()
                .getItems()
                .stream()
                .flatMap(Conversion::endpoints)
                .distinct()
                .toList();
    }

    public Optional<Service> service(ObjectKey key) {
        return Optional.ofNullable(client.services()
                .inNamespace(key.namespace())
                .withName(key.name())
                .get());
    }

    /** Every Service that the controller has something to do with, by namespace and name. */
    public List<Service> services() {
        return client.services().inAnyNamespace().list().getItems().stream()
                .filter(service -> duty(service, loadBalancerClass) != Duty.NONE)
                .sorted(Comparator.comparing(
                                (Service service) -> service.getMetadata().getNamespace())
                        .thenComparing(service -> service.getMetadata().getName()))
                .toList();
    }

    /**
     * Every Service that may have something in the cloud, of whatever class: its type says so, or the finalizer that is
     * left of it.
     */
    public List<io.octavialb.model.kubernetes.Service> withLoadBalancers() {
        return client.services().inAnyNamespace().list().getItems().stream()
                .map(Conversion::service)
                .filter(ClusterReader::mayHaveLoadBalancer)
                .toList();
    }

    /** The Service of that namespace and name, if it may have something in the cloud. */
    public Optional<io.octavialb.model.kubernetes.Service> withLoadBalancer(ObjectKey key) {
        return service(key).map(Conversion::service).filter(ClusterReader::mayHaveLoadBalancer);
    }

    private static boolean mayHaveLoadBalancer(io.octavialb.model.kubernetes.Service service) {
        return service.type().equals("LoadBalancer") || Responsibility.hasFinalizer(service);
    }

    /** What a controller that serves the class has to do with the Service. */
    public static Duty duty(Service service, @Nullable String loadBalancerClass) {
        return new Responsibility(loadBalancerClass)
                .duty(
                        Conversion.service(service),
                        FieldManager.of(loadBalancerClass).writer(service));
    }
}
