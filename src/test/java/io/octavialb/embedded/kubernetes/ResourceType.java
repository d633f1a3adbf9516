package io.octavialb.embedded.kubernetes;

import java.util.List;
import java.util.Optional;

/**
 * A type of object that is served.
 *
 * @param group empty: the core group
 * @param status whether the type has the subresource status
 */
record ResourceType(
        String group,
        String version,
        String plural,
        String kind,
        boolean namespaced,
        boolean status,
        List<String> shortNames) {

    static final ResourceType NAMESPACES = core("namespaces", "Namespace", false, true, "ns");
    static final ResourceType SERVICES = core("services", "Service", true, true, "svc");
    static final ResourceType NODES = core("nodes", "Node", false, true, "no");
    static final ResourceType EVENTS = core("events", "Event", true, false, "ev");

    static final List<ResourceType> SERVED = List.of(
            NAMESPACES,
            SERVICES,
            NODES,
            EVENTS,
            core("pods", "Pod", true, true, "po"),
            core("endpoints", "Endpoints", true, false, "ep"),
            core("configmaps", "ConfigMap", true, false, "cm"),
            core("secrets", "Secret", true, false),
            core("serviceaccounts", "ServiceAccount", true, false, "sa"),
            new ResourceType("coordination.k8s.io", "v1", "leases", "Lease", true, false, List.of()),
            new ResourceType("discovery.k8s.io", "v1", "endpointslices", "EndpointSlice", true, false, List.of()));

    private static ResourceType core(
            String plural, String kind, boolean namespaced, boolean status, String... shortNames) {
        return new ResourceType("", "v1", plural, kind, namespaced, status, List.of(shortNames));
    }

    static Optional<ResourceType> find(String group, String version, String plural) {
        return SERVED.stream()
                .filter(type -> type.group.equals(group) && type.version.equals(version) && type.plural.equals(plural))
                .findAny();
    }

    String groupVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** As messages name it: {@code leases.coordination.k8s.io}. */
    String qualified() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    /** The path of one object, or of all when the name is empty; of all namespaces when that is empty. */
    String path(String namespace, String name) {
        return (group.isEmpty() ? "/api/" : "/apis/" + group + "/")
                + version
                + (namespace.isEmpty() || !namespaced ? "" : "/namespaces/" + namespace)
                + "/"
                + plural
                + (name.isEmpty() ? "" : "/" + name);
    }
}
