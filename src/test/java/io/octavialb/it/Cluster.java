package io.octavialb.it;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.fabric8.kubernetes.api.model.ServiceStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.octavialb.embedded.kubernetes.EmbeddedKubernetes;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A Kubernetes API in memory, with what the controller expects of a cluster. */
final class Cluster implements AutoCloseable {
    static final String NAMESPACE = "default";

    private final EmbeddedKubernetes server = EmbeddedKubernetes.start();
    private final KubernetesClient client = server.client();

    KubernetesClient client() {
        return client;
    }

    /** A node of the lab: 1 to 3 have ports of their own there. */
    void node(int number) {
        server.node("node-" + number, "openstack:///00000000-0000-4000-8000-00000000000" + number, "10.6.0.1" + number);
    }

    void removeNode(int number) {
        client.nodes().withName("node-" + number).delete();
    }

    static ServicePort port(String protocol, int port) {
        return new ServicePortBuilder()
                .withName(protocol.toLowerCase(Locale.ROOT) + "-" + port)
                .withProtocol(protocol)
                .withPort(port)
                .build();
    }

    void create(String name, Map<String, String> annotations, ServicePort... ports) {
        client.services()
                .inNamespace(NAMESPACE)
                .resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(NAMESPACE)
                        .withAnnotations(annotations)
                        .endMetadata()
                        .withNewSpec()
                        .withType("LoadBalancer")
                        .withPorts(List.of(ports))
                        .withExternalTrafficPolicy("Cluster")
                        .withSessionAffinity("None")
                        .withIpFamilies("IPv4")
                        .endSpec()
                        .build())
                .create();
    }

    void edit(String name, UnaryOperator<ServiceBuilder> change) {
        EmbeddedKubernetes.edit(
                client.services().inNamespace(NAMESPACE).withName(name),
                service -> change.apply(new ServiceBuilder(service)).build());
    }

    void delete(String name) {
        client.services().inNamespace(NAMESPACE).withName(name).delete();
    }

    boolean exists(String name) {
        return client.services().inNamespace(NAMESPACE).withName(name).get() != null;
    }

    Service service(String name) {
        return client.services().inNamespace(NAMESPACE).withName(name).require();
    }

    /** The port of the nodes that leads to the Service's first port. */
    int nodePort(String name) {
        return service(name).getSpec().getPorts().getFirst().getNodePort();
    }

    /** The address in the status; empty while there is none. */
    String address(String name) {
        return ingress(name).map(LoadBalancerIngress::getIp).orElse("");
    }

    /** The first entry of the status. */
    Optional<LoadBalancerIngress> ingress(String name) {
        return Optional.ofNullable(service(name).getStatus())
                .map(ServiceStatus::getLoadBalancer)
                .flatMap(loadBalancer -> loadBalancer.getIngress().stream().findFirst());
    }

    String annotation(String name, String key) {
        return service(name).getMetadata().getAnnotations().getOrDefault(key, "");
    }

    /** In the order of their last write. */
    List<Event> events(String name) {
        return client.v1().events().inNamespace(NAMESPACE).list().getItems().stream()
                .sorted(Comparator.comparingLong(
                        event -> Long.parseLong(event.getMetadata().getResourceVersion())))
                .filter(event -> event.getInvolvedObject().getName().equals(name))
                .toList();
    }

    List<String> eventReasons(String name) {
        return events(name).stream().map(Event::getReason).toList();
    }

    @Override
    public void close() {
        server.close();
    }
}
