package io.octavialb.embedded.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Label and field selectors, as lists and watches take them. */
final class Selectors {
    private static final Pattern EQUALITY = Pattern.compile("([^!=\\s]+)\\s*(==|=|!=)\\s*(\\S*)");
    private static final Pattern SET = Pattern.compile("(\\S+)\\s+(in|notin)\\s+\\(([^)]*)\\)");
    private static final Pattern PRESENCE = Pattern.compile("(!?)\\s*([^!=\\s()]+)");

    /** The fields besides {@code metadata.name} and {@code metadata.namespace}, by kind. */
    private static final Map<String, Set<String>> FIELDS = Map.of(
            "Event",
            Set.of(
                    "involvedObject.kind",
                    "involvedObject.namespace",
                    "involvedObject.name",
                    "involvedObject.uid",
                    "involvedObject.apiVersion",
                    "involvedObject.resourceVersion",
                    "involvedObject.fieldPath",
                    "reason",
                    "reportingComponent",
                    "source",
                    "type"),
            "Service",
            Set.of("spec.clusterIP", "spec.type"),
            "Node",
            Set.of("spec.unschedulable"),
            "Namespace",
            Set.of("status.phase"),
            "Secret",
            Set.of("type"),
            "Pod",
            Set.of("spec.nodeName", "spec.restartPolicy", "spec.serviceAccountName", "status.phase", "status.podIP"));

    private Selectors() {}

    /** @throws ApiException 400 for a selector that is not understood */
    static Predicate<JsonNode> of(ApiRequest request, ResourceType type) {
        return labels(request.parameter("labelSelector")).and(fields(request.parameter("fieldSelector"), type));
    }

    private static Predicate<JsonNode> labels(String selector) {
        Predicate<JsonNode> all = _ -> true;
        for (String part : selector.isBlank() ? new String[0] : selector.split(",(?![^(]*\\))", -1)) {
            all = all.and(label(part.strip()));
        }
        return all;
    }

    private static Predicate<JsonNode> label(String text) {
        Matcher set = SET.matcher(text);
        if (set.matches()) {
            List<String> values = Arrays.stream(set.group(3).split(",", -1))
                    .map(String::strip)
                    .toList();
            boolean in = set.group(2).equals("in");
            return object -> in == values.contains(label(object, set.group(1)));
        }
        Matcher equality = EQUALITY.matcher(text);
        if (equality.matches()) {
            boolean equal = !equality.group(2).equals("!=");
            return object -> equal == label(object, equality.group(1)).equals(equality.group(3));
        }
        Matcher presence = PRESENCE.matcher(text);
        if (presence.matches()) {
            boolean present = presence.group(1).isEmpty();
            return object -> present == object.path("metadata").path("labels").has(presence.group(2));
        }
        throw ApiException.badRequest("unable to parse requirement: " + text);
    }

    /** A value that no label has stands for a label that is not there. */
    private static String label(JsonNode object, String key) {
        return object.path("metadata").path("labels").path(key).asText("\0");
    }

    private static Predicate<JsonNode> fields(String selector, ResourceType type) {
        Predicate<JsonNode> all = _ -> true;
        for (String part : selector.isBlank() ? new String[0] : selector.split(",", -1)) {
            Matcher term = EQUALITY.matcher(part.strip());
            if (!term.matches()) {
                throw ApiException.badRequest("invalid selector: " + Json.quoted(part));
            }
            String field = term.group(1);
            if (!Set.of("metadata.name", "metadata.namespace").contains(field)
                    && !FIELDS.getOrDefault(type.kind(), Set.of()).contains(field)) {
                throw ApiException.badRequest("field label not supported: " + field);
            }
            String path = field.equals("source") ? "source.component" : field;
            boolean equal = !term.group(2).equals("!=");
            all = all.and(object -> equal == Json.text(object, path).equals(term.group(3)));
        }
        return all;
    }
}
