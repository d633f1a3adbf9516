package io.octavialb.embedded.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.octavialb.embedded.kubernetes.ApiRequest.Target;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** The life of an object: created, changed (its status apart from the rest), deleted when no finalizer is left. */
final class ObjectWrites {
    /** What a write does not change, whatever it says. */
    private static final List<String> KEPT = List.of(
            "name",
            "generateName",
            "namespace",
            "uid",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "generation",
            "managedFields");

    private final ObjectStore store;
    private final Admission admission;
    private final InstantSource clock;

    ObjectWrites(ObjectStore store, InstantSource clock) {
        this.store = store;
        this.admission = new Admission(store);
        this.clock = clock;
    }

    ObjectNode create(Target target, ObjectNode body, ApiRequest request) {
        ResourceType type = target.type();
        ObjectNode object = body.deepCopy();
        checkType(type, object);
        ObjectNode metadata = Json.metadata(object);
        String prefix = Json.text(metadata, "generateName");
        if (Json.text(metadata, "name").isEmpty() && !prefix.isEmpty()) {
            metadata.put("name", prefix + UUID.randomUUID().toString().substring(0, 5));
        }
        String name = Json.text(metadata, "name");
        if (type.namespaced()) {
            checkNamespace(target, metadata, name);
        }
        if (store.get(type, target.namespace(), name).isPresent()) {
            throw ApiException.alreadyExists(type, name);
        }
        if (!Json.text(metadata, "resourceVersion").isEmpty()) {
            throw ApiException.badRequest("resourceVersion should not be set on objects to be created");
        }
        metadata.remove(List.of(
                "resourceVersion", "deletionTimestamp", "deletionGracePeriodSeconds", "managedFields", "selfLink"));
        metadata.put("uid", UUID.randomUUID().toString());
        metadata.put("creationTimestamp", now());
        admission.created(type, object);
        if (object.has("spec")) {
            metadata.put("generation", 1);
        }
        ObjectNode nothing = Json.object();
        if (!object.path("status").equals(body.path("status"))) {
            nothing.set("status", object.path("status"));
        }
        new ManagedFields(type.kind()).enter(nothing, object, request.fieldManager(), "", clock.instant());
        return request.dryRun() ? object : store.put(type, object);
    }

    private void checkNamespace(Target target, ObjectNode metadata, String name) {
        String given = Json.text(metadata, "namespace");
        if (!given.isEmpty() && !given.equals(target.namespace())) {
            throw ApiException.badRequest(
                    "the namespace of the provided object does not match the namespace sent on" + " the request");
        }
        metadata.put("namespace", target.namespace());
        ObjectNode namespace = store.get(ResourceType.NAMESPACES, "", target.namespace())
                .orElseThrow(() -> ApiException.notFound(ResourceType.NAMESPACES, target.namespace()));
        if (namespace.path("metadata").has("deletionTimestamp")) {
            throw ApiException.forbidden(
                    target.type(),
                    name,
                    "unable to create new content in namespace " + target.namespace()
                            + " because it is being terminated");
        }
    }

    /** @param wanted the object as the writer wants it, or its status alone for the subresource */
    ObjectNode change(Target target, ObjectNode before, ObjectNode wanted, ApiRequest request) {
        ResourceType type = target.type();
        checkType(type, wanted);
        checkPreconditions(type, before, wanted.path("metadata"));
        ObjectNode after = wanted.deepCopy();
        ObjectNode metadata = Json.metadata(after);
        JsonNode old = before.path("metadata");
        KEPT.forEach(key -> replace(metadata, key, old));
        replace(metadata, "resourceVersion", old);
        if (target.subresource().equals("status")) {
            JsonNode status = after.path("status");
            after = before.deepCopy();
            after.set("metadata", metadata);
            after.set("status", status.isMissingNode() ? Json.object() : status);
        } else {
            if (type.status()) {
                replace(after, "status", before);
            }
            admission.updated(type, before, after);
        }
        removeEmpty(metadata, "labels", "annotations", "finalizers", "ownerReferences");
        if (after.equals(before)) {
            return before;
        }
        if (!Objects.equals(after.get("spec"), before.get("spec"))) {
            metadata.put("generation", old.path("generation").asLong() + 1);
        }
        new ManagedFields(type.kind())
                .enter(before, after, request.fieldManager(), target.subresource(), clock.instant());
        return request.dryRun() ? after : stored(type, after);
    }

