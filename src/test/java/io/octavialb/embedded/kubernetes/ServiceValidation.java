package io.octavialb.embedded.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.octavialb.embedded.kubernetes.ApiException.Cause;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What is wrong with a Service's spec, in the words of {@code pkg/apis/core/validation}. */
final class ServiceValidation {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern CIDR = Pattern.compile("[0-9A-Fa-f.:]+/[0-9]{1,3}");
    private static final List<String> TYPES = List.of("ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
    private static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");
    private static final List<String> AFFINITIES = List.of("ClientIP", "None");
    private static final List<String> TRAFFIC_POLICIES = List.of("Cluster", "Local");

    private final List<Cause> causes = new ArrayList<>();
    private final JsonNode spec;

    private ServiceValidation(JsonNode spec) {
        this.spec = spec;
    }

    static List<Cause> problems(JsonNode spec) {
        ServiceValidation validation = new ServiceValidation(spec);
        validation.values();
        validation.ports();
        return validation.causes;
    }

    /** What an update may not change. */
    static List<Cause> problems(JsonNode before, JsonNode spec) {
        List<Cause> causes = new ArrayList<>();
        if (ServiceDefaults.isLoadBalancer(before)
                && ServiceDefaults.isLoadBalancer(spec)
                && !before.path("loadBalancerClass").equals(spec.path("loadBalancerClass"))) {
            causes.add(Cause.invalid(
                    "spec.loadBalancerClass", Json.text(spec, "loadBalancerClass"), "may not change once set"));
        }
        if (ServiceDefaults.hasClusterIp(before)
                && ServiceDefaults.hasClusterIp(spec)
                && !before.path("clusterIP").equals(spec.path("clusterIP"))) {
            causes.add(Cause.invalid("spec.clusterIPs[0]", spec.path("clusterIPs"), "may not change once set"));
        }
        return causes;
    }

    private void values() {
        oneOf("type", TYPES);
        oneOf("sessionAffinity", AFFINITIES);
        if (spec.has("externalTrafficPolicy")) {
            if (List.of("NodePort", "LoadBalancer").contains(Json.text(spec, "type"))) {
                oneOf("externalTrafficPolicy", TRAFFIC_POLICIES);
            } else {
                causes.add(Cause.invalid(
                        "spec.externalTrafficPolicy",
                        Json.text(spec, "externalTrafficPolicy"),
                        "may only be set for externally-accessible services"));
            }
        }
        if (spec.has("loadBalancerClass") && !ServiceDefaults.isLoadBalancer(spec)) {
            causes.add(Cause.forbidden("spec.loadBalancerClass", "may only be used when `type` is 'LoadBalancer'"));
        }
        for (JsonNode range : spec.path("loadBalancerSourceRanges")) {
            if (!CIDR.matcher(range.asText().strip()).matches()) {
                causes.add(Cause.invalid(
                        "spec.loadBalancerSourceRanges",
                        range.asText(),
                        "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)"));
            }
        }
    }

    private void oneOf(String key, List<String> allowed) {
        String value = Json.text(spec, key);
        if (!allowed.contains(value)) {
            causes.add(Cause.unsupported("spec." + key, value, allowed));
        }
    }

    private void ports() {
        JsonNode ports = spec.path("ports");
        if (ports.isEmpty() && ServiceDefaults.hasClusterIp(spec)) {
            causes.add(Cause.required("spec.ports"));
        }
        Set<String> names = new HashSet<>();
        Set<String> numbers = new HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            String field = "spec.ports[" + i + "]";
            JsonNode port = ports.path(i);
            name(port, field, ports.size() > 1, names);
            number(field + ".port", port.path("port"));
            if (port.path("targetPort").isNumber()) {
                number(field + ".targetPort", port.path("targetPort"));
            }
            String protocol = Json.text(port, "protocol");
            if (!PROTOCOLS.contains(protocol)) {
                causes.add(Cause.unsupported(field + ".protocol", protocol, PROTOCOLS));
            } else if (!numbers.add(protocol + " " + port.path("port"))) {
                causes.add(Cause.duplicate(
                        field,
                        Json.object().put("port", port.path("port").asInt()).put("protocol", protocol)));
            }
        }
    }

    private void name(JsonNode port, String field, boolean required, Set<String> names) {
        String name = Json.text(port, "name");
        if (name.isEmpty()) {
            if (required) {
                causes.add(Cause.required(field + ".name"));
            }
        } else if (!LABEL.matcher(name).matches()) {
            causes.add(Cause.invalid(
                    field + ".name",
                    name,
                    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must"
                            + " start and end with an alphanumeric character"));
        } else if (!names.add(name)) {
            causes.add(Cause.duplicate(field + ".name", name));
        }
    }

    private void number(String field, JsonNode value) {
        if (!value.isIntegralNumber() || value.asInt() < 1 || value.asInt() > 65535) {
            causes.add(Cause.invalid(field, value.asInt(), "must be between 1 and 65535, inclusive"));
        }
    }
}
