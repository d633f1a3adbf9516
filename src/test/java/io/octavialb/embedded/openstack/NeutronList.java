package io.octavialb.embedded.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.Splitter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Filters, order and pages of Neutron's lists: by id, a parameter given twice means either value. */
final class NeutronList {
    private static final Set<String> AUXILIARY =
            Set.of("limit", "marker", "page_reverse", "fields", "sort_key", "sort_dir");
    private static final Set<String> TAGS = Set.of("tags", "tags-any", "not-tags", "not-tags-any");

    private final CloudRequest request;
    private final String url;

    NeutronList(CloudRequest request, String url) {
        this.request = request;
        this.url = url;
    }

    /** The answer to a list of these rows; known are the attributes that the kind has. */
    CloudAnswer answer(String key, List<ObjectNode> rows, Set<String> known) {
        for (String name : request.query().keySet()) {
            if (!AUXILIARY.contains(name) && !TAGS.contains(name) && !known.contains(name)) {
                throw Refusal.neutron(400, "HTTPBadRequest", "['" + name + "'] is invalid attribute for filtering");
            }
        }
        boolean reverse = "true".equalsIgnoreCase(request.first("page_reverse"));
        Comparator<ObjectNode> byId = Comparator.comparing(row -> row.path("id").asText());
        List<ObjectNode> found = new ArrayList<>(rows.stream()
                .filter(this::matches)
                .filter(row -> afterMarker(row, reverse))
                .sorted(reverse ? byId.reversed() : byId)
                .toList());
        int limit = limit();
        List<ObjectNode> page = limit == 0 ? found : new ArrayList<>(found.subList(0, Math.min(limit, found.size())));
        page.sort(byId);
        ObjectNode body = CloudState.object();
        ArrayNode array = body.putArray(key);
        Set<String> fields = new HashSet<>(request.fields().get("fields"));
        page.forEach(row -> array.add(shown(row, fields)));
        if (limit > 0 && !page.isEmpty()) {
            links(body.putArray(key + "_links"), page, limit, reverse);
        }
        return CloudAnswer.of(200, body);
    }

    static ObjectNode shown(ObjectNode row, Set<String> fields) {
        return fields.isEmpty() ? row : row.deepCopy().retain(fields);
    }

    private int limit() {
        String limit = request.first("limit");
        try {
            return limit == null ? 0 : Integer.parseUnsignedInt(limit);
        } catch (NumberFormatException e) {
            throw Refusal.neutron(
                    400,
                    "BadRequest",
                    "Bad limit request: Limit must be an integer 0 or greater and not '" + limit + "'.");
        }
    }

    private boolean afterMarker(ObjectNode row, boolean reverse) {
        String marker = limit() == 0 ? null : request.first("marker");
        int order = marker == null ? 0 : row.path("id").asText().compareTo(marker);
        return marker == null || (reverse ? order < 0 : order > 0);
    }

    private boolean matches(ObjectNode row) {
        return request.query().keySet().stream()
                .filter(name -> !AUXILIARY.contains(name))
                .allMatch(name -> matches(name, row, request.query().get(name)));
    }

    private static boolean matches(String name, ObjectNode row, List<String> values) {
        if (TAGS.contains(name)) {
            return OctaviaList.tagged(name, row, values);
        }
        JsonNode value = row.path(name);
        return switch (name) {
            case "fixed_ips" -> fixedIp(value, values);
            case "security_groups" -> value.valueStream().anyMatch(id -> values.contains(id.asText()));
            default ->
                value.isBoolean()
                        ? values.stream().anyMatch(it -> Boolean.parseBoolean(it) == value.booleanValue())
                        : values.contains(value.isNull() ? "" : value.asText());
        };
    }

    /** {@code fixed_ips=ip_address=A&fixed_ips=subnet_id=S}: one address that is all of that. */
    private static boolean fixedIp(JsonNode fixedIps, List<String> conditions) {
        return fixedIps.valueStream()
                .anyMatch(ip -> conditions.stream().allMatch(condition -> {
                    List<String> pair = Splitter.on('=').limit(2).splitToList(condition);
                    return pair.getFirst().equals("ip_address_substr")
                            ? ip.path("ip_address").asText().contains(pair.getLast())
                            : ip.path(pair.getFirst()).asText().equals(pair.getLast());
                }));
    }

    private void links(ArrayNode links, List<ObjectNode> page, int limit, boolean reverse) {
        if (page.size() >= limit || reverse) {
            links.addObject().put("rel", "next").put("href", link(page.getLast(), ""));
        }
        if (page.size() >= limit || !reverse) {
            links.addObject().put("rel", "previous").put("href", link(page.getFirst(), "&page_reverse=True"));
        }
    }

    private String link(ObjectNode row, String end) {
        StringBuilder query = new StringBuilder();
        request.query().forEach((name, value) -> {
            if (!name.equals("marker") && !name.equals("page_reverse")) {
                query.append(encoded(name)).append('=').append(encoded(value)).append('&');
            }
        });
        return url + "?" + query + "marker=" + row.path("id").asText() + end;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
