package io.octavialb.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.octavialb.kubernetes.Conversion;
import io.octavialb.model.kubernetes.Node;
import io.octavialb.model.kubernetes.Service;

/** Kubernetes objects from YAML, by the same way as from a watch. */
final class KubernetesYaml {
    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    private KubernetesYaml() {}

    static Service service(JsonNode yaml) {
        return Conversion.service(
                SERIALIZATION.unmarshal(yaml.toString(), io.fabric8.kubernetes.api.model.Service.class));
    }

    static Node node(JsonNode yaml) {
        return Conversion.node(SERIALIZATION.unmarshal(yaml.toString(), io.fabric8.kubernetes.api.model.Node.class));
    }
}
