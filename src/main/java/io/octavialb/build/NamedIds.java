package io.octavialb.build;

import io.octavialb.config.FloatingSubnet;
import io.octavialb.config.LoadBalancerSettings;
import io.octavialb.config.PortSettings;
import io.octavialb.model.kubernetes.Service;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The ids and addresses that a Service's settings name: what to look at when the cloud refuses a creation. */
public final class NamedIds {
    private NamedIds() {}

    /** As in {@code subnet-id: "x", flavor-id: "y"}; empty when none is named. */
    public static String of(Service service, LoadBalancerSettings settings) {
        Map<String, @Nullable String> named = new LinkedHashMap<>();
        named.put("spec.loadBalancerIP", service.loadBalancerIp());
        named.put("subnet-id", settings.subnetId());
        named.put("network-id", settings.networkId());
        named.put("port-id", settings.portId());
        named.put("member-subnet-id", settings.memberSubnetId());
        named.put("floating-network-id", settings.floatingNetworkId());
        named.put(
                "floating-subnet-id", settings.floatingSubnet() instanceof FloatingSubnet.ById(String id) ? id : null);
        named.put("flavor-id", settings.flavorId());
        named.put("availability-zone", settings.availabilityZone());
        named.put(
                "default-tls-container-ref",
                settings.ports().values().stream()
                        .map(PortSettings::tlsContainerRef)
                        .filter(Objects::nonNull)
                        .distinct()
                        .sorted()
                        .reduce((first, second) -> first + ", " + second)
                        .orElse(null));
        return named.entrySet().stream()
                .filter(entry -> entry.getValue() != null)
                .map(entry -> entry.getKey() + ": \"" + entry.getValue() + "\"")
                .collect(Collectors.joining(", "));
    }
}
