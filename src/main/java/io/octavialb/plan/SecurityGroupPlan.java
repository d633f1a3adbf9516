package io.octavialb.plan;

import io.octavialb.config.Cidr;
import io.octavialb.model.Hold;
import io.octavialb.model.desired.Desired;
import io.octavialb.model.desired.DesiredSecurityGroup;
import io.octavialb.model.desired.DesiredSecurityGroup.OpenedNode;
import io.octavialb.model.desired.DesiredSecurityGroupRule;
import io.octavialb.model.observed.Observed;
import io.octavialb.model.observed.Port;
import io.octavialb.model.observed.SecurityGroup;
import io.octavialb.model.observed.SecurityGroupRule;
import io.octavialb.model.observed.SecurityGroups;
import io.octavialb.plan.Step.AttachSecurityGroup;
import io.octavialb.plan.Step.CreateSecurityGroup;
import io.octavialb.plan.Step.CreateSecurityGroupRules;
import io.octavialb.plan.Step.DeleteSecurityGroup;
import io.octavialb.plan.Step.DeleteSecurityGroupRule;
import io.octavialb.plan.Step.DetachSecurityGroup;
import io.octavialb.plan.Step.SecurityGroupStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Plans a Service's security group: its rules, and the ports that it is on.
 *
 * <p>What opens comes before the load balancer uses it, what closes when it no longer does: a node that leaves is
 * reached until it is no member any more. Only a rule that admits the wrong networks to a port goes at once.
 *
 * @param opening in a plan for a load balancer that is there before its steps; while it is created there is time
 * @param closing last of all
 */
public record SecurityGroupPlan(List<Step> opening, List<Step> closing) {
    private static final SecurityGroupPlan NOTHING = new SecurityGroupPlan(List.of(), List.of());
    private static final String NO_MEMBER = "no member is behind it";
    private static final String SURPLUS = "the Service has another one";
    private static final String RELEASED = "the Service needs no load balancer";

    public SecurityGroupPlan {
        opening = List.copyOf(opening);
        closing = List.copyOf(closing);
    }

    static SecurityGroupPlan of(Desired desired, Observed observed) {
        DesiredSecurityGroup wanted = desired.securityGroup();
        SecurityGroups present = observed.securityGroups();
        if (wanted == null || present == null) {
            return NOTHING;
        }
        SecurityGroup group = present.kept();
        if (group == null && wanted.rules().isEmpty()) {
            return NOTHING;
        }
        List<Port> targets = targets(wanted, present);
        List<Step> opening = new ArrayList<>();
        if (group == null) {
            opening.add(new CreateSecurityGroup(wanted));
        }
        String groupId = group == null ? null : group.id();
        List<DesiredSecurityGroupRule> missing = missing(wanted, group == null ? List.of() : ingress(group));
        if (!missing.isEmpty()) {
            opening.add(new CreateSecurityGroupRules(groupId, missing));
        }
        boolean closes = wanted.complete() && !desired.held().containsValue(Hold.ALL);
        List<Step> closing = new ArrayList<>();
        if (group != null) {
            for (SecurityGroupRule rule : unwanted(wanted, group)) {
                boolean portIsOpen = wanted.rules().stream().anyMatch(other -> other.opensSamePort(rule));
                if (portIsOpen) {
                    opening.add(new DeleteSecurityGroupRule(group, rule, "the port is not to be open to these"));
                } else if (closes) {
                    closing.add(new DeleteSecurityGroupRule(group, rule, NO_MEMBER));
                }
            }
        }
        targets.stream()
                .filter(port -> groupId == null || !port.securityGroups().contains(groupId))
                .forEach(port -> opening.add(new AttachSecurityGroup(groupId, port)));
        if (group != null && closes) {
            left(wanted, present, group, targets)
                    .forEach(port ->
                            closing.add(new DetachSecurityGroup(group, port, "no eligible node has this port")));
        }
        present.surplus().forEach(other -> closing.addAll(removal(present, other, SURPLUS)));
        return new SecurityGroupPlan(opening, closing);
    }

    /** Takes the groups off all ports and deletes them. */
    public static List<SecurityGroupStep> removal(SecurityGroups present) {
        return present.groups().stream()
                .flatMap(group -> removal(present, group, RELEASED).stream())
                .toList();
    }

    private static List<SecurityGroupStep> removal(SecurityGroups present, SecurityGroup group, String why) {
        return Stream.concat(
                        present.portsWith(group.id()).stream()
                                .<SecurityGroupStep>map(port -> new DetachSecurityGroup(group, port, why)),
                        Stream.of(new DeleteSecurityGroup(group, why)))
                .toList();
    }

    private static List<Port> targets(DesiredSecurityGroup wanted, SecurityGroups present) {
        NodePorts ports = new NodePorts(present.ports());
        return wanted.nodes().stream()
                .flatMap(node -> ports.secured(node).stream())
                .distinct()
                .toList();
    }

    /** A node whose instance is not known keeps what has its address. */
    private static Stream<Port> left(
            DesiredSecurityGroup wanted, SecurityGroups present, SecurityGroup group, List<Port> targets) {
        Set<String> kept = targets.stream().map(Port::id).collect(Collectors.toSet());
        List<OpenedNode> unknown = wanted.nodes().stream()
                .filter(node -> node.instanceId() == null)
                .toList();
        return present.portsWith(group.id()).stream()
                .filter(port -> !kept.contains(port.id())
                        && unknown.stream().noneMatch(node -> NodePorts.hasAddress(port, node)));
    }

    private static List<SecurityGroupRule> ingress(SecurityGroup group) {
        return group.securityGroupRules().stream()
                .filter(SecurityGroupRule::ingress)
                .toList();
    }

    private static List<DesiredSecurityGroupRule> missing(
            DesiredSecurityGroup wanted, List<SecurityGroupRule> present) {
        return wanted.rules().stream()
                .filter(rule -> present.stream().noneMatch(other -> same(rule, other)))
                .toList();
    }

    private static List<SecurityGroupRule> unwanted(DesiredSecurityGroup wanted, SecurityGroup group) {
        return ingress(group).stream()
                .filter(rule -> wanted.rules().stream().noneMatch(other -> same(other, rule)))
                .toList();
    }

    private static boolean same(DesiredSecurityGroupRule desired, SecurityGroupRule rule) {
        return desired.opensSamePort(rule)
                && rule.byAddress()
                && desired.remoteIpPrefix().equals(canonical(rule));
    }

    private static String canonical(SecurityGroupRule rule) {
        return Cidr.parse(rule.remote()).map(Cidr::toString).orElse(rule.remote());
    }
}
