package io.octavialb.embedded.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.Splitter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Filters, order and pages of Octavia's lists, as {@code octavia/api/common/pagination.py} has them.
 *
 * <p>The next page's link carries {@code limit}, {@code sort} and {@code marker} only, no filter and no
 * {@code fields}; a page in reverse holds the first, not the last, of the rows before the marker.
 */
final class OctaviaList {
    private static final Set<String> AUXILIARY =
            Set.of("limit", "marker", "sort", "sort_key", "sort_dir", "fields", "page_reverse", "project_id");
    private static final Set<String> TAGS = Set.of("tags", "tags-any", "not-tags", "not-tags-any");

    private final CloudRequest request;
    private final Predicate<String> known;
    private final int maxPageSize;
    private final String url;

    /** The url is that of the collection, for links; known says whether a parameter is an attribute. */
    OctaviaList(CloudRequest request, Predicate<String> known, int maxPageSize, String url) {
        this.request = request;
        this.known = known;
        this.maxPageSize = maxPageSize;
        this.url = url;
    }

    /** The answer to a list of these views under this key. */
    CloudAnswer answer(String key, List<ObjectNode> views) {
        int limit = limit();
        List<ObjectNode> rows =
                new ArrayList<>(views.stream().filter(this::matches).toList());
        rows.sort(order());
        rows = afterMarker(rows, views);
        List<ObjectNode> page = rows.subList(0, Math.min(limit, rows.size()));
        ObjectNode body = CloudState.object();
        ArrayNode array = body.putArray(key);
        Set<String> fields = new HashSet<>(request.fields().get("fields"));
        page.forEach(row -> array.add(fields.isEmpty() ? row : row.deepCopy().retain(fields)));
        links(body.putArray(key + "_links"), page, limit);
        return CloudAnswer.of(200, body);
    }

    private int limit() {
        String text = request.first("limit");
        if (text == null) {
            return maxPageSize;
        }
        try {
            int limit = text.equals("infinite") ? 0 : Integer.parseInt(text);
            return limit < 1 ? maxPageSize : Math.min(limit, maxPageSize);
        } catch (NumberFormatException e) {
            throw Refusal.octaviaRouting(400, "Bad Request", "Supplied pagination limit '" + text + "' is not valid.");
        }
    }

    private boolean matches(ObjectNode row) {
        for (String name : request.query().keySet()) {
            if (AUXILIARY.contains(name)) {
                continue;
            }
            List<String> values = request.query().get(name);
            if (TAGS.contains(name) && row.has("tags")) {
                if (!tagged(name, row, values)) {
                    return false;
                }
            } else if (!matches(row.path(name), values.getFirst())) {
                return false;
            }
        }
        return true;
    }

    /** Refuses parameters that are no attribute, and those that come twice. */
    OctaviaList checked() {
        for (String name : request.query().keySet()) {
            boolean good = AUXILIARY.contains(name)
                    || TAGS.contains(name)
                    || (known.test(name) && request.query().get(name).size() == 1);
            if (!good) {
                throw Refusal.octavia(400, "One or more arguments are either duplicate or invalid");
            }
        }
        return this;
    }

    private static boolean matches(JsonNode value, String wanted) {
        if (value.isBoolean()) {
            return value.booleanValue()
                    == Set.of("true", "1", "yes", "on", "t", "y").contains(wanted.toLowerCase(Locale.ROOT));
        }
        return value.isNull() ? wanted.isEmpty() : value.asText().equals(wanted);
    }

    static boolean tagged(String filter, JsonNode row, List<String> values) {
        Set<String> has = new HashSet<>();
        row.path("tags").forEach(tag -> has.add(tag.asText()));
        List<String> wanted = values.stream()
                .flatMap(it -> Splitter.on(',').splitToStream(it))
                .toList();
        return switch (filter) {
            case "tags" -> has.containsAll(wanted);
            case "tags-any" -> wanted.stream().anyMatch(has::contains);
            case "not-tags" -> !has.containsAll(wanted);
            default -> wanted.stream().noneMatch(has::contains);
        };
    }

    private Comparator<ObjectNode> order() {
        Comparator<ObjectNode> order = null;
        for (String part : sortKeys()) {
            List<String> keyAndDirection = Splitter.on(':').splitToList(part);
            String key = keyAndDirection.getFirst();
            if (!known.test(key)) {
                throw Refusal.octavia(400, "Supplied sort key '" + key + "' is not valid.");
            }
            Comparator<ObjectNode> by =
                    Comparator.comparing(row -> row.path(key).asText());
            by = keyAndDirection.size() > 1 && keyAndDirection.get(1).equals("desc") ? by.reversed() : by;
            order = order == null ? by : order.thenComparing(by);
        }
        Comparator<ObjectNode> age = Comparator.comparing(
                        (ObjectNode row) -> row.path("created_at").asText())
                .thenComparing(row -> row.path("id").asText());
        return order == null ? age : order.thenComparing(age);
    }

    private List<String> sortKeys() {
        String sort = request.first("sort");
        if (sort != null) {
            return Splitter.on(',').splitToList(sort);
        }
        String key = request.first("sort_key");
        String direction = request.first("sort_dir");
        return key == null ? List.of() : List.of(direction == null ? key : key + ":" + direction);
    }

    private List<ObjectNode> afterMarker(List<ObjectNode> rows, List<ObjectNode> all) {
        String marker = request.first("marker");
        if (marker == null) {
            return rows;
        }
        ObjectNode last = all.stream()
                .filter(row -> row.path("id").asText().equals(marker))
                .findFirst()
                .orElseThrow(() -> Refusal.octavia(400, "Supplied pagination marker '" + marker + "' is not valid."));
        boolean reverse = "True".equals(request.first("page_reverse"));
        Comparator<ObjectNode> order = order();
        return rows.stream()
                .filter(row -> reverse ? order.compare(row, last) < 0 : order.compare(row, last) > 0)
                .toList();
    }

    private void links(ArrayNode links, List<ObjectNode> page, int limit) {
        if (page.isEmpty()) {
            return;
        }
        String common = url + "?limit=" + limit + same("sort") + same("sort_key");
        if (request.first("marker") != null) {
            link(links, "previous", common + "&marker=" + id(page.getFirst()) + "&page_reverse=True");
        }
        if (page.size() >= limit) {
            link(links, "next", common + "&marker=" + id(page.getLast()));
        }
    }

    private String same(String parameter) {
        @Nullable String value = request.first(parameter);
        return value == null ? "" : "&" + parameter + "=" + value;
    }

    private static String id(ObjectNode row) {
        return row.path("id").asText();
    }

    private static void link(ArrayNode links, String rel, String href) {
        links.addObject().put("href", href).put("rel", rel);
    }
}
