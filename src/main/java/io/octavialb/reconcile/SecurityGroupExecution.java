package io.octavialb.reconcile;

import io.octavialb.model.observed.Port;
import io.octavialb.model.observed.SecurityGroups;
import io.octavialb.openstack.Neutron;
import io.octavialb.plan.Step;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Carries out a step about a Service's security group and tells what is observed then. */
final class SecurityGroupExecution {
    private final Neutron neutron;
    private final PortSecurityGroups portGroups;

    SecurityGroupExecution(Neutron neutron) {
        this.neutron = neutron;
        this.portGroups = new PortSecurityGroups(neutron, PortSecurityGroups.JITTERED);
    }

    SecurityGroups execute(Step.SecurityGroupStep step, SecurityGroups before) {
        return switch (step) {
            case Step.CreateSecurityGroup s ->
                before.with(neutron.createSecurityGroup(
                        s.desired().name(), s.desired().description()));
            case Step.CreateSecurityGroupRules s -> {
                var group = Objects.requireNonNull(before.kept(), "no security group was observed");
                yield before.with(group.with(neutron.createSecurityGroupRules(group.id(), s.rules())));
            }
            case Step.DeleteSecurityGroupRule s -> {
                neutron.deleteSecurityGroupRule(s.rule().id());
                yield before.with(s.group().withoutRule(s.rule().id()));
            }
            case Step.AttachSecurityGroup s -> changed(before, s.port(), groups -> with(groups, id(s.groupId())));
            case Step.DetachSecurityGroup s ->
                changed(before, s.port(), groups -> without(groups, s.group().id()));
            case Step.DeleteSecurityGroup s -> {
                neutron.deleteSecurityGroup(s.group().id());
                yield before.withoutGroup(s.group().id());
            }
        };
    }

    /** A port that is gone, with its instance, is as good as changed. */
    private SecurityGroups changed(SecurityGroups before, Port port, UnaryOperator<List<String>> change) {
        return portGroups
                .changed(port, change)
                .map(now -> before.withPorts(List.of(now)))
                .orElseGet(() -> before.withoutPort(port.id()));
    }

    private static List<String> with(List<String> groups, String id) {
        return groups.contains(id)
                ? groups
                : Stream.concat(groups.stream(), Stream.of(id)).toList();
    }

    private static List<String> without(List<String> groups, String id) {
        return groups.stream().filter(group -> !group.equals(id)).toList();
    }

    private static String id(@Nullable String groupId) {
        return Objects.requireNonNull(groupId, "the security group is not created yet");
    }
}
