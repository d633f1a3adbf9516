package io.octavialb.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import io.octavialb.openstack.CloudException.Kind;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.openstack4j.core.transport.HttpMethod;

/** What Octavia and Neutron do alike with resources: list, read, create, update, delete; each wraps them in a key. */
final class Resources {
    private final ServiceEndpoint endpoint;

    Resources(ServiceEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** The resources of all pages. */
    <T> List<T> list(String template, List<String> ids, Query query, String key, Class<T> type) {
        List<T> all = new ArrayList<>();
        Set<Query> seen = new HashSet<>();
        Query next = query;
        while (seen.add(next)) {
            Page<T> page = endpoint.call(
                    ApiRequest.get(template, ids, next), answer -> page(answer, query, key, type, Set.copyOf(seen)));
            all.addAll(page.resources());
            if (page.next().isEmpty()) {
                return List.copyOf(all);
            }
            next = page.next().get();
        }
        throw new IllegalStateException("a page that was seen is malformed");
    }

    <T> List<T> list(String template, Query query, String key, Class<T> type) {
        return list(template, List.of(), query, key, type);
    }

    /** The resource; empty when there is none. */
    <T> Optional<T> find(String template, String id, String key, Class<T> type) {
        try {
            return Optional.of(endpoint.call(
                    ApiRequest.get(template, List.of(id), Query.NONE), answer -> Json.resource(answer, key, type)));
        } catch (CloudException e) {
            if (e.fault().kind() == Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    <T> T create(String template, List<String> ids, String key, JsonNode resource, Class<T> type) {
        return endpoint.call(
                ApiRequest.change(HttpMethod.POST, template, ids, Json.wrapped(key, resource)),
                answer -> Json.resource(answer, key, type));
    }

    <T> T create(String template, String key, JsonNode resource, Function<JsonNode, T> reader) {
        return endpoint.call(
                ApiRequest.change(HttpMethod.POST, template, List.of(), Json.wrapped(key, resource)),
                answer -> Json.resource(answer, key, reader));
    }

    /** Several with one request: all of them, or none. */
    <T> List<T> createAll(String template, String key, JsonNode resources, Class<T> type) {
        return endpoint.call(
                ApiRequest.change(HttpMethod.POST, template, List.of(), Json.wrapped(key, resources)),
                answer -> Json.resources(answer, Json.tree(answer), key, type));
    }

    /** Changes it unless it was changed since it was read: then it is answered 412. */
    <T> T updateAt(int revision, String template, String id, String key, JsonNode changes, Class<T> type) {
        return endpoint.call(
                ApiRequest.change(HttpMethod.PUT, template, List.of(id), Json.wrapped(key, changes))
                        .onlyIf("revision_number=" + revision),
                answer -> Json.resource(answer, key, type));
    }

    <T> T update(String template, List<String> ids, String key, JsonNode changes, Class<T> type) {
        return endpoint.call(
                ApiRequest.change(HttpMethod.PUT, template, ids, Json.wrapped(key, changes)),
                answer -> Json.resource(answer, key, type));
    }

    /** A PUT whose answer has no body. */
    void replace(String template, List<String> ids, String key, JsonNode resources) {
        endpoint.call(
                ApiRequest.change(HttpMethod.PUT, template, ids, Json.wrapped(key, resources)), Answer::getStatus);
    }

    /** Deletes it; done as well when it is gone already. */
    void delete(String template, List<String> ids, Query query) {
        try {
            endpoint.call(new ApiRequest(HttpMethod.DELETE, template, ids, query, null, null, true), Answer::getStatus);
        } catch (CloudException e) {
            if (e.fault().kind() != Kind.NOT_FOUND) {
                throw e;
            }
        }
    }

    void delete(String template, String id) {
        delete(template, List.of(id), Query.NONE);
    }

    private record Page<T>(List<T> resources, Optional<Query> next) {}

    private static <T> Page<T> page(Answer answer, Query query, String key, Class<T> type, Set<Query> seen) {
        JsonNode tree = Json.tree(answer);
        Optional<Query> next = next(answer, tree.path(key + "_links")).map(query::followedBy);
        if (next.isPresent() && seen.contains(next.get())) {
            throw ExchangeException.malformed(answer, "its next page is one that was read already");
        }
        return new Page<>(Json.resources(answer, tree, key, type), next);
    }

    /** Of the link to the next page only the query: behind a proxy its host and path are often another's. */
    private static Optional<Query> next(Answer answer, JsonNode links) {
        for (JsonNode link : links) {
            if (link.path("rel").asText().equals("next")) {
                try {
                    String query = URI.create(link.path("href").asText()).getRawQuery();
                    return Optional.of(Query.parse(query == null ? "" : query));
                } catch (IllegalArgumentException e) {
                    throw ExchangeException.malformed(answer, "its link to the next page is no URL");
                }
            }
        }
        return Optional.empty();
    }
}