    /** One that is being deleted goes with its last finalizer. */
    private ObjectNode stored(ResourceType type, ObjectNode object) {
        boolean ends = object.path("metadata").has("deletionTimestamp")
                && object.path("metadata").path("finalizers").isEmpty();
        return ends ? removed(type, object) : store.put(type, object);
    }

    ObjectNode delete(ResourceType type, ObjectNode object, ApiRequest request) {
        JsonNode options = request.body().isBlank() ? Json.object() : Json.received(request.body());
        checkPreconditions(type, object, options.path("preconditions"));
        boolean dryRun = request.dryRun() || Json.texts(options.path("dryRun")).contains("All");
        ObjectNode ending = object.deepCopy();
        ObjectNode metadata = Json.metadata(ending);
        if (dryRun) {
            return ending;
        }
        if (type.equals(ResourceType.NAMESPACES)) {
            return endNamespace(ending);
        }
        if (metadata.path("finalizers").isEmpty()) {
            return removed(type, ending);
        }
        if (metadata.has("deletionTimestamp")) {
            return ending;
        }
        markDeleted(ending);
        return store.put(type, ending);
    }

    private void markDeleted(ObjectNode object) {
        Json.metadata(object).put("deletionTimestamp", now()).put("deletionGracePeriodSeconds", 0);
    }

    /** A namespace goes with the last object in it. */
    private ObjectNode endNamespace(ObjectNode namespace) {
        String name = Json.text(namespace, "metadata.name");
        markDeleted(namespace);
        Json.child(namespace, "status").put("phase", "Terminating");
        ObjectNode ending = store.put(ResourceType.NAMESPACES, namespace);
        ApiRequest bySystem = new ApiRequest("DELETE", "", "", "", "namespace-controller", "");
        for (ResourceType type : ResourceType.SERVED) {
            if (type.namespaced()) {
                store.list(type, name).forEach(object -> delete(type, object, bySystem));
            }
        }
        endIfEmpty(name);
        return ending;
    }

    private ObjectNode removed(ResourceType type, ObjectNode object) {
        ObjectNode last = store.remove(type, object);
        if (type.namespaced()) {
            endIfEmpty(Json.text(object, "metadata.namespace"));
        }
        return last;
    }

    private void endIfEmpty(String namespace) {
        boolean empty = ResourceType.SERVED.stream()
                .filter(ResourceType::namespaced)
                .allMatch(type -> store.list(type, namespace).isEmpty());
        store.get(ResourceType.NAMESPACES, "", namespace)
                .filter(object -> empty && object.path("metadata").has("deletionTimestamp"))
                .ifPresent(object -> store.remove(ResourceType.NAMESPACES, object));
    }

    private static void checkType(ResourceType type, ObjectNode object) {
        if (object.path("kind").isMissingNode()) {
            object.put("kind", type.kind()).put("apiVersion", type.groupVersion());
        }
        if (!Json.text(object, "kind").equals(type.kind())
                || !Json.text(object, "apiVersion").equals(type.groupVersion())) {
            throw ApiException.badRequest("the object provided is unrecognized (must be of type " + type.kind() + "): "
                    + Json.text(object, "apiVersion") + " " + Json.text(object, "kind"));
        }
    }

    private static void checkPreconditions(ResourceType type, ObjectNode object, JsonNode wanted) {
        String name = Json.text(object, "metadata.name");
        String uid = Json.text(wanted, "uid");
        if (!uid.isEmpty() && !uid.equals(Json.text(object, "metadata.uid"))) {
            throw ApiException.conflict(
                    type,
                    name,
                    "Precondition failed: UID in precondition: " + uid + ", UID in object meta: "
                            + Json.text(object, "metadata.uid"));
        }
        String version = Json.text(wanted, "resourceVersion");
        if (!version.isEmpty() && !version.equals(Json.text(object, "metadata.resourceVersion"))) {
            throw ApiException.conflict(
                    type,
                    name,
                    "the object has been modified; please apply your changes to the latest version and try again");
        }
        String given = Json.text(wanted, "name");
        if (!given.isEmpty() && !given.equals(name)) {
            throw ApiException.badRequest(
                    "the name of the object (" + given + ") does not match the name on the URL (" + name + ")");
        }
    }

    private static void replace(ObjectNode object, String key, JsonNode from) {
        if (from.has(key)) {
            object.set(key, from.get(key));
        } else {
            object.remove(key);
        }
    }

    private static void removeEmpty(ObjectNode object, String... keys) {
        for (String key : keys) {
            if (object.has(key) && object.get(key).isEmpty()) {
                object.remove(key);
            }
        }
    }

    private String now() {
        Instant second = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        return second.toString();
    }
}
