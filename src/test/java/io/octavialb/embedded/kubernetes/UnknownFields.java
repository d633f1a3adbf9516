package io.octavialb.embedded.kubernetes;

import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Fields that a type does not have: they are dropped, and told. */
final class UnknownFields {
    private static final DeserializationConfig MODEL = new ObjectMapper().getDeserializationConfig();

    private static final Map<String, Class<?>> CLASSES = new HashMap<>();

    static {
        Stream.of(
                        Namespace.class,
                        Service.class,
                        Node.class,
                        Event.class,
                        Pod.class,
                        Endpoints.class,
                        ConfigMap.class,
                        Secret.class,
                        ServiceAccount.class,
                        Lease.class,
                        EndpointSlice.class)
                .forEach(type -> CLASSES.put(type.getSimpleName(), type));
    }

    private final Map<JavaType, Map<String, JavaType>> known = new HashMap<>();

    /** Drops them and answers their paths: {@code spec.ports[0].prot}. */
    List<String> drop(ResourceType type, ObjectNode object) {
        List<String> dropped = new ArrayList<>();
        drop(MODEL.constructType(CLASSES.get(type.kind())), object, "", dropped);
        return dropped;
    }

    private void drop(JavaType type, JsonNode value, String path, List<String> dropped) {
        if (type.isMapLikeType()) {
            value.properties().forEach(entry -> drop(type.getContentType(), entry.getValue(), path, dropped));
        } else if (type.isCollectionLikeType()) {
            for (int i = 0; i < value.size(); i++) {
                drop(type.getContentType(), value.path(i), path + "[" + i + "]", dropped);
            }
        } else if (value instanceof ObjectNode object && isModel(type)) {
            dropFrom(object, fields(type), path, dropped);
        }
    }

    private void dropFrom(ObjectNode object, Map<String, JavaType> fields, String path, List<String> dropped) {
        for (Map.Entry<String, JsonNode> entry : List.copyOf(object.properties())) {
            String inner = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
            JavaType field = fields.get(entry.getKey());
            if (field == null) {
                object.remove(entry.getKey());
                dropped.add(inner);
            } else {
                drop(field, entry.getValue(), inner, dropped);
            }
        }
    }

    /** Types that hold anything, such as FieldsV1, know no field of their own. */
    private boolean isModel(JavaType type) {
        return type.getRawClass().getPackageName().startsWith("io.fabric8.kubernetes.api.model")
                && !fields(type).isEmpty();
    }

    private Map<String, JavaType> fields(JavaType type) {
        Map<String, JavaType> present = known.get(type);
        if (present != null) {
            return present;
        }
        Map<String, JavaType> fields = new LinkedHashMap<>();
        MODEL.introspect(type).findProperties().forEach(property -> {
            if (!property.getName().equals("additionalProperties") && property.getPrimaryType() != null) {
                fields.put(property.getName(), property.getPrimaryType());
            }
        });
        known.put(type, fields);
        return fields;
    }
}
