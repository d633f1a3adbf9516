package io.octavialb.embedded.kubernetes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;

/** A refusal, with the {@code Status} object that is the body of its answer. */
final class ApiException extends RuntimeException {
    private final int code;
    private final transient ObjectNode status;

    private ApiException(int code, String reason, String message, ObjectNode details) {
        super(message);
        this.code = code;
        this.status = Json.object()
                .put("kind", "Status")
                .put("apiVersion", "v1")
                .put("status", "Failure")
                .put("message", message)
                .put("reason", reason)
                .put("code", code);
        status.putObject("metadata");
        status.set("details", details);
    }

    int code() {
        return code;
    }

    ObjectNode status() {
        return status;
    }

    /** A field of an object that is refused, as {@code field.Error} writes it: {@code spec.ports: Required value}. */
    record Cause(String field, String reason, String message) {
        static Cause required(String field) {
            return new Cause(field, "FieldValueRequired", "Required value");
        }

        static Cause invalid(String field, Object value, String why) {
            String shown = value instanceof String text ? Json.quoted(text) : String.valueOf(value);
            return new Cause(field, "FieldValueInvalid", "Invalid value: " + shown + ": " + why);
        }

        static Cause duplicate(String field, Object value) {
            String shown = value instanceof String text ? Json.quoted(text) : String.valueOf(value);
            return new Cause(field, "FieldValueDuplicate", "Duplicate value: " + shown);
        }

        static Cause unsupported(String field, String value, List<String> supported) {
            return new Cause(
                    field,
                    "FieldValueNotSupported",
                    "Unsupported value: " + Json.quoted(value) + ": supported values: "
                            + supported.stream().map(Json::quoted).collect(Collectors.joining(", ")));
        }

        static Cause forbidden(String field, String why) {
            return new Cause(field, "FieldValueForbidden", "Forbidden: " + why);
        }

        private String text() {
            return field + ": " + message;
        }
    }

    static ApiException of(int code, String reason, String message) {
        return new ApiException(code, reason, message, Json.object());
    }

    static ApiException badRequest(String message) {
        return of(400, "BadRequest", message);
    }

    static ApiException noSuchPath() {
        return of(404, "NotFound", "the server could not find the requested resource");
    }

    static ApiException notFound(ResourceType type, String name) {
        return about(404, "NotFound", type, name, type.qualified() + " " + Json.quoted(name) + " not found");
    }

    static ApiException alreadyExists(ResourceType type, String name) {
        return about(409, "AlreadyExists", type, name, type.qualified() + " " + Json.quoted(name) + " already exists");
    }

    static ApiException conflict(ResourceType type, String name, String why) {
        return about(
                409,
                "Conflict",
                type,
                name,
                "Operation cannot be fulfilled on " + type.qualified() + " " + Json.quoted(name) + ": " + why);
    }

    static ApiException forbidden(ResourceType type, String name, String why) {
        return about(
                403, "Forbidden", type, name, type.qualified() + " " + Json.quoted(name) + " is forbidden: " + why);
    }

    static ApiException expired() {
        return of(410, "Expired", "too old resource version");
    }

    static ApiException invalid(ResourceType type, String name, List<Cause> causes) {
        String all = causes.stream().map(Cause::text).collect(Collectors.joining(", "));
        ApiException refusal = about(
                422,
                "Invalid",
                type,
                name,
                type.kind() + " " + Json.quoted(name) + " is invalid: " + (causes.size() == 1 ? all : "[" + all + "]"));
        ObjectNode details = Json.child(refusal.status, "details").put("kind", type.kind());
        ArrayNode listed = details.putArray("causes");
        causes.forEach(cause -> listed.addObject()
                .put("reason", cause.reason())
                .put("message", cause.message())
                .put("field", cause.field()));
        return refusal;
    }

    private static ApiException about(int code, String reason, ResourceType type, String name, String message) {
        ObjectNode details = Json.object().put("name", name).put("kind", type.plural());
        if (!type.group().isEmpty()) {
            details.put("group", type.group());
        }
        return new ApiException(code, reason, message, details);
    }
}
