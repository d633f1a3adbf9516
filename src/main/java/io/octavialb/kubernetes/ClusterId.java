package io.octavialb.kubernetes;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;

/** The id of a cluster: the UID of its namespace kube-system, which lives as long as the cluster. */
public final class ClusterId {
    private static final String NAMESPACE = "kube-system";

    private ClusterId() {}

    /**
     * Asks the API server.
     *
     * @throws io.fabric8.kubernetes.client.KubernetesClientException if the API server can't be asked or refuses
     */
    public static String read(KubernetesClient client) {
        Namespace namespace = client.namespaces().withName(NAMESPACE).get();
        if (namespace == null) {
            throw new IllegalStateException(
                    "the cluster has no namespace " + NAMESPACE + ": name the cluster's id with --cluster-id");
        }
        return namespace.getMetadata().getUid();
    }
}
