package io.octavialb.demo;

import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.ServiceResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.octavialb.embedded.kubernetes.EmbeddedKubernetes;
import java.util.Objects;
import java.util.Optional;

/**
 * What a user does to the demo's cluster.
 *
 * @param client the user's
 */
record DemoCluster(EmbeddedKubernetes api, KubernetesClient client) {
    static DemoCluster of(EmbeddedKubernetes api) {
        return new DemoCluster(api, api.client());
    }

    /** One of the instances that the cloud has, from 1 to 3. */
    void join(int number) {
        api.node("node-" + number, "openstack:///00000000-0000-4000-8000-00000000000" + number, "10.6.0.1" + number);
    }

    void leave(int number) {
        client.nodes().withName("node-" + number).delete();
    }

    /** As {@code kubectl apply} does it, which may then be used on it without a warning. */
    void apply(Service service) {
        client.resource(new ServiceBuilder(service)
                        .editMetadata()
                        .addToAnnotations(
                                "kubectl.kubernetes.io/last-applied-configuration", Serialization.asJson(service))
                        .endMetadata()
                        .build())
                .create();
    }

    void addPort(String namespace, String name, int port) {
        named(namespace, name)
                .edit(service -> new ServiceBuilder(service)
                        .editSpec()
                        .addNewPort()
                        .withName("port-" + port)
                        .withProtocol("TCP")
                        .withPort(port)
                        .endPort()
                        .endSpec()
                        .build());
    }

    void delete(String namespace, String name) {
        named(namespace, name).delete();
    }

    Optional<Service> service(String namespace, String name) {
        return Optional.ofNullable(named(namespace, name).get());
    }

    private ServiceResource<Service> named(String namespace, String name) {
        return client.services().inNamespace(namespace).withName(name);
    }

    /** The address in the status; empty while there is none. */
    static String address(Service service) {
        if (service.getStatus() == null || service.getStatus().getLoadBalancer() == null) {
            return "";
        }
        return service.getStatus().getLoadBalancer().getIngress().stream()
                .map(LoadBalancerIngress::getIp)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("");
    }
}
