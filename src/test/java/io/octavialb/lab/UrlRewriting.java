package io.octavialb.lab;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Replaces the services' own URLs in JSON answers by the proxies', so that clients that follow the Keystone catalog,
 * version documents or the {@code next} links of a page stay on the proxies.
 *
 * @param origins from a service's origin ({@code http://host:port}) to its proxy's
 */
record UrlRewriting(Map<String, String> origins) {
    UrlRewriting {
        origins = Map.copyOf(origins);
    }

    static String origin(URI uri) {
        return uri.getScheme() + "://" + uri.getAuthority();
    }

    byte[] apply(byte[] json) {
        var text = new String(json, StandardCharsets.UTF_8);
        for (var entry : origins.entrySet()) {
            // whole origins only: port 987 is not a prefix of 9876
            text = text.replaceAll(Pattern.quote(entry.getKey()) + "(?![0-9])", entry.getValue());
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
