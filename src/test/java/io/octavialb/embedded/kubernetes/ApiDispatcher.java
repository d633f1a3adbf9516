package io.octavialb.embedded.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.mockwebserver.http.MockResponse;
import io.octavialb.embedded.kubernetes.ApiRequest.Target;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Answers every request but watches. */
final class ApiDispatcher {
    /** A document of {@code /openapi/v2} without any type: kubectl then knows the types by itself. */
    private static final String OPENAPI = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

    private final ObjectStore store;
    private final ObjectWrites writes;
    private final UnknownFields unknownFields = new UnknownFields();

    ApiDispatcher(ObjectStore store, ObjectWrites writes) {
        this.store = store;
        this.writes = writes;
    }

    static MockResponse refused(ApiException refusal) {
        return json(refusal.code(), refusal.status());
    }

    MockResponse dispatch(ApiRequest request) {
        try {
            Optional<Target> target = request.target();
            return target.isPresent() ? answer(request, target.get()) : withoutTarget(request);
        } catch (ApiException refusal) {
            return refused(refusal);
        }
    }

    private static MockResponse json(int code, JsonNode body) {
        return new MockResponse()
                .setResponseCode(code)
                .setHeader("Content-Type", "application/json")
                .setBody(body.toString());
    }

    private static MockResponse withoutTarget(ApiRequest request) {
        String path = request.resourcePath();
        if (path.equals("/openapi/v2")) {
            return new MockResponse().setResponseCode(200).setHeader("Content-Type", OPENAPI);
        }
        if (List.of("/healthz", "/livez", "/readyz").contains(path)) {
            return new MockResponse()
                    .setResponseCode(200)
                    .setHeader("Content-Type", "text/plain")
                    .setBody("ok");
        }
        return json(200, Discovery.answer(path).orElseThrow(ApiException::noSuchPath));
    }

    private MockResponse answer(ApiRequest request, Target target) {
        boolean status = target.subresource().equals("status") && target.type().status();
        if (!target.subresource().isEmpty() && !status) {
            throw ApiException.noSuchPath();
        }
        boolean collection = target.name().isEmpty();
        return switch (request.method()) {
            case "GET" -> collection ? list(request, target) : read(request, target);
            case "POST" -> collection ? create(request, target) : unsupported();
            case "PUT" -> collection ? unsupported() : update(request, target);
            case "PATCH" -> collection ? unsupported() : patch(request, target);
            case "DELETE" -> collection ? deleteAll(request, target) : delete(request, target);
            default -> unsupported();
        };
    }

    /** Typed clients of kubectl 1.32 write Protobuf ({@code kubectl create service}); its apply, edit and patch do not. */
    private static ObjectNode body(ApiRequest request) {
        if (request.contentType().contains("protobuf")) {
            throw ApiException.of(
                    415,
                    "UnsupportedMediaType",
                    "the body of the request was in an unknown format - accepted media types include:"
                            + " application/json");
        }
        return Json.receivedObject(request.body());
    }

    private static MockResponse unsupported() {
        throw ApiException.of(
                405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
    }

    private ObjectNode present(Target target) {
        return store.get(target.type(), target.namespace(), target.name())
                .orElseThrow(() -> ApiException.notFound(target.type(), target.name()));
    }

    private MockResponse read(ApiRequest request, Target target) {
        return json(200, Tables.Form.of(request).one(target.type(), present(target)));
    }

    private List<ObjectNode> selected(ApiRequest request, Target target) {
        Predicate<JsonNode> selector = Selectors.of(request, target.type());
        return store.list(target.type(), target.namespace()).stream()
                .filter(selector)
                .toList();
    }

    private MockResponse list(ApiRequest request, Target target) {
        return json(
                200,
                Tables.Form.of(request)
                        .list(target.type(), selected(request, target), String.valueOf(store.resourceVersion())));
    }

    private MockResponse create(ApiRequest request, Target target) {
        ObjectNode wanted = body(request);
        List<String> unknown = unknown(request, target, wanted);
        return written(201, request, target, writes.create(target, wanted, request), unknown);
    }

    private MockResponse update(ApiRequest request, Target target) {
        return changed(request, target, present(target), body(request));
    }

    private MockResponse patch(ApiRequest request, Target target) {
        ObjectNode before = present(target);
        return changed(request, target, before, Patches.apply(request, target.type(), before));
    }

    private MockResponse changed(ApiRequest request, Target target, ObjectNode before, ObjectNode wanted) {
        List<String> unknown = unknown(request, target, wanted);
        return written(200, request, target, writes.change(target, before, wanted, request), unknown);
    }

    /** Drops what the type does not have; with {@code fieldValidation=Strict} it is refused. */
    private List<String> unknown(ApiRequest request, Target target, ObjectNode wanted) {
        List<String> fields = unknownFields.drop(target.type(), wanted).stream()
                .map(field -> "unknown field " + Json.quoted(field))
                .toList();
        if (!fields.isEmpty() && request.parameter("fieldValidation").equals("Strict")) {
            throw ApiException.badRequest(target.type().kind() + " in version "
                    + Json.quoted(target.type().version()) + " cannot be handled as a "
                    + target.type().kind() + ": strict decoding error: " + String.join(", ", fields));
        }
        return request.parameter("fieldValidation").equals("Ignore") ? List.of() : fields;
    }

    /** @param warnings kubectl shows them */
    private static MockResponse written(
            int code, ApiRequest request, Target target, ObjectNode object, List<String> warnings) {
        MockResponse response = json(code, Tables.Form.of(request).one(target.type(), object));
        warnings.forEach(warning -> response.addHeader("Warning", "299 - " + Json.quoted(warning)));
        return response;
    }

    private MockResponse delete(ApiRequest request, Target target) {
        return json(200, writes.delete(target.type(), present(target), request));
    }

    private MockResponse deleteAll(ApiRequest request, Target target) {
        List<ObjectNode> deleted = selected(request, target).stream()
                .map(object -> writes.delete(target.type(), object, request))
                .toList();
        return json(200, Tables.Form.OBJECTS.list(target.type(), deleted, String.valueOf(store.resourceVersion())));
    }
}
