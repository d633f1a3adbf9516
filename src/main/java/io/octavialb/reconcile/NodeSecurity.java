package io.octavialb.reconcile;

import io.octavialb.build.EventReasons;
import io.octavialb.build.SecurityGroupBuild;
import io.octavialb.config.LoadBalancerSettings;
import io.octavialb.model.Facts;
import io.octavialb.model.Notice;
import io.octavialb.model.Ownership;
import io.octavialb.model.SecurityGroupOwnership;
import io.octavialb.model.desired.Desired;
import io.octavialb.model.desired.DesiredSecurityGroup;
import io.octavialb.model.desired.DesiredSecurityGroup.OpenedNode;
import io.octavialb.model.kubernetes.Node;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.observed.Observed;
import io.octavialb.model.observed.SecurityGroup;
import io.octavialb.model.observed.SecurityGroups;
import io.octavialb.model.observed.Subnet;
import io.octavialb.openstack.CloudException;
import io.octavialb.openstack.Neutron;
import io.octavialb.plan.AdmittedElsewhere;
import io.octavialb.plan.NodePorts;
import io.octavialb.plan.SecurityGroupPlan;
import io.octavialb.plan.Step;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The security group by which the nodes let a Service's load balancer in: what it should be, what is there, and its
 * removal.
 *
 * <p>Two requests where nothing has changed, however many nodes there are: the group with its rules, and the ports that
 * have it. Only the ports of nodes that are not among them are looked up. See {@code docs/decisions/security-groups.md}.
 */
final class NodeSecurity {
    private static final Logger LOG = LoggerFactory.getLogger(NodeSecurity.class);
    private static final int NAMED_NODES = 5;

    private final boolean managed;
    private final Neutron neutron;
    private final CachedSearches searches;
    private final NodePortSearch nodePorts;
    private final SecurityGroupExecution execution;

    NodeSecurity(
            boolean managed,
            Neutron neutron,
            SecurityGroupExecution execution,
            CachedSearches searches,
            InstantSource clock) {
        this.managed = managed;
        this.neutron = neutron;
        this.searches = searches;
        this.nodePorts = new NodePortSearch(neutron, clock);
        this.execution = execution;
    }

    /** What is desired and observed with the security group in it, and what can't be done about it. */
    record Secured(Desired desired, Observed observed, List<Notice> notices) {}

    Secured of(
            Service service,
            List<Node> nodes,
            LoadBalancerSettings settings,
            Facts facts,
            Ownership ownership,
            Desired desired,
            Observed observed) {
        if (!managed) {
            return new Secured(desired, observed, List.of());
        }
        Map<String, String> cidrs = subnetCidrs(desired);
        DesiredSecurityGroup wanted =
                new SecurityGroupBuild(service, nodes, settings, facts, ownership, desired, cidrs).build();
        if (wanted == null) {
            return new Secured(desired, observed, unreadable(desired, cidrs));
        }
        SecurityGroups known = observed.securityGroups() == null ? read(ownership) : observed.securityGroups();
        SecurityGroups present = known.withPorts(nodePorts.of(wanted.nodes(), known.ports()));
        return new Secured(desired.with(wanted), observed.with(present), notices(wanted, present));
    }

    private Map<String, String> subnetCidrs(Desired desired) {
        Map<String, String> cidrs = new HashMap<>();
        for (String id : SecurityGroupBuild.memberSubnets(desired)) {
            searches.subnet(id).map(Subnet::cidr).ifPresent(cidr -> cidrs.put(id, cidr));
        }
        return cidrs;
    }

    private static List<Notice> unreadable(Desired desired, Map<String, String> cidrs) {
        return SecurityGroupBuild.memberSubnets(desired).stream()
                .filter(id -> !cidrs.containsKey(id))
                .map(id -> new Notice(
                        EventReasons.NODES_NOT_OPENED,
                        "manage-security-groups: subnet " + id + " of the members can't be read, so it is not known "
                                + "what to open the nodes to: share it with this project, or correct member-subnet-id"))
                .toList();
    }

