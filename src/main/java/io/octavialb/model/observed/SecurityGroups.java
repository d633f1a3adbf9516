package io.octavialb.model.observed;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The security groups that are a Service's, and the ports they are on.
 *
 * @param groups by id; several only after an answer to a creation got lost
 * @param ports those that have one of the groups, and those of nodes that may get it
 */
public record SecurityGroups(List<SecurityGroup> groups, List<Port> ports) {
    public SecurityGroups {
        groups = groups.stream().sorted(Comparator.comparing(SecurityGroup::id)).toList();
        ports = List.copyOf(ports);
    }

    /** The one that is kept; null while there is none. */
    public @Nullable SecurityGroup kept() {
        return groups.isEmpty() ? null : groups.getFirst();
    }

    /** Those beside the one that is kept. */
    public List<SecurityGroup> surplus() {
        return groups.stream().skip(1).toList();
    }

    /** The ports that have a group. */
    public List<Port> portsWith(String groupId) {
        return ports.stream()
                .filter(port -> port.securityGroups().contains(groupId))
                .toList();
    }

    /** With a group that is new or has changed. */
    public SecurityGroups with(SecurityGroup group) {
        return new SecurityGroups(
                Stream.concat(withoutGroup(group.id()).groups().stream(), Stream.of(group))
                        .toList(),
                ports);
    }

    public SecurityGroups withoutGroup(String id) {
        return new SecurityGroups(
                groups.stream().filter(group -> !group.id().equals(id)).toList(), ports);
    }

    /** With ports that are new or have changed. */
    public SecurityGroups withPorts(List<Port> more) {
        return new SecurityGroups(
                groups,
                Stream.concat(
                                ports.stream()
                                        .filter(port -> more.stream()
                                                .noneMatch(other -> other.id().equals(port.id()))),
                                more.stream())
                        .toList());
    }

    public SecurityGroups withoutPort(String id) {
        return new SecurityGroups(
                groups, ports.stream().filter(port -> !port.id().equals(id)).toList());
    }
}
