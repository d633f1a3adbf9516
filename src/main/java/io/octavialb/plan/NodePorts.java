package io.octavialb.plan;

import io.octavialb.model.desired.DesiredSecurityGroup.OpenedNode;
import io.octavialb.model.observed.Port;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The ports of nodes by the instance they belong to: which of them a Service's security group goes on. */
public final class NodePorts {
    private final Map<String, List<Port>> byInstance;

    public NodePorts(List<Port> ports) {
        byInstance = ports.stream()
                .filter(port -> port.deviceId() != null)
                .collect(Collectors.groupingBy(port -> String.valueOf(port.deviceId())));
    }

    /** The ports by which the node is a member: with its address, else in the members' subnet. */
    public List<Port> of(OpenedNode node) {
        List<Port> all = all(node);
        List<Port> addressed = with(all, ip -> node.addresses().contains(ip.ipAddress()));
        return addressed.isEmpty() ? with(all, ip -> node.subnetIds().contains(ip.subnetId())) : addressed;
    }

    /** Of those the ones that can have a security group. */
    List<Port> secured(OpenedNode node) {
        return of(node).stream()
                .filter(port -> !Boolean.FALSE.equals(port.portSecurityEnabled()))
                .toList();
    }

    /** Whether it is clear which port it is, so that nothing has to be looked up. */
    public boolean knows(OpenedNode node) {
        return all(node).stream().anyMatch(port -> hasAddress(port, node));
    }

    /** Whether it has an address of the node, whatever instance it belongs to. */
    static boolean hasAddress(Port port, OpenedNode node) {
        return port.fixedIps().stream().anyMatch(ip -> node.addresses().contains(ip.ipAddress()));
    }

    private List<Port> all(OpenedNode node) {
        return byInstance.getOrDefault(Objects.requireNonNullElse(node.instanceId(), ""), List.of());
    }

    private static List<Port> with(List<Port> ports, Predicate<Port.FixedIp> wanted) {
        return ports.stream()
                .filter(port -> port.fixedIps().stream().anyMatch(wanted))
                .toList();
    }
}
