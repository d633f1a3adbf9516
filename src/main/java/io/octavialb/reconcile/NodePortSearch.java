package io.octavialb.reconcile;

import io.octavialb.model.desired.DesiredSecurityGroup.OpenedNode;
import io.octavialb.model.observed.Port;
import io.octavialb.openstack.Neutron;
import io.octavialb.plan.NodePorts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the ports of nodes that are not known yet.
 *
 * <p>A port without port security never gets a security group, so that no list of a group's ports shows it: it is
 * remembered for ten minutes, for all Services.
 */
final class NodePortSearch {
    private static final Duration LIFETIME = Duration.ofMinutes(10);

    private final Neutron neutron;
    private final InstantSource clock;
    private final Map<String, Unsecured> unsecured = new ConcurrentHashMap<>();

    private record Unsecured(Instant until, List<Port> ports) {}

    NodePortSearch(Neutron neutron, InstantSource clock) {
        this.neutron = neutron;
        this.clock = clock;
    }

    /** The ports of the nodes' instances that are not among those known. */
    List<Port> of(List<OpenedNode> nodes, List<Port> known) {
        NodePorts present = new NodePorts(known);
        List<String> instances = nodes.stream()
                .filter(node -> node.instanceId() != null && !present.knows(node))
                .map(node -> String.valueOf(node.instanceId()))
                .distinct()
                .toList();
        List<Port> remembered = instances.stream()
                .map(this::remembered)
                .flatMap(Collection::stream)
                .toList();
        List<String> unknown = instances.stream()
                .filter(id -> remembered.stream().noneMatch(port -> id.equals(port.deviceId())))
                .toList();
        List<Port> found = unknown.isEmpty() ? List.of() : neutron.portsOfInstances(unknown);
        remember(found);
        return Stream.concat(remembered.stream(), found.stream()).toList();
    }

    private List<Port> remembered(String instance) {
        Unsecured entry = unsecured.get(instance);
        return entry != null && entry.until().isAfter(clock.instant()) ? entry.ports() : List.of();
    }

    private void remember(List<Port> found) {
        Map<String, List<Port>> byInstance =
                found.stream().collect(Collectors.groupingBy(port -> Objects.requireNonNullElse(port.deviceId(), "")));
        Instant until = clock.instant().plus(LIFETIME);
        byInstance.forEach((instance, ports) -> {
            if (ports.stream().allMatch(port -> Boolean.FALSE.equals(port.portSecurityEnabled()))) {
                unsecured.put(instance, new Unsecured(until, new ArrayList<>(ports)));
            } else {
                unsecured.remove(instance);
            }
        });
    }
}
