package io.octavialb.demo;

import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.octavialb.it.MergePatchDispatcher;
import io.octavialb.kubernetes.MemoryApiServer;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** The cluster of the demo, as its user sees it: nodes that are in the cloud's private subnet, and Services. */
final class DemoCluster implements AutoCloseable {
    private final MemoryApiServer server = new MemoryApiServer(new MergePatchDispatcher());

    DemoCluster() {
        for (String name : new String[] {"default", "kube-system"}) {
            client().namespaces()
                    .resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .withUid(UUID.randomUUID().toString())
                            .endMetadata()
                            .build())
                    .create();
        }
    }

    KubernetesClient client() {
        return server.user();
    }

    String kubeconfig() {
        return """
                apiVersion: v1
                kind: Config
                clusters: [{name: demo, cluster: {server: "%s"}}]
                contexts: [{name: demo, context: {cluster: demo, user: demo, namespace: default}}]
                users: [{name: demo, user: {}}]
                current-context: demo
                """.formatted(client().getConfiguration().getMasterUrl());
    }

    /** One of the instances that the cloud has, from 1 to 3. */
    void join(int number) {
        client().nodes()
                .resource(new NodeBuilder()
                        .withNewMetadata()
                        .withName("node-" + number)
                        .endMetadata()
                        .withNewSpec()
                        .withProviderID("openstack:///00000000-0000-4000-8000-00000000000" + number)
                        .endSpec()
                        .withNewStatus()
                        .addNewAddress("10.6.0.1" + number, "InternalIP")
                        .addNewCondition()
                        .withType("Ready")
                        .withStatus("True")
                        .endCondition()
                        .endStatus()
                        .build())
                .create();
    }

    void leave(int number) {
        client().nodes().withName("node-" + number).delete();
    }

    void create(Service service) {
        client().resource(new ServiceBuilder(service)
                        .editSpec()
                        .editMatchingPort(port -> port.getNodePort() == null)
                        .withNodePort(30080)
                        .endPort()
                        .endSpec()
                        .build())
                .create();
    }

    void addPort(String namespace, String name, int port) {
        client().services()
                .inNamespace(namespace)
                .withName(name)
                .edit(service -> new ServiceBuilder(service)
                        .editSpec()
                        .addNewPort()
                        .withName("port-" + port)
                        .withProtocol("TCP")
                        .withPort(port)
                        .withNodePort(30000 + port)
                        .endPort()
                        .endSpec()
                        .build());
    }

    void delete(String namespace, String name) {
        client().services().inNamespace(namespace).withName(name).delete();
    }

    Optional<Service> service(String namespace, String name) {
        return Optional.ofNullable(
                client().services().inNamespace(namespace).withName(name).get());
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

    @Override
    public void close() {
        server.close();
    }
}
