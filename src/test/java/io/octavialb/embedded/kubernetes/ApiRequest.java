package io.octavialb.embedded.kubernetes;

import io.fabric8.mockwebserver.http.RecordedRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A request to the API server.
 *
 * @param path with the query, as it was sent
 */
public record ApiRequest(String method, String path, String accept, String contentType, String userAgent, String body) {

    static ApiRequest of(RecordedRequest request) {
        return new ApiRequest(
                request.getMethod(),
                request.getPath(),
                Objects.requireNonNullElse(request.getHeader("Accept"), ""),
                Objects.requireNonNullElse(request.getHeader("Content-Type"), ""),
                Objects.requireNonNullElse(request.getHeader("User-Agent"), ""),
                new String(request.getBody().getBytes(), StandardCharsets.UTF_8));
    }

    /** Without the query. */
    public String resourcePath() {
        return path.replaceFirst("\\?.*", "");
    }

    /** The value of a parameter of the query; empty when there is none. */
    public String parameter(String name) {
        return parameters().getOrDefault(name, "");
    }

    public boolean isWatch() {
        return method.equals("GET") && List.of("true", "1").contains(parameter("watch"));
    }

    boolean dryRun() {
        return parameter("dryRun").equals("All");
    }

    /** As the API server does: the parameter, else the program's name in User-Agent. */
    String fieldManager() {
        String given = parameter("fieldManager");
        return given.isEmpty() ? userAgent.replaceFirst("/.*", "") : given;
    }

    private Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        int from = path.indexOf('?');
        if (from >= 0) {
            for (String pair : path.substring(from + 1).split("&", -1)) {
                String[] parts = pair.split("=", 2);
                parameters.put(decoded(parts[0]), parts.length == 1 ? "" : decoded(parts[1]));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /**
     * What a path names.
     *
     * @param namespace empty: none, or all
     * @param name empty: the collection
     * @param subresource empty: the object itself
     */
    record Target(ResourceType type, String namespace, String name, String subresource) {}

    /** Empty if the path names nothing that is served. */
    Optional<Target> target() {
        List<String> steps = new ArrayList<>(
                Arrays.asList(decoded(resourcePath().substring(1)).split("/", -1)));
        String group = switch (steps.removeFirst()) {
            case "api" -> "";
            case "apis" -> steps.isEmpty() ? "?" : steps.removeFirst();
            default -> "?";
        };
        if (group.equals("?") || steps.size() < 2) {
            return Optional.empty();
        }
        String version = steps.removeFirst();
        String namespace = "";
        boolean ofNamespace = steps.size() > 2
                && steps.getFirst().equals("namespaces")
                && !List.of("status", "finalize").contains(steps.get(2));
        if (ofNamespace) {
            namespace = steps.get(1);
            steps = steps.subList(2, steps.size());
        }
        String in = namespace;
        String name = steps.size() > 1 ? steps.get(1) : "";
        String subresource = steps.size() > 2 ? steps.get(2) : "";
        return steps.size() > 3
                ? Optional.empty()
                : ResourceType.find(group, version, steps.getFirst())
                        .filter(type -> type.namespaced() || in.isEmpty())
                        .map(type -> new Target(type, in, name, subresource));
    }
}
