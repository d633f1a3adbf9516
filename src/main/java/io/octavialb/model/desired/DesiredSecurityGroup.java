package io.octavialb.model.desired;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The security group of a Service as it should be: what it opens, and on whose ports it is.
 *
 * @param rules each once
 * @param restrictsClients whether it is by these rules that source ranges are enforced
 * @param complete whether these are all rules there should be; else those for other ports stay
 */
public record DesiredSecurityGroup(
        String name,
        String description,
        List<DesiredSecurityGroupRule> rules,
        List<OpenedNode> nodes,
        boolean restrictsClients,
        boolean complete) {

    /**
     * A node whose port gets the group.
     *
     * @param instanceId of its {@code spec.providerID}; null when that is not one of OpenStack's
     * @param addresses by which it is a member; the port that has one of them gets the group
     * @param subnetIds of the members: where no port has the address, the instance's ports in them get the group
     */
    public record OpenedNode(String name, @Nullable String instanceId, Set<String> addresses, Set<String> subnetIds) {
        public OpenedNode {
            addresses = Set.copyOf(addresses);
            subnetIds = Set.copyOf(subnetIds);
        }
    }

    public DesiredSecurityGroup {
        rules = List.copyOf(rules);
        nodes = List.copyOf(nodes);
    }
}
