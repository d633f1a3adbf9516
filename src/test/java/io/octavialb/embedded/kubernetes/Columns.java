package io.octavialb.embedded.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The columns of each type, as {@code pkg/printers/internalversion} has them. */
final class Columns {
    private static final String NONE = "<none>";
    private static final String UNKNOWN = "<unknown>";

    /** @param wide shown with {@code -o wide} only */
    record Column(String title, boolean wide, BiFunction<JsonNode, Instant, String> cell) {}

    private static final Column NAME = column("Name", object -> Json.text(object, "metadata.name"));
    private static final Column AGE =
            new Column("Age", false, (object, now) -> Age.since(Json.text(object, "metadata.creationTimestamp"), now));

    private static final List<Column> SERVICE = List.of(
            NAME,
            column("Type", object -> Json.text(object, "spec.type")),
            column("Cluster-IP", object -> orNone(Json.text(object, "spec.clusterIP"))),
            column("External-IP", Columns::externalIp),
            column("Port(s)", Columns::servicePorts),
            AGE,
            wide("Selector", object -> pairs(Json.at(object, "spec.selector"))));

    private static final List<Column> NODE = List.of(
            NAME,
            column("Status", Columns::nodeStatus),
            column("Roles", Columns::roles),
            AGE,
            column("Version", object -> Json.text(object, "status.nodeInfo.kubeletVersion")),
            wide("Internal-IP", object -> address(object, "InternalIP")),
            wide("External-IP", object -> address(object, "ExternalIP")),
            wide("OS-Image", object -> orUnknown(Json.text(object, "status.nodeInfo.osImage"))),
            wide("Kernel-Version", object -> orUnknown(Json.text(object, "status.nodeInfo.kernelVersion"))),
            wide(
                    "Container-Runtime",
                    object -> orUnknown(Json.text(object, "status.nodeInfo.containerRuntimeVersion"))));

    private static final List<Column> EVENT = List.of(
            new Column("Last Seen", false, Columns::lastSeen),
            column("Type", object -> Json.text(object, "type")),
            column("Reason", object -> Json.text(object, "reason")),
            column("Object", Columns::involved),
            wide("Subobject", object -> Json.text(object, "involvedObject.fieldPath")),
            wide(
                    "Source",
                    object -> Stream.of("source.component", "source.host")
                            .map(path -> Json.text(object, path))
                            .filter(text -> !text.isEmpty())
                            .collect(Collectors.joining(", "))),
            column("Message", object -> Json.text(object, "message").strip()),
            new Column("First Seen", true, (object, now) -> Age.since(Json.text(object, "firstTimestamp"), now)),
            wide("Count", object -> object.path("count").asText("1")),
            wide("Name", object -> Json.text(object, "metadata.name")));

    private static final List<Column> POD = List.of(
            NAME,
            column("Ready", object -> {
                JsonNode statuses = Json.at(object, "status.containerStatuses");
                long ready = Json.stream(statuses)
                        .filter(status -> status.path("ready").asBoolean())
                        .count();
                return ready + "/" + Json.at(object, "spec.containers").size();
            }),
            column("Status", object -> Json.text(object, "status.phase")),
            column("Restarts", _ -> "0"),
            AGE,
            wide("IP", object -> orNone(Json.text(object, "status.podIP"))),
            wide("Node", object -> orNone(Json.text(object, "spec.nodeName"))));

    private Columns() {}

    static List<Column> of(ResourceType type) {
        return switch (type.kind()) {
            case "Service" -> SERVICE;
            case "Node" -> NODE;
            case "Event" -> EVENT;
            case "Pod" -> POD;
            case "Namespace" -> List.of(NAME, column("Status", object -> Json.text(object, "status.phase")), AGE);
            case "Lease" -> List.of(NAME, column("Holder", object -> Json.text(object, "spec.holderIdentity")), AGE);
            case "EndpointSlice" ->
                List.of(
                        NAME,
                        column("AddressType", object -> Json.text(object, "addressType")),
                        column(
                                "Ports",
                                object -> slice(
                                        object,
                                        "ports",
                                        port -> port.path("port").asText())),
                        column(
                                "Endpoints",
                                object -> slice(
                                        object,
                                        "endpoints",
                                        end -> end.path("addresses").path(0).asText())),
                        AGE);
            case "ConfigMap" -> List.of(NAME, column("Data", object -> size(object, "data")), AGE);
            case "Secret" ->
                List.of(
                        NAME,
                        column("Type", object -> Json.text(object, "type")),
                        column("Data", object -> size(object, "data")),
                        AGE);
            default -> List.of(NAME, AGE);
        };
    }

