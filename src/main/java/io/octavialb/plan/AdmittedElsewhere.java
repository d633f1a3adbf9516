package io.octavialb.plan;

import io.octavialb.build.EventReasons;
import io.octavialb.config.Cidr;
import io.octavialb.model.Notice;
import io.octavialb.model.desired.DesiredSecurityGroup;
import io.octavialb.model.desired.DesiredSecurityGroupRule;
import io.octavialb.model.observed.Port;
import io.octavialb.model.observed.SecurityGroup;
import io.octavialb.model.observed.SecurityGroupRule;
import io.octavialb.model.observed.SecurityGroups;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What else admits traffic to the node ports of a Service with source ranges that its nodes enforce.
 *
 * <p>Security groups add up: a port is open to all that any of its groups admits. Rules for members of a group say
 * nothing about clients and are left out.
 */
public final class AdmittedElsewhere {
    private AdmittedElsewhere() {}

    /** The groups beside the Service's own on the ports of its nodes. */
    public static Set<String> groups(DesiredSecurityGroup desired, SecurityGroups present) {
        Set<String> own = present.groups().stream().map(SecurityGroup::id).collect(Collectors.toSet());
        return nodePorts(desired, present)
                .flatMap(port -> port.securityGroups().stream())
                .filter(id -> !own.contains(id))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** One Warning about the first group that admits more than the source ranges, or ports that no group guards. */
    public static Optional<Notice> notice(
            DesiredSecurityGroup desired, SecurityGroups present, List<SecurityGroup> others) {
        Optional<Notice> admitted = others.stream()
                .flatMap(group -> group.securityGroupRules().stream()
                        .flatMap(rule -> desired.rules().stream()
                                .filter(port -> admitsMore(rule, port, desired))
                                .map(port -> admits(group, rule, port))))
                .findFirst();
        return admitted.or(() -> unguarded(desired, present));
    }

    private static Notice admits(SecurityGroup group, SecurityGroupRule rule, DesiredSecurityGroupRule port) {
        return notice("security group " + group.id() + " (" + group.name() + ") on the nodes admits " + rule.remote()
                + " to " + port.protocol() + "/" + port.port() + ": remove its rule " + rule.id()
                + ", or take the group off the nodes' ports");
    }

    private static Optional<Notice> unguarded(DesiredSecurityGroup desired, SecurityGroups present) {
        return nodePorts(desired, present)
                .filter(port -> Boolean.FALSE.equals(port.portSecurityEnabled()))
                .findFirst()
                .map(port -> notice("port " + port.id()
                        + " of a node has no port security, so it is open to all: enable it there"));
    }

    private static Notice notice(String why) {
        return new Notice(EventReasons.SOURCE_RANGES_IGNORED, "source ranges are not enforced: " + why);
    }

    private static Stream<Port> nodePorts(DesiredSecurityGroup desired, SecurityGroups present) {
        NodePorts ports = new NodePorts(present.ports());
        return desired.nodes().stream().map(ports::of).flatMap(List::stream);
    }

    private static boolean admitsMore(
            SecurityGroupRule rule, DesiredSecurityGroupRule port, DesiredSecurityGroup desired) {
        return port.isOpenedBy(rule)
                && rule.byAddress()
                && desired.rules().stream()
                        .filter(other -> other.port() == port.port()
                                && other.protocol().equals(port.protocol())
                                && other.family() == port.family())
                        .noneMatch(other -> isWithin(rule.remote(), other.remoteIpPrefix()));
    }

    private static boolean isWithin(String inner, String outer) {
        Optional<Cidr> small = Cidr.parse(inner);
        Optional<Cidr> large = Cidr.parse(outer);
        return small.isPresent()
                && large.isPresent()
                && small.get().prefixLength() >= large.get().prefixLength()
                && large.get().contains(small.get().network());
    }
}
