package io.octavialb.embedded.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSetMultimap;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request as it came, parsed but not judged.
 *
 * @param path begins with the API: {@code /identity}, {@code /networking} or {@code /load-balancer}
 * @param headers by their names in lower case
 * @param body null without one; {@code MissingNode} when it is no JSON
 */
public record CloudRequest(
        String method,
        String path,
        ImmutableListMultimap<String, String> query,
        Map<String, String> headers,
        @Nullable JsonNode body) {
    /** A request for callers in this process; the target may have a query. */
    public static CloudRequest of(String method, String target, String token, @Nullable JsonNode body) {
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        return new CloudRequest(
                method,
                path,
                parsed(question < 0 ? "" : target.substring(question + 1)),
                Map.of("x-auth-token", token),
                body);
    }

    public static ImmutableListMultimap<String, String> parsed(String rawQuery) {
        ImmutableListMultimap.Builder<String, String> query = ImmutableListMultimap.builder();
        for (String pair : Splitter.on('&').omitEmptyStrings().split(rawQuery)) {
            int equals = pair.indexOf('=');
            query.put(
                    decoded(equals < 0 ? pair : pair.substring(0, equals)),
                    equals < 0 ? "" : decoded(pair.substring(equals + 1)));
        }
        return query.build();
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    List<String> segments() {
        return Splitter.on('/')
                .omitEmptyStrings()
                .splitToStream(path)
                .map(CloudRequest::decoded)
                .toList();
    }

    @Nullable
    String first(String parameter) {
        return query.get(parameter).stream().findFirst().orElse(null);
    }

    @Nullable
    String header(String name) {
        return headers.get(name);
    }

    boolean is(String expected) {
        return method.equals(expected);
    }

    boolean changes() {
        return !is("GET") && !is("HEAD");
    }

    /** The names of {@code fields=}; empty when all are wanted. */
    ImmutableSetMultimap<String, String> fields() {
        ImmutableSetMultimap.Builder<String, String> fields = ImmutableSetMultimap.builder();
        query.get("fields").forEach(name -> fields.put("fields", name));
        return fields.build();
    }
}