    private static Column column(String title, Function<JsonNode, String> cell) {
        return new Column(title, false, (object, _) -> cell.apply(object));
    }

    private static Column wide(String title, Function<JsonNode, String> cell) {
        return new Column(title, true, (object, _) -> cell.apply(object));
    }

    private static String externalIp(JsonNode service) {
        Stream<String> given = Json.texts(Json.at(service, "spec.externalIPs")).stream();
        boolean balanced = Json.text(service, "spec.type").equals("LoadBalancer");
        Stream<String> ingress = !balanced
                ? Stream.empty()
                : Json.stream(Json.at(service, "status.loadBalancer.ingress"))
                        .map(entry -> entry.path("ip").asText(Json.text(entry, "hostname")));
        String all = Stream.concat(ingress, given).collect(Collectors.joining(","));
        return switch (Json.text(service, "spec.type")) {
            case "ExternalName" -> Json.text(service, "spec.externalName");
            case "LoadBalancer" -> all.isEmpty() ? "<pending>" : all;
            default -> orNone(all);
        };
    }

    private static String servicePorts(JsonNode service) {
        return orNone(Json.stream(Json.at(service, "spec.ports"))
                .map(port -> port.path("port").asText()
                        + (port.path("nodePort").asInt() == 0
                                ? ""
                                : ":" + port.path("nodePort").asText())
                        + "/" + Json.text(port, "protocol"))
                .collect(Collectors.joining(",")));
    }

    private static String nodeStatus(JsonNode node) {
        String ready = Json.stream(Json.at(node, "status.conditions"))
                .filter(condition -> Json.text(condition, "type").equals("Ready"))
                .map(condition -> Json.text(condition, "status").equals("True") ? "Ready" : "NotReady")
                .findFirst()
                .orElse("Unknown");
        return ready + (Json.at(node, "spec.unschedulable").asBoolean() ? ",SchedulingDisabled" : "");
    }

    private static String roles(JsonNode node) {
        String prefix = "node-role.kubernetes.io/";
        return orNone(Json.at(node, "metadata.labels").properties().stream()
                .map(label -> label.getKey().startsWith(prefix)
                        ? label.getKey().substring(prefix.length())
                        : label.getKey().equals("kubernetes.io/role")
                                ? label.getValue().asText()
                                : "")
                .filter(role -> !role.isEmpty())
                .sorted()
                .collect(Collectors.joining(",")));
    }

    private static String address(JsonNode node, String type) {
        return orNone(Json.stream(Json.at(node, "status.addresses"))
                .filter(address -> Json.text(address, "type").equals(type))
                .map(address -> Json.text(address, "address"))
                .findFirst()
                .orElse(""));
    }

    private static String lastSeen(JsonNode event, Instant now) {
        String first = Json.text(event, "firstTimestamp");
        String last = Stream.of(Json.text(event, "lastTimestamp"), first, Json.text(event, "eventTime"))
                .filter(time -> !time.isEmpty())
                .findFirst()
                .orElse("");
        int count = event.path("count").asInt(1);
        return Age.since(last, now) + (count > 1 ? " (x" + count + " over " + Age.since(first, now) + ")" : "");
    }

    private static String involved(JsonNode event) {
        return Json.text(event, "involvedObject.kind").toLowerCase(Locale.ROOT) + "/"
                + Json.text(event, "involvedObject.name");
    }

    private static String slice(JsonNode object, String list, Function<JsonNode, String> text) {
        String all = Json.stream(object.path(list)).map(text).collect(Collectors.joining(","));
        return all.isEmpty() ? "<unset>" : all;
    }

    private static String size(JsonNode object, String key) {
        return String.valueOf(object.path(key).size());
    }

    private static String pairs(JsonNode map) {
        return orNone(map.properties().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue().asText())
                .sorted()
                .collect(Collectors.joining(",")));
    }

    private static String orNone(String text) {
        return text.isEmpty() ? NONE : text;
    }

    private static String orUnknown(String text) {
        return text.isEmpty() ? UNKNOWN : text;
    }
}
