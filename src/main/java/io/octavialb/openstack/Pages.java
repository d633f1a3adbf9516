package io.octavialb.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.octavialb.openstack.ApiRequest.Parameter;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads lists to their last page, by the links with rel {@code next}.
 *
 * <p>Of a link only the query is used: behind a proxy its host is often wrong.
 */
record Pages(Requests requests, ObjectMapper json) {

    /** A page's resources, and the query of the next page; null at the end. */
    private record Page<T>(List<T> resources, @Nullable List<Parameter> next) {}

    <T> List<T> all(ApiService service, ApiRequest request, String name, Class<T> type) {
        List<T> found = new ArrayList<>();
        Set<List<Parameter>> asked = new HashSet<>();
        ApiRequest next = request;
        while (next != null && asked.add(next.query())) {
            Page<T> page = requests.send(service, next, body -> page(body, name, type));
            found.addAll(page.resources());
            next = page.next() == null ? null : request.withQuery(page.next());
        }
        return found;
    }

    private <T> Page<T> page(JsonNode body, String name, Class<T> type) {
        JsonNode list = body.path(name);
        if (!list.isArray()) {
            throw new IllegalArgumentException("no list \"" + name + "\"");
        }
        List<T> resources = new ArrayList<>();
        list.forEach(node -> resources.add(json.convertValue(node, type)));
        return new Page<>(resources, next(body.path(name + "_links")));
    }

    private static @Nullable List<Parameter> next(JsonNode links) {
        for (JsonNode link : links) {
            if (link.path("rel").asText().equals("next")) {
                String query = URI.create(link.path("href").asText()).getRawQuery();
                return query == null ? null : parameters(query);
            }
        }
        return null;
    }

    private static List<Parameter> parameters(String query) {
        return Arrays.stream(query.split("&", -1))
                .map(parameter -> parameter.split("=", 2))
                .map(pair -> new Parameter(decoded(pair[0]), pair.length == 1 ? "" : decoded(pair[1])))
                .toList();
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
