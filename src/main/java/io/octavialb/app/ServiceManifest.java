package io.octavialb.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Service;
import io.octavialb.kubernetes.AppliedService;
import io.octavialb.model.Notice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A Service as a file has it, checked for what the API server would refuse and this program can't do without.
 *
 * @param file where it is from
 * @param object the Service; namespace and all as written
 */
record ServiceManifest(ManifestFile file, ObjectNode object) {
    private static final Set<String> FAMILIES = Set.of("IPv4", "IPv6");
    private static final int LARGEST_PORT = 65_535;

    /** @param namespace of Services that name none */
    static ServiceManifest of(ManifestFile file, JsonNode object, String namespace) throws StartupException {
        ServiceManifest manifest = new ServiceManifest(file, object.deepCopy());
        if (manifest.object.get("metadata") instanceof ObjectNode metadata && !metadata.has("namespace")) {
            metadata.put("namespace", namespace);
        }
        manifest.check();
        return manifest;
    }

    private void check() throws StartupException {
        for (Map.Entry<String, JsonNode> annotation :
                object.path("metadata").path("annotations").properties()) {
            if (!annotation.getValue().isTextual()) {
                throw wrong("metadata.annotations." + annotation.getKey() + ": " + annotation.getValue()
                        + " is no string: put it in quotes");
            }
        }
        if (!object.path("spec").isObject()) {
            throw wrong("spec is missing");
        }
        for (JsonNode family : object.path("spec").path("ipFamilies")) {
            if (!FAMILIES.contains(family.asText())) {
                throw wrong("spec.ipFamilies: " + family + ": allowed are IPv4 and IPv6");
            }
        }
        int index = 0;
        for (JsonNode port : object.path("spec").path("ports")) {
            int number = port.path("port").asInt(0);
            if (number < 1 || number > LARGEST_PORT) {
                throw wrong("spec.ports[" + index + "].port: "
                        + port.path("port").asText("missing") + ": a number from 1 to " + LARGEST_PORT + " is needed");
            }
            index++;
        }
    }

    private StartupException wrong(String what) {
        return file.wrong("Service " + object.path("metadata").path("name").asText() + ": " + what);
    }

    String namespace() {
        return object.path("metadata").path("namespace").asText();
    }

    String name() {
        return object.path("metadata").path("name").asText();
    }

    /** As it stands in the file, with status, uid and all. */
    Service alone() throws StartupException {
        return file.as(Service.class, object);
    }

    /** As it would be in the cluster if the file was applied. */
    Service applied(@Nullable Service live) throws StartupException {
        if (live == null) {
            ObjectNode created = object.deepCopy();
            created.remove("status");
            if (created.get("metadata") instanceof ObjectNode metadata) {
                metadata.remove(List.of("uid", "deletionTimestamp", "finalizers", "managedFields"));
            }
            return file.as(Service.class, created);
        }
        return file.as(Service.class, AppliedService.of(object, ManifestFile.tree(live)));
    }

    /** What only the API server can say. */
    static List<Notice> toCome(Service service) {
        List<Notice> notices = new ArrayList<>();
        var spec = service.getSpec();
        if (!"LoadBalancer".equals(spec.getType()) || Boolean.FALSE.equals(spec.getAllocateLoadBalancerNodePorts())) {
            return notices;
        }
        spec.getPorts().stream()
                .filter(port -> port.getNodePort() == null || port.getNodePort() == 0)
                .forEach(port -> notices.add(new Notice(
                        "NodePortToCome",
                        "port " + port.getPort() + " has no nodePort yet: the API server gives it one when the file is "
                                + "applied, and then its pool gets its members")));
        return notices;
    }
}
