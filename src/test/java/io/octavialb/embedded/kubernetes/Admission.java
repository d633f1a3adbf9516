package io.octavialb.embedded.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.octavialb.embedded.kubernetes.ApiException.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Completes and checks an object before it is written. */
final class Admission {
    private static final Pattern DNS_1035 = Pattern.compile("[a-z]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern SUBDOMAIN =
            Pattern.compile("(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

    private final ObjectStore store;

    Admission(ObjectStore store) {
        this.store = store;
    }

    /** @throws ApiException 422 for what a real API server refuses, too */
    void created(ResourceType type, ObjectNode object) {
        List<Cause> causes = new ArrayList<>(name(type, Json.text(object, "metadata.name")));
        switch (type.kind()) {
            case "Service" -> {
                object.putObject("status").putObject("loadBalancer");
                ObjectNode spec = Json.child(object, "spec");
                ServiceDefaults.complete(spec);
                causes.addAll(ServiceValidation.problems(spec));
                causes.addAll(allocated(object, spec));
            }
            case "Namespace" -> {
                object.putObject("status").put("phase", "Active");
                Json.child(object, "spec").putArray("finalizers").add("kubernetes");
                Json.child(Json.metadata(object), "labels")
                        .put("kubernetes.io/metadata.name", Json.text(object, "metadata.name"));
            }
            case "Pod" -> object.putObject("status").put("phase", "Pending");
            default -> {}
        }
        refuse(type, object, causes);
    }

    /** @throws ApiException 422 for what a real API server refuses, too */
    void updated(ResourceType type, ObjectNode before, ObjectNode object) {
        List<Cause> causes = new ArrayList<>(finalizers(before, object));
        if (type.equals(ResourceType.SERVICES)) {
            JsonNode old = before.path("spec");
            ObjectNode spec = Json.child(object, "spec");
            ServiceDefaults.dropForeignToType(old, spec);
            ServiceDefaults.complete(spec);
            ServiceDefaults.keepAllocated(old, spec);
            if (!spec.equals(old)) {
                causes.addAll(ServiceValidation.problems(spec));
                causes.addAll(allocated(object, spec));
                causes.addAll(ServiceValidation.problems(old, spec));
            }
        }
        refuse(type, object, causes);
    }

    private List<Cause> allocated(ObjectNode service, ObjectNode spec) {
        List<JsonNode> others = new ArrayList<>();
        for (ObjectNode other : store.list(ResourceType.SERVICES, "")) {
            boolean itself = Json.text(other, "metadata.name").equals(Json.text(service, "metadata.name"))
                    && Json.text(other, "metadata.namespace").equals(Json.text(service, "metadata.namespace"));
            if (!itself) {
                others.add(other.path("spec"));
            }
        }
        return new ServiceAllocation(others).complete(spec);
    }

    private static List<Cause> name(ResourceType type, String name) {
        if (name.isEmpty()) {
            return List.of(new Cause(
                    "metadata.name", "FieldValueRequired", "Required value: name or generateName is required"));
        }
        if (type.equals(ResourceType.SERVICES) && !DNS_1035.matcher(name).matches()) {
            return List.of(Cause.invalid(
                    "metadata.name",
                    name,
                    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an"
                            + " alphabetic character, and end with an alphanumeric character"));
        }
        if (!SUBDOMAIN.matcher(name).matches()) {
            return List.of(Cause.invalid(
                    "metadata.name",
                    name,
                    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.',"
                            + " and must start and end with an alphanumeric character"));
        }
        return List.of();
    }

    private static List<Cause> finalizers(ObjectNode before, ObjectNode object) {
        boolean deleting = before.path("metadata").has("deletionTimestamp");
        List<String> old = Json.texts(before.path("metadata").path("finalizers"));
        List<String> added = Json.texts(object.path("metadata").path("finalizers")).stream()
                .filter(finalizer -> !old.contains(finalizer))
                .toList();
        return deleting && !added.isEmpty()
                ? List.of(Cause.forbidden(
                        "metadata.finalizers",
                        "no new finalizers can be added if the object is being deleted, found new finalizers " + added))
                : List.of();
    }

    private static void refuse(ResourceType type, ObjectNode object, List<Cause> causes) {
        if (!causes.isEmpty()) {
            throw ApiException.invalid(type, Json.text(object, "metadata.name"), causes);
        }
    }
}
