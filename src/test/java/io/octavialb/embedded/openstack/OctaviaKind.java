package io.octavialb.embedded.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableListMultimap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** One kind of Octavia's resources: what all kinds do alike, list, show, and the form of requests and answers. */
abstract class OctaviaKind {
    final OctaviaContext octavia;
    final CloudState state;
    final Table table;
    final Attributes attributes;
    private final String name;
    private final String key;
    private final String list;

    /** The name is the one in Octavia's messages, the key the one around a single resource. */
    OctaviaKind(OctaviaContext octavia, Table table, Attributes attributes, String name, String key) {
        this.octavia = octavia;
        this.state = octavia.state;
        this.table = table;
        this.attributes = attributes;
        this.name = name;
        this.key = key;
        this.list = key.endsWith("y") ? key.substring(0, key.length() - 1) + "ies" : key + "s";
    }

    /** A row as an answer shows it. */
    abstract ObjectNode view(ObjectNode row);

    abstract CloudAnswer create(JsonNode body, Caller caller);

    abstract CloudAnswer update(ObjectNode row, JsonNode body, Caller caller);

    abstract CloudAnswer delete(ObjectNode row, CloudRequest request, Caller caller);

    CloudAnswer collection(CloudRequest request, Caller caller) {
        return switch (request.method()) {
            case "GET" -> list(request, caller);
            case "POST" -> create(body(request), caller);
            default -> throw notAllowed();
        };
    }

    CloudAnswer single(String id, CloudRequest request, Caller caller) {
        ObjectNode row = table.find(id);
        if (row == null || (request.is("GET") && !state.visible(row))) {
            throw Refusal.notFound(name, id);
        }
        OctaviaContext.authorize(caller, row.path("project_id").asText(), request.changes());
        return switch (request.method()) {
            case "GET" -> show(row, request);
            case "PUT" -> update(row, body(request), caller);
            case "DELETE" -> delete(row, request, caller);
            default -> throw notAllowed();
        };
    }

    private CloudAnswer list(CloudRequest request, Caller caller) {
        String asked = request.first("project_id");
        if (asked != null && !caller.sees(asked)) {
            throw Refusal.forbidden();
        }
        Predicate<ObjectNode> own = row -> caller.sees(row.path("project_id").asText())
                && (asked == null || asked.equals(row.path("project_id").asText()));
        return answer(
                request, "/v2/lbaas/" + list, table.all().stream().filter(own).toList());
    }

    /** Rows filtered, in order and in pages; filters look at the rows, so that a parent's id is one. */
    CloudAnswer answer(CloudRequest request, String path, List<ObjectNode> rows) {
        List<ObjectNode> views =
                rows.stream().filter(state::visible).map(this::filterable).toList();
        CloudAnswer answer = new OctaviaList(
                        renamed(request), this::filters, octavia.settings().maxPageSize(), octavia.url() + path)
                .checked()
                .answer(list, views);
        if (answer.body() != null) {
            answer.body().path(list).forEach(this::withoutParent);
        }
        return answer;
    }

    private ObjectNode filterable(ObjectNode row) {
        ObjectNode view = view(row);
        parents().stream().filter(row::has).forEach(parent -> view.set("parent " + parent, row.path(parent)));
        return view;
    }

    private void withoutParent(JsonNode view) {
        parents().forEach(parent -> ((ObjectNode) view).remove("parent " + parent));
    }

    private static Set<String> parents() {
        return Set.of("loadbalancer_id", "pool_id");
    }

    private static CloudRequest renamed(CloudRequest request) {
        ImmutableListMultimap.Builder<String, String> query = ImmutableListMultimap.builder();
        request.query().forEach((name, value) -> {
            String parent = name.equals("load_balancer_id") ? "loadbalancer_id" : name;
            query.put(parents().contains(parent) ? "parent " + parent : name, value);
        });
        return new CloudRequest(request.method(), request.path(), query.build(), request.headers(), request.body());
    }

    private boolean filters(String parameter) {
        String attribute = parameter.startsWith("parent ") ? parameter.substring("parent ".length()) : parameter;
        return attributes.filters(attribute, octavia.settings().minor());
    }

    private CloudAnswer show(ObjectNode row, CloudRequest request) {
        Set<String> fields = new HashSet<>(request.fields().get("fields"));
        ObjectNode view = view(row);
        return single(200, fields.isEmpty() ? view : view.retain(fields));
    }

    final CloudAnswer single(int status, ObjectNode view) {
        ObjectNode body = CloudState.object();
        body.set(key, view);
        return CloudAnswer.of(status, body);
    }

    /** A copy without what this version does not know, and with the project under its old name too. */
    final ObjectNode known(ObjectNode row) {
        ObjectNode view = attributes.known(row.deepCopy(), octavia.settings().minor());
        return view.put("tenant_id", row.path("project_id").asText());
    }

    static void ids(ObjectNode view, String field, List<ObjectNode> rows) {
        ArrayNode ids = view.putArray(field);
        rows.forEach(row -> ids.addObject().put("id", row.path("id").asText()));
    }

    /** The resource in a request's body. */
    private JsonNode body(CloudRequest request) {
        JsonNode body = request.body();
        if (body == null || body instanceof MissingNode) {
            throw Refusal.octavia(400, "Request is not in valid JSON format");
        }
        if (!body.path(key).isObject()) {
            throw Refusal.octavia(500, "'UnsetType' object has no attribute '" + key + "'");
        }
        return body.path(key);
    }

    static Refusal notAllowed() {
        return Refusal.octaviaRouting(405, "Method Not Allowed", "");
    }
}
