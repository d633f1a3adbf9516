package io.octavialb.embedded.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One attribute of an Octavia resource, as {@code octavia/api/v2/types} declares it.
 *
 * @param complaint what WSME says against a value, or null when it is good
 * @param fallback its value when it is left out of a create, or null in an update
 * @param use when a request may have it
 * @param batchReset whether a batch PUT without it sets it back
 * @param since the minor of the API version 2 that brought it
 */
record Attribute(
        String name,
        Function<JsonNode, @Nullable String> complaint,
        JsonNode fallback,
        Use use,
        boolean mandatory,
        boolean batchReset,
        int since) {
    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}");

    /** In which requests an attribute may stand. */
    enum Use {
        SHOWN,
        CREATE,
        CREATE_AND_UPDATE
    }

    private static Attribute of(String name, JsonNode fallback, Function<JsonNode, @Nullable String> complaint) {
        return new Attribute(name, complaint, fallback, Use.CREATE_AND_UPDATE, false, false, 0);
    }

    static Attribute shown(String name) {
        return of(name, NullNode.instance, _ -> null).use(Use.SHOWN);
    }

    static Attribute text(String name) {
        return of(name, NullNode.instance, value -> {
            if (!value.isTextual()) {
                return "Wrong type. Expected '<class 'str'>', got '" + value.getNodeType() + "'";
            }
            return value.textValue().length() > 255 ? "Value should have a maximum character requirement of 255" : null;
        });
    }

    /** A name or description: never null in an answer. */
    static Attribute words(String name) {
        return text(name).orElse(TextNode.valueOf(""));
    }

    static Attribute integer(String name, int minimum, int maximum) {
        return of(name, NullNode.instance, value -> {
            if (!value.canConvertToInt()) {
                return "invalid literal for int() with base 10: '" + value.asText() + "'";
            }
            if (value.intValue() < minimum) {
                return "Value should be greater or equal to " + minimum;
            }
            return value.intValue() > maximum ? "Value should be lower or equal to " + maximum : null;
        });
    }

    static Attribute number(String name) {
        return of(name, NullNode.instance, value -> value.isNumber() ? null : "Value should be a number");
    }

    static Attribute flag(String name, boolean fallback) {
        return of(name, BooleanNode.valueOf(fallback), value -> value.isBoolean() ? null : "Wrong type. Expected bool");
    }

    static Attribute id(String name) {
        return of(
                name,
                NullNode.instance,
                value -> UUID.matcher(value.asText()).matches() ? null : "Value should be UUID format");
    }

    static Attribute address(String name) {
        return of(
                name,
                NullNode.instance,
                value -> Addresses.valid(value.asText()) ? null : "Value should be IPv4 or IPv6 format");
    }

    static Attribute oneOf(String name, String... values) {
        TreeSet<String> allowed = new TreeSet<>(List.of(values));
        return of(
                name,
                NullNode.instance,
                value -> allowed.contains(value.asText())
                        ? null
                        : "Value should be one of: " + String.join(", ", allowed));
    }

    static Attribute cidrs(String name) {
        return of(name, NullNode.instance, value -> {
            for (JsonNode cidr : value) {
                if (Addresses.network(cidr.asText()) == null) {
                    return "Value should be IPv4 or IPv6 CIDR format";
                }
            }
            return null;
        });
    }

    static Attribute list(String name) {
        return of(name, array(), value -> value.isArray() ? null : "Wrong type. Expected '[]'");
    }

    /** An object whose own attribute {@code type} is one of three; Octavia names {@code type} itself in its complaint. */
    static Attribute sessionPersistence(String name) {
        return any(name).complaining(value -> {
            String type = value.path("type").asText("");
            return type.isEmpty()
                            || Set.of("APP_COOKIE", "HTTP_COOKIE", "SOURCE_IP").contains(type)
                    ? null
                    : "Value should be one of: HTTP_COOKIE, APP_COOKIE, SOURCE_IP";
        });
    }

    private Attribute complaining(Function<JsonNode, @Nullable String> other) {
        return new Attribute(name, other, fallback, use, mandatory, batchReset, since);
    }

    static Attribute any(String name) {
        return of(name, NullNode.instance, _ -> null);
    }

    static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    Attribute orElse(JsonNode other) {
        return new Attribute(name, complaint, other, use, mandatory, batchReset, since);
    }

    Attribute orElse(int other) {
        return orElse(IntNode.valueOf(other));
    }

    Attribute use(Use other) {
        return new Attribute(name, complaint, fallback, other, mandatory, batchReset, since);
    }

    /** Can't be changed later. */
    Attribute fixed() {
        return use(Use.CREATE);
    }

    Attribute required() {
        return new Attribute(name, complaint, fallback, use, true, batchReset, since);
    }

    Attribute resetByBatch() {
        return new Attribute(name, complaint, fallback, use, mandatory, true, since);
    }

    /** Not known before version 2.{@code minor}. */
    Attribute since(int minor) {
        return new Attribute(name, complaint, fallback, use, mandatory, batchReset, minor);
    }

    /** The value as it is kept: CIDRs without host bits, tags sorted, and null for a list without CIDRs. */
    JsonNode kept(JsonNode value) {
        if (value.isNull()) {
            return fallback.deepCopy();
        }
        return switch (name) {
            case "allowed_cidrs" -> networks(value);
            case "tags" -> sorted(value);
            default -> value.deepCopy();
        };
    }

    private static JsonNode networks(JsonNode cidrs) {
        ArrayNode networks = array();
        cidrs.forEach(cidr -> networks.add(Addresses.network(cidr.asText())));
        return networks.isEmpty() ? NullNode.instance : networks;
    }

    private static ArrayNode sorted(JsonNode tags) {
        TreeSet<String> sorted = new TreeSet<>();
        tags.forEach(tag -> sorted.add(tag.asText()));
        ArrayNode array = array();
        sorted.forEach(array::add);
        return array;
    }
}
