package io.octavialb.embedded.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Objects as the rows of a {@code meta.k8s.io/v1} Table, which is what {@code kubectl get} prints. */
final class Tables {
    private Tables() {}

    /** How a client wants to have objects. */
    enum Form {
        OBJECTS,
        TABLE_WITH_METADATA,
        TABLE_WITH_OBJECTS;

        static Form of(ApiRequest request) {
            if (!request.accept().startsWith("application/json;as=Table;v=v1;")) {
                return OBJECTS;
            }
            return request.parameter("includeObject").equals("Object") ? TABLE_WITH_OBJECTS : TABLE_WITH_METADATA;
        }

        ObjectNode one(ResourceType type, ObjectNode object) {
            return this == OBJECTS
                    ? object
                    : table(type, List.of(object), Json.text(object, "metadata.resourceVersion"), this);
        }

        ObjectNode list(ResourceType type, List<ObjectNode> objects, String resourceVersion) {
            if (this != OBJECTS) {
                return table(type, objects, resourceVersion, this);
            }
            ObjectNode list = Json.object().put("kind", type.kind() + "List").put("apiVersion", type.groupVersion());
            list.putObject("metadata").put("resourceVersion", resourceVersion);
            list.putArray("items").addAll(objects);
            return list;
        }
    }

    private static ObjectNode table(ResourceType type, List<ObjectNode> objects, String resourceVersion, Form form) {
        ObjectNode table = Json.object().put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
        table.putObject("metadata").put("resourceVersion", resourceVersion);
        ArrayNode definitions = table.putArray("columnDefinitions");
        List<Columns.Column> columns = Columns.of(type);
        for (Columns.Column column : columns) {
            definitions
                    .addObject()
                    .put("name", column.title())
                    .put("type", "string")
                    .put("format", column.title().equals("Name") ? "name" : "")
                    .put("description", column.title().toLowerCase(Locale.ROOT))
                    .put("priority", column.wide() ? 1 : 0);
        }
        ArrayNode rows = table.putArray("rows");
        Instant now = Instant.now();
        for (ObjectNode object : objects) {
            ObjectNode row = rows.addObject();
            ArrayNode cells = row.putArray("cells");
            columns.forEach(column -> cells.add(column.cell().apply(object, now)));
            row.set("object", form == Form.TABLE_WITH_OBJECTS ? object : partial(object));
        }
        return table;
    }

    private static JsonNode partial(ObjectNode object) {
        ObjectNode partial = Json.object().put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/v1");
        partial.set("metadata", object.path("metadata"));
        return partial;
    }
}
