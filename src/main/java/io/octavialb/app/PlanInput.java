package io.octavialb.app;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.octavialb.kubernetes.ClusterReader;
import io.octavialb.kubernetes.Conversion;
import io.octavialb.model.Notice;
import io.octavialb.model.kubernetes.Endpoint;
import io.octavialb.model.kubernetes.Node;
import io.octavialb.model.kubernetes.ObjectKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What plans are made from: Services as they are, or would be if a file was applied, and nodes.
 *
 * @param endpoints the pods behind a Service, asked for only where they are members
 */
record PlanInput(
        List<Subject> subjects,
        List<Node> nodes,
        Function<ObjectKey, List<Endpoint>> endpoints,
        @Nullable String loadBalancerClass) {

    /** @param notices what the file leaves open */
    record Subject(Service service, List<Notice> notices) {}

    /** From a cluster, with the Services of the file, if there is one, in the place of its own. */
    static PlanInput ofCluster(
            KubernetesClient client,
            @Nullable String loadBalancerClass,
            List<ObjectKey> keys,
            @Nullable ManifestFile file)
            throws StartupException {
        ClusterReader cluster = new ClusterReader(client, loadBalancerClass);
        List<Subject> subjects;
        if (file != null) {
            subjects = new ArrayList<>();
            String namespace = client.getNamespace();
            for (ServiceManifest manifest : manifests(file, namespace == null ? "default" : namespace)) {
                Service live = cluster.service(new ObjectKey(manifest.namespace(), manifest.name()))
                        .orElse(null);
                Service applied = manifest.applied(live);
                subjects.add(new Subject(applied, ServiceManifest.toCome(applied)));
            }
        } else if (keys.isEmpty()) {
            subjects = cluster.services().stream()
                    .map(service -> new Subject(service, List.of()))
                    .toList();
        } else {
            subjects = new ArrayList<>();
            for (ObjectKey key : keys) {
                Service service = cluster.service(key)
                        .orElseThrow(() -> new StartupException(key + ": the cluster has no such Service"));
                subjects.add(new Subject(service, List.of()));
            }
        }
        return new PlanInput(subjects, cluster.nodes(), cluster::endpoints, loadBalancerClass);
    }

    /** From files alone: Services are taken as they stand there. */
    static PlanInput ofFiles(ManifestFile services, ManifestFile nodes, @Nullable String loadBalancerClass)
            throws StartupException {
        List<Subject> subjects = new ArrayList<>();
        for (ServiceManifest manifest : manifests(services, "default")) {
            Service service = manifest.alone();
            subjects.add(new Subject(service, ServiceManifest.toCome(service)));
        }
        List<Node> all = new ArrayList<>();
        for (JsonNode node : nodes.objects()) {
            all.add(Conversion.node(nodes.as(io.fabric8.kubernetes.api.model.Node.class, node)));
        }
        return new PlanInput(subjects, all, _ -> List.of(), loadBalancerClass);
    }

    private static List<ServiceManifest> manifests(ManifestFile file, String namespace) throws StartupException {
        List<ServiceManifest> manifests = new ArrayList<>();
        Set<ObjectKey> seen = new HashSet<>();
        for (JsonNode object : file.objects()) {
            ServiceManifest manifest = ServiceManifest.of(file, object, namespace);
            ObjectKey key = new ObjectKey(manifest.namespace(), manifest.name());
            if (!seen.add(key)) {
                throw file.wrong("Service " + key + " is there twice");
            }
            manifests.add(manifest);
        }
        return manifests;
    }
}