    private SecurityGroups read(Ownership ownership) {
        SecurityGroupOwnership group = new SecurityGroupOwnership(ownership);
        List<SecurityGroup> own = neutron.securityGroupsNamed(group.name()).stream()
                .filter(group::owns)
                .toList();
        List<String> ids = own.stream().map(SecurityGroup::id).toList();
        return new SecurityGroups(own, ids.isEmpty() ? List.of() : neutron.portsWithSecurityGroups(ids));
    }

    private List<Notice> notices(DesiredSecurityGroup wanted, SecurityGroups present) {
        List<Notice> notices = new ArrayList<>();
        foreign(wanted).ifPresent(notices::add);
        withoutPort(wanted, present).ifPresent(notices::add);
        elsewhere(wanted, present).ifPresent(notices::add);
        return notices;
    }

    private static Optional<Notice> foreign(DesiredSecurityGroup wanted) {
        return notOpened(
                wanted.nodes().stream()
                        .filter(node -> node.instanceId() == null)
                        .toList(),
                "spec.providerID of %s is not openstack://[region]/<instance id>: correct it, or open the node ports "
                        + "there by hand");
    }

    private static Optional<Notice> withoutPort(DesiredSecurityGroup wanted, SecurityGroups present) {
        NodePorts ports = new NodePorts(present.ports());
        return notOpened(
                wanted.nodes().stream()
                        .filter(node ->
                                node.instanceId() != null && ports.of(node).isEmpty())
                        .toList(),
                "no port is visible in this project that has the address of %s: open the node ports there by hand");
    }

    private static Optional<Notice> notOpened(List<OpenedNode> nodes, String why) {
        String names = nodes.stream().map(OpenedNode::name).limit(NAMED_NODES).collect(Collectors.joining(", "))
                + (nodes.size() > NAMED_NODES ? " and " + (nodes.size() - NAMED_NODES) + " more" : "");
        return nodes.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Notice(EventReasons.NODES_NOT_OPENED, "manage-security-groups: " + why.formatted(names)));
    }

    /** Asked only where the nodes are what enforces source ranges. */
    private Optional<Notice> elsewhere(DesiredSecurityGroup wanted, SecurityGroups present) {
        if (!wanted.restrictsClients()) {
            return Optional.empty();
        }
        List<String> others = List.copyOf(AdmittedElsewhere.groups(wanted, present));
        return AdmittedElsewhere.notice(wanted, present, others.isEmpty() ? List.of() : neutron.securityGroups(others));
    }

    /** Where groups are not managed, credentials need not reach them. */
    private SecurityGroups readToRemove(Ownership ownership) {
        try {
            return read(ownership);
        } catch (CloudException e) {
            boolean outOfReach = switch (e.fault().kind()) {
                case UNAUTHENTICATED, FORBIDDEN, NOT_FOUND -> true;
                case UNREACHABLE,
                        NO_ANSWER,
                        CONFLICT,
                        BAD_REQUEST,
                        TOO_MANY_REQUESTS,
                        SERVER_ERROR,
                        MALFORMED,
                        CIRCUIT_OPEN,
                        TENURE_OVER,
                        NO_ENDPOINT -> false;
            };
            if (managed || !outOfReach) {
                throw e;
            }
            LOG.warn("{}: security groups can't be read, so none is deleted: {}", ownership.service(), e.fault());
            return new SecurityGroups(List.of(), List.of());
        }
    }

    /** What {@link #remove} would do. */
    List<Step> removal(Ownership ownership) {
        return List.copyOf(SecurityGroupPlan.removal(readToRemove(ownership)));
    }

    /**
     * Deletes what was made for the Service, also where groups are not managed any more. Only after the load balancer:
     * until it is gone it serves.
     */
    void remove(Ownership ownership) {
        SecurityGroups present = readToRemove(ownership);
        for (Step.SecurityGroupStep step : SecurityGroupPlan.removal(present)) {
            present = execution.execute(step, present);
        }
    }
}
