package io.octavialb.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openstack4j.core.transport.HttpMethod;

/**
 * One request to an API.
 *
 * @param template the path with {@code {id}} for ids: names the request in faults and metrics
 * @param path what follows the endpoint
 * @param body null for none
 */
record ApiRequest(
        HttpMethod method,
        String template,
        String path,
        List<Parameter> query,
        @Nullable JsonNode body) {

    /** A query parameter; a name may occur several times. */
    record Parameter(String name, String value) {}

    ApiRequest {
        query = List.copyOf(query);
    }

    static ApiRequest of(HttpMethod method, String template, String... ids) {
        String path = template;
        for (String id : ids) {
            path = path.replaceFirst("\\{[a-z]+}", PathSegment.of(id));
        }
        return new ApiRequest(method, template, path, List.of(), null);
    }

    ApiRequest with(String parameter, String value) {
        List<Parameter> longer = new ArrayList<>(query);
        longer.add(new Parameter(parameter, value));
        return withQuery(longer);
    }

    ApiRequest withQuery(List<Parameter> parameters) {
        return new ApiRequest(method, template, path, parameters, body);
    }

    ApiRequest with(JsonNode content) {
        return new ApiRequest(method, template, path, query, content);
    }

    /** Whether it changes anything; getting a token does not. */
    boolean mutates() {
        return method != HttpMethod.GET && !template.equals(Authentication.PATH);
    }

    /** For faults and metrics: {@code GET /v2/lbaas/pools/{id}}. */
    String label() {
        return method + " " + template;
    }
}
