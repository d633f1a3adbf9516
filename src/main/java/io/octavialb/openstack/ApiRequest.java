package io.octavialb.openstack;

import io.octavialb.openstack.CloudException.Kind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openstack4j.core.transport.HttpMethod;

/**
 * A request to an API, before it is known where that is.
 *
 * @param template the path below the API's root, with a placeholder such as {@code {id}} for each of {@code ids}
 * @param ids any text: what a user typed is encoded
 * @param ifMatch what has to hold for the change to be made, as in {@code revision_number=3}: else it is answered 412;
 *     null: nothing
 * @param mutation whether it is to change something, so that sending it twice is not the same as once
 */
record ApiRequest(
        HttpMethod method,
        String template,
        List<String> ids,
        Query query,
        @Nullable JsonBody body,
        @Nullable String ifMatch,
        boolean mutation) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[a-z]+}");

    ApiRequest {
        ids = List.copyOf(ids);
    }

    static ApiRequest get(String template, List<String> ids, Query query) {
        return new ApiRequest(HttpMethod.GET, template, ids, query, null, null, false);
    }

    static ApiRequest change(HttpMethod method, String template, List<String> ids, @Nullable JsonBody body) {
        return new ApiRequest(method, template, ids, Query.NONE, body, null, true);
    }

    ApiRequest onlyIf(String condition) {
        return new ApiRequest(method, template, ids, query, body, condition, mutation);
    }

    /** Method and template, as in {@code DELETE /v2/lbaas/pools/{pool}/members/{member}}. */
    String label() {
        return method + " " + template;
    }

    /** The path with the ids; an id that would make it another path is refused, unsent. */
    String path() {
        var values = ids.iterator();
        return PLACEHOLDER.matcher(template).replaceAll(_ -> Matcher.quoteReplacement(segment(values.next())));
    }

    private static String segment(String id) {
        if (id.isBlank() || id.equals(".") || id.equals("..")) {
            throw ExchangeException.unsent(Kind.BAD_REQUEST, "'" + id + "' is not an id");
        }
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
