package io.octavialb.embedded.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** One kind of Neutron's resources: what all kinds do alike; kinds that are only read refuse changes. */
class NeutronKind {
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    final CloudState state;
    final Table table;
    final String key;
    private final NeutronNames names;
    private final Set<String> filters;

    /**
     * How Neutron names a kind.
     *
     * @param key around a single resource, such as {@code floatingip}
     * @param notFoundType type of the error when there is none, such as {@code FloatingIPNotFound}
     * @param notFound its message, with {@code %s} for the id
     */
    record NeutronNames(String key, String notFoundType, String notFound) {}

    NeutronKind(CloudState state, Table table, NeutronNames names, Set<String> filters) {
        this.state = state;
        this.table = table;
        this.key = names.key();
        this.names = names;
        this.filters = filters;
    }

    /** A row as an answer shows it. */
    ObjectNode view(ObjectNode row) {
        return row.deepCopy();
    }

    CloudAnswer create(JsonNode body, Caller caller) {
        throw denied("create");
    }

    CloudAnswer update(ObjectNode row, JsonNode body, Caller caller) {
        throw denied("update");
    }

    void delete(ObjectNode row, Caller caller) {
        throw denied("delete");
    }

    final CloudAnswer collection(CloudRequest request, Caller caller, String url) {
        if (request.is("GET")) {
            List<ObjectNode> rows = table.all().stream()
                    .filter(row -> sees(caller, row) && state.visible(row))
                    .map(this::view)
                    .toList();
            String marker = request.first("marker");
            if (marker != null
                    && request.first("limit") != null
                    && rows.stream().noneMatch(row -> text(row, "id").equals(marker))) {
                throw notFound(marker);
            }
            return new NeutronList(request, url).answer(key + "s", rows, filters);
        }
        checkMayChange(caller, "create");
        return create(body(request), caller);
    }

    final CloudAnswer single(String id, CloudRequest request, Caller caller) {
        ObjectNode row = table.find(id);
        if (row == null || !sees(caller, row) || (request.is("GET") && !state.visible(row))) {
            throw notFound(id);
        }
        if (request.is("GET")) {
            return wrapped(
                    200,
                    NeutronList.shown(view(row), new HashSet<>(request.fields().get("fields"))));
        }
        String verb = request.is("PUT") ? "update" : "delete";
        checkMayChange(caller, verb);
        if (!caller.sees(row.path("project_id").asText())) {
            throw denied(verb);
        }
        Revisions.check(row, request.header("if-match"));
        if (request.is("PUT")) {
            return update(row, body(request), caller);
        }
        delete(row, caller);
        return CloudAnswer.empty(204);
    }

    final CloudAnswer wrapped(int status, ObjectNode view) {
        ObjectNode body = CloudState.object();
        body.set(key, view);
        return CloudAnswer.of(status, body);
    }

    final Refusal notFound(String id) {
        return Refusal.neutron(404, names.notFoundType(), String.format(Locale.ROOT, names.notFound(), id));
    }

    /** The row of the id, which must be there. */
    final ObjectNode existing(String id) {
        ObjectNode row = table.find(id);
        if (row == null) {
            throw notFound(id);
        }
        return row;
    }

    static boolean sees(Caller caller, JsonNode row) {
        return caller.sees(row.path("project_id").asText())
                || row.path("router:external").asBoolean();
    }

    final Refusal denied(String verb) {
        return Refusal.neutron(403, "PolicyNotAuthorized", "rule:" + verb + "_" + key + " is disallowed by policy");
    }

    private void checkMayChange(Caller caller, String verb) {
        if (!caller.mayChange()) {
            throw denied(verb);
        }
    }

    /** Refuses an update of what cannot be changed, or of what the kind does not have. */
    static void checkChangeable(ObjectNode row, JsonNode body, Set<String> changeable) {
        body.propertyStream()
                .map(Map.Entry::getKey)
                .filter(name -> !changeable.contains(name))
                .forEach(name -> {
                    throw Refusal.neutron(
                            400,
                            "HTTPBadRequest",
                            row.has(name)
                                    ? "Cannot update read-only attribute " + name
                                    : "Unrecognized attribute(s) '" + name + "'");
                });
    }

    private JsonNode body(CloudRequest request) {
        JsonNode body = request.body();
        if (body == null || (!body.path(key).isObject() && !body.path(key + "s").isArray())) {
            throw Refusal.neutron(400, "HTTPBadRequest", "Unable to find '" + key + "' in request body");
        }
        return body.path(key).isObject() ? body.path(key) : body.path(key + "s");
    }

    static void checkUuid(String field, String id) {
        if (!UUID.matcher(id).matches()) {
            throw Refusal.neutron(
                    400,
                    "HTTPBadRequest",
                    "Invalid input for " + field + ". Reason: '" + id + "' is not a valid UUID.");
        }
    }

    static String text(JsonNode body, String field) {
        return body.path(field).asText("");
    }
}
