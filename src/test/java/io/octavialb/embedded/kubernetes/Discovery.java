package io.octavialb.embedded.kubernetes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What is served: the answers from which kubectl learns the types and their short names. */
final class Discovery {
    private static final String VERBS = "create delete deletecollection get list patch update watch";
    private static final String MINOR = "32";

    private Discovery() {}

    static Optional<ObjectNode> answer(String path) {
        return switch (path) {
            case "/version", "/version/" -> Optional.of(version());
            case "/api", "/api/" -> Optional.of(core());
            case "/apis", "/apis/" -> Optional.of(groups());
            default ->
                groupVersions()
                        .filter(groupVersion -> path.replaceFirst("/$", "").equals(prefix(groupVersion) + groupVersion))
                        .findAny()
                        .map(Discovery::resources);
        };
    }

    private static Stream<String> groupVersions() {
        return ResourceType.SERVED.stream().map(ResourceType::groupVersion).distinct();
    }

    private static String prefix(String groupVersion) {
        return groupVersion.contains("/") ? "/apis/" : "/api/";
    }

    private static ObjectNode version() {
        ObjectNode version = Json.object();
        Map.of(
                        "major", "1",
                        "minor", MINOR,
                        "gitVersion", "v1." + MINOR + ".0-embedded",
                        "gitCommit", "",
                        "gitTreeState", "clean",
                        "buildDate", "1970-01-01T00:00:00Z",
                        "goVersion", "",
                        "compiler", "",
                        "platform", "")
                .forEach(version::put);
        return version;
    }

    private static ObjectNode core() {
        ObjectNode versions = Json.object().put("kind", "APIVersions");
        versions.putArray("versions").add("v1");
        versions.putArray("serverAddressByClientCIDRs");
        return versions;
    }

    private static ObjectNode groups() {
        ObjectNode list = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
        ArrayNode groups = list.putArray("groups");
        groupVersions().filter(groupVersion -> groupVersion.contains("/")).forEach(groupVersion -> {
            String[] parts = groupVersion.split("/", 2);
            ObjectNode version = Json.object().put("groupVersion", groupVersion).put("version", parts[1]);
            ObjectNode group = groups.addObject().put("name", parts[0]);
            group.putArray("versions").add(version);
            group.set("preferredVersion", version);
        });
        return list;
    }

    private static ObjectNode resources(String groupVersion) {
        ObjectNode list = Json.object()
                .put("kind", "APIResourceList")
                .put("apiVersion", "v1")
                .put("groupVersion", groupVersion);
        ArrayNode resources = list.putArray("resources");
        for (ResourceType type : ResourceType.SERVED) {
            if (type.groupVersion().equals(groupVersion)) {
                ObjectNode resource = resource(resources, type, type.plural(), VERBS);
                resource.put("singularName", type.kind().toLowerCase(Locale.ROOT));
                type.shortNames().forEach(resource.putArray("shortNames")::add);
                if (List.of("services", "pods").contains(type.plural())) {
                    resource.putArray("categories").add("all");
                }
                if (type.status()) {
                    resource(resources, type, type.plural() + "/status", "get patch update");
                }
            }
        }
        return list;
    }

    private static ObjectNode resource(ArrayNode resources, ResourceType type, String name, String verbs) {
        ObjectNode resource = resources
                .addObject()
                .put("name", name)
                .put("singularName", "")
                .put("namespaced", type.namespaced())
                .put("kind", type.kind());
        ArrayNode listed = resource.putArray("verbs");
        Stream.of(verbs.split(" ", -1)).forEach(listed::add);
        return resource;
    }
}
