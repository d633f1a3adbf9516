package io.octavialb.embedded.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** {@code /v2.0/{type}/{id}/tags} and {@code .../tags/{tag}} of Neutron's resources. */
final class Tags {
    private final CloudState state;

    Tags(CloudState state) {
        this.state = state;
    }

    CloudAnswer answer(ObjectNode row, List<String> rest, CloudRequest request) {
        TreeSet<String> tags = new TreeSet<>();
        row.path("tags").forEach(tag -> tags.add(tag.asText()));
        return rest.isEmpty() ? all(row, tags, request) : one(row, tags, rest.getFirst(), request);
    }

    private CloudAnswer all(ObjectNode row, Set<String> tags, CloudRequest request) {
        if (request.is("DELETE")) {
            save(row, new TreeSet<>());
            return CloudAnswer.empty(204);
        }
        if (request.is("PUT") && request.body() instanceof ObjectNode body) {
            tags.clear();
            for (JsonNode tag : body.path("tags")) {
                tags.add(tag.asText());
            }
            save(row, tags);
        }
        ObjectNode body = CloudState.object();
        body.set("tags", row.path("tags"));
        return CloudAnswer.of(200, body);
    }

    private CloudAnswer one(ObjectNode row, Set<String> tags, String tag, CloudRequest request) {
        if (request.is("PUT")) {
            tags.add(tag);
            save(row, tags);
            return CloudAnswer.of(201, NullNode.instance);
        }
        if (!tags.contains(tag)) {
            throw Refusal.neutron(404, "TagNotFound", "Tag " + tag + " could not be found.");
        }
        if (request.is("DELETE")) {
            tags.remove(tag);
            save(row, tags);
        }
        return CloudAnswer.empty(204);
    }

    private void save(ObjectNode row, Set<String> tags) {
        tags.forEach(row.putArray("tags")::add);
        Revisions.bump(state, row);
    }
}
