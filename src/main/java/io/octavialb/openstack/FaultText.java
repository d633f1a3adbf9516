package io.octavialb.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the words in an answer that say what is wrong, and keeps secrets out of them. */
final class FaultText {
    private static final int LONGEST = 500;
    private static final Pattern INVISIBLE =
            Pattern.compile("(?is)<(script|style|head)\\b.*?</\\1\\s*>|<!--.*?-->|<[^>]*>");
    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Cntrl}]+");
    /** A Fernet token as Keystone makes them, or a JWS one; also one that is not ours. */
    private static final Pattern TOKEN =
            Pattern.compile("gAAAA[A-Za-z0-9_%=-]{20,}|eyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

    private FaultText() {}

    /** The fault's own words, at most 500 characters on one line; the first words where its form is unknown. */
    static String of(Answer answer, List<String> secrets) {
        String body = new String(answer.body(), StandardCharsets.UTF_8);
        String words = words(body);
        return clean(words == null ? body : words, secrets);
    }

    static String clean(String text, List<String> secrets) {
        String visible = entities(INVISIBLE.matcher(masked(text, secrets)).replaceAll(" "));
        String line = masked(SPACE.matcher(visible).replaceAll(" ").strip(), secrets);
        if (line.isEmpty()) {
            return "no explanation";
        }
        int end = Character.isHighSurrogate(line.charAt(Math.min(line.length(), LONGEST) - 1)) ? LONGEST - 1 : LONGEST;
        return line.length() <= LONGEST ? line : line.substring(0, end);
    }

    private static String masked(String text, List<String> secrets) {
        String masked = text;
        for (String secret : secrets) {
            masked = secret.isEmpty() ? masked : masked.replace(secret, "***");
        }
        return TOKEN.matcher(masked).replaceAll("***");
    }

    private static String entities(String html) {
        return html.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&nbsp;", " ")
                .replace("&amp;", "&");
    }

    private static @Nullable String words(String body) {
        try {
            return words(Json.MAPPER.readTree(body));
        } catch (IOException e) {
            return null;
        }
    }

    /** Octavia: {@code faultstring}; Neutron: {@code NeutronError.message}; Keystone: {@code error.message}. */
    private static @Nullable String words(JsonNode fault) {
        for (String field : List.of("faultstring", "message", "NeutronError", "error", "description")) {
            JsonNode node = fault.path(field);
            if (node.isTextual()) {
                return node.textValue();
            }
            if (node.isObject()) {
                return words(node);
            }
        }
        Iterator<JsonNode> children = fault.iterator();
        return children.hasNext() ? words(children.next()) : null;
    }
}
