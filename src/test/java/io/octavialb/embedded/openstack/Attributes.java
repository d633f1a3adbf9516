package io.octavialb.embedded.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.octavialb.embedded.openstack.Attribute.Use;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The attributes of one kind of Octavia resource: what requests may say, in the words with which WSME refuses. */
final class Attributes {
    private final String argument;
    private final List<Attribute> all;

    /** The argument is how WSME names the body, such as {@code listener_.listener}. */
    Attributes(String argument, Attribute... all) {
        this.argument = argument;
        this.all = List.of(all);
    }

    /** Whether a list can be filtered by it. */
    boolean filters(String name, int minor) {
        return all.stream().anyMatch(it -> it.name().equals(name) && it.since() <= minor);
    }

    /** The checked values of a create, those left out with their fallback. */
    ObjectNode created(JsonNode body, int minor) {
        check(body, minor, it -> it.use() != Use.SHOWN);
        ObjectNode values = CloudState.object();
        for (Attribute attribute : all) {
            JsonNode value = body.path(attribute.name());
            if (attribute.mandatory() && (value.isMissingNode() || value.isNull())) {
                throw complaint(attribute.name(), "None", "Mandatory field missing.");
            }
            values.set(
                    attribute.name(),
                    value.isMissingNode() ? attribute.fallback().deepCopy() : attribute.kept(value));
        }
        return values;
    }

    /** The checked values of an update: only those it names, null meaning the fallback. */
    ObjectNode updated(JsonNode body, int minor) {
        check(body, minor, it -> it.use() == Use.CREATE_AND_UPDATE);
        ObjectNode values = CloudState.object();
        all.stream().filter(it -> body.has(it.name())).forEach(it -> values.set(it.name(), value(it, body)));
        return values;
    }

    /** The checked values of one entry of a batch: those it names, and those that it sets back. */
    ObjectNode replaced(JsonNode body, int minor) {
        ObjectNode created = created(body, minor);
        ObjectNode values = CloudState.object();
        all.stream()
                .filter(it -> it.batchReset() || body.has(it.name()))
                .forEach(it -> values.set(it.name(), created.path(it.name())));
        return values;
    }

    private static JsonNode value(Attribute attribute, JsonNode body) {
        JsonNode value = body.path(attribute.name());
        boolean off = value.isNull() && attribute.name().equals("admin_state_up");
        return off ? CloudState.JSON.getNodeFactory().booleanNode(false) : attribute.kept(value);
    }

    /** Takes away what a cloud of this version does not know. */
    ObjectNode known(ObjectNode view, int minor) {
        Set<String> unknown = all.stream()
                .filter(it -> it.since() > minor)
                .map(Attribute::name)
                .collect(Collectors.toSet());
        view.remove(unknown);
        return view;
    }

    private void check(JsonNode body, int minor, Predicate<Attribute> allowed) {
        for (String name : names(body).toList()) {
            Attribute attribute = named(name);
            if (attribute == null || attribute.since() > minor || !allowed.test(attribute)) {
                throw Refusal.octavia(400, "Unknown attribute for argument " + argument + ": " + name);
            }
            JsonNode value = body.path(name);
            String complaint = value.isNull() ? null : attribute.complaint().apply(value);
            if (complaint != null) {
                throw complaint(name, python(value), complaint);
            }
        }
    }

    private static Stream<String> names(JsonNode body) {
        return body.propertyStream().map(Map.Entry::getKey).filter(name -> !name.equals("tenant_id"));
    }

    private @Nullable Attribute named(String name) {
        return all.stream().filter(it -> it.name().equals(name)).findFirst().orElse(null);
    }

    private static Refusal complaint(String name, String value, String complaint) {
        return Refusal.octavia(
                400, "Invalid input for field/attribute " + name + ". Value: '" + value + "'. " + complaint);
    }

    private static String python(JsonNode value) {
        return value.isContainerNode() ? value.toString().replace('"', '\'') : value.asText();
    }
}
