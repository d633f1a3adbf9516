package io.octavialb.build;

import io.octavialb.config.FloatingSubnet;
import io.octavialb.config.LoadBalancerSettings;
import io.octavialb.config.PortSettings;
import io.octavialb.model.kubernetes.Service;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The ids and addresses that a Service's settings name: what to look at when the cloud refuses a request. */
public record NamedIds(List<NamedId> ids) {
    /** Nothing is named. */
    public static final NamedIds NONE = new NamedIds(List.of());

    /** A key and the id that it names, as in {@code subnet-id: "x"}. */
    public record NamedId(String key, String value) {
        /** Octavia names its field instead of the value: "Invalid flavor_id", "Invalid availability zone". */
        private boolean isFieldIn(String words) {
            return words.contains(key.replace('-', '_')) || words.contains(key.replace('-', ' '));
        }

        @Override
        public String toString() {
            return key + ": \"" + value + "\"";
        }
    }

    public NamedIds {
        ids = List.copyOf(ids);
    }

    public static NamedIds of(Service service, LoadBalancerSettings settings) {
        String floatingSubnet = settings.floatingSubnet() instanceof FloatingSubnet.ById(String id) ? id : null;
        return new NamedIds(Stream.of(
                        named("spec.loadBalancerIP", service.loadBalancerIp()),
                        named("subnet-id", settings.subnetId()),
                        named("network-id", settings.networkId()),
                        named("port-id", settings.portId()),
                        named("additional-subnet-id", settings.additionalSubnetId()),
                        named("member-subnet-id", settings.memberSubnetId()),
                        named("floating-network-id", settings.floatingNetworkId()),
                        named("floating-subnet-id", floatingSubnet),
                        named("flavor-id", settings.flavorId()),
                        named("availability-zone", settings.availabilityZone()),
                        tlsContainers(settings))
                .flatMap(named -> named)
                .toList());
    }

    private static Stream<NamedId> named(String key, @Nullable String value) {
        return value == null ? Stream.of() : Stream.of(new NamedId(key, value));
    }

    private static Stream<NamedId> tlsContainers(LoadBalancerSettings settings) {
        return settings.ports().values().stream()
                .map(PortSettings::tlsContainerRef)
                .filter(Objects::nonNull)
                .distinct()
                .sorted()
                .map(reference -> new NamedId("default-tls-container-ref", reference));
    }

    /** Whether the words of a refusal repeat one of the ids. */
    public boolean areNamedIn(String words) {
        return ids.stream().anyMatch(id -> words.contains(id.value()));
    }

    /** Those that the words of a refusal repeat; else those whose field they name; else all. */
    public String toCheck(String words) {
        return Stream.<Predicate<NamedId>>of(id -> words.contains(id.value()), id -> id.isFieldIn(words), _ -> true)
                .map(guilty ->
                        ids.stream().filter(guilty).map(NamedId::toString).collect(Collectors.joining(", ")))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }
}
