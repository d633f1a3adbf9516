package io.octavialb.build;

import io.octavialb.config.Cidr;
import io.octavialb.config.LoadBalancerSettings;
import io.octavialb.model.Facts;
import io.octavialb.model.Hold;
import io.octavialb.model.ListenerKey;
import io.octavialb.model.Ownership;
import io.octavialb.model.SecurityGroupOwnership;
import io.octavialb.model.desired.Desired;
import io.octavialb.model.desired.DesiredListener;
import io.octavialb.model.desired.DesiredMember;
import io.octavialb.model.desired.DesiredPool;
import io.octavialb.model.desired.DesiredSecurityGroup;
import io.octavialb.model.desired.DesiredSecurityGroup.OpenedNode;
import io.octavialb.model.desired.DesiredSecurityGroupRule;
import io.octavialb.model.kubernetes.IpFamily;
import io.octavialb.model.kubernetes.Node;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.kubernetes.ServicePort;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The security group that opens the nodes to a Service's load balancer, made of what its members are.
 *
 * <p>A rule opens one port of the members to one network: to the members' subnet, where the load balancer's own address
 * is, or, where nodes see the client's address (ovn), to the source ranges. With externalTrafficPolicy Local the
 * healthCheckNodePort is opened likewise.
 *
 * @param desired the rest of what the Service should have
 * @param subnetCidrs by subnet id: the members' subnets
 */
public record SecurityGroupBuild(
        Service service,
        List<Node> nodes,
        LoadBalancerSettings settings,
        Facts facts,
        Ownership ownership,
        Desired desired,
        Map<String, String> subnetCidrs) {
    /** As the reference reads it: {@code openstack://[region]/<instance id>}. */
    private static final Pattern PROVIDER_ID = Pattern.compile("openstack://[^/]*/([^/]+)");

    public SecurityGroupBuild {
        nodes = List.copyOf(nodes);
        subnetCidrs = Map.copyOf(subnetCidrs);
    }

    /** The subnets whose CIDRs have to be known. */
    public static Set<String> memberSubnets(Desired desired) {
        return desired.loadBalancer().listeners().stream()
                .flatMap(SecurityGroupBuild::members)
                .flatMap(member -> Stream.ofNullable(member.subnetId()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Null while it is not known in which subnet the members are, as before a VIP is placed on a whole network. */
    public @Nullable DesiredSecurityGroup build() {
        List<DesiredMember> members = desired.loadBalancer().listeners().stream()
                .flatMap(SecurityGroupBuild::members)
                .toList();
        if (!members.stream().allMatch(member -> subnetCidrs.containsKey(String.valueOf(member.subnetId())))) {
            return null;
        }
        SecurityGroupOwnership group = new SecurityGroupOwnership(ownership);
        return new DesiredSecurityGroup(
                group.name(),
                group.description(),
                rules(members),
                opened(members),
                restrictsClients(),
                isComplete(members));
    }

    private boolean seesClients() {
        return new ProviderFeatures(settings.lbProvider(), facts.version()).nodesSeeClients();
    }

    private boolean restrictsClients() {
        return seesClients()
                && service.ports().stream().anyMatch(port -> sourceRanges(port).restricted());
    }

    private SourceRanges sourceRanges(ServicePort port) {
        return SourceRanges.of(service, settings.port(port), facts.families());
    }

    /**
     * A port that is held altogether keeps its members, and one whose source ranges are not known its rules. While no
     * pod is there all stays: the next one will need it again.
     */
    private boolean isComplete(List<DesiredMember> members) {
        boolean noPods = settings.podsAreMembers() && members.isEmpty();
        return !noPods
                && desired.held().values().stream()
                        .noneMatch(hold -> hold == Hold.ALL || (hold == Hold.ALL_BUT_MEMBERS && seesClients()));
    }

    private List<DesiredSecurityGroupRule> rules(List<DesiredMember> all) {
        Set<DesiredSecurityGroupRule> rules = new LinkedHashSet<>();
        for (ServicePort port : service.ports()) {
            for (DesiredMember member : membersOf(port)) {
                remotes(port, member)
                        .map(remote -> DesiredSecurityGroupRule.of(port.protocol(), member.protocolPort(), remote))
                        .forEach(rules::add);
            }
        }
        if (service.localTrafficOnly() && service.healthCheckNodePort() > 0 && !settings.podsAreMembers()) {
            service.ports().stream()
                    .flatMap(port -> all.stream().flatMap(member -> remotes(port, member)))
                    .map(remote -> DesiredSecurityGroupRule.of("TCP", service.healthCheckNodePort(), remote))
                    .forEach(rules::add);
        }
        return List.copyOf(rules);
    }

    /** None where source ranges are not understood. */
    private Stream<String> remotes(ServicePort port, DesiredMember member) {
        IpFamily family = IpFamily.of(member.address());
        return seesClients()
                ? sourceRanges(port).cidrs().stream().filter(range -> IpFamily.of(range) == family)
                : Stream.of(Objects.requireNonNull(subnetCidrs.get(String.valueOf(member.subnetId()))));
    }

    private List<DesiredMember> membersOf(ServicePort port) {
        DesiredListener listener = desired.listener(ListenerKey.of(port.protocol(), port.port()));
        return listener == null ? List.of() : members(listener).toList();
    }

    private static Stream<DesiredMember> members(DesiredListener listener) {
        return Stream.ofNullable(listener.defaultPool())
                .map(DesiredPool::members)
                .flatMap(Collection::stream);
    }

    /** With pods as members every node may be on the way to one. */
    private List<OpenedNode> opened(List<DesiredMember> members) {
        Set<IpFamily> families = members.stream()
                .map(member -> IpFamily.of(member.address()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Cidr subnet = facts.memberCidr() == null
                ? null
                : Cidr.parse(facts.memberCidr()).orElse(null);
        return nodes.stream()
                .map(node -> new OpenedNode(
                        node.name(),
                        instanceId(node),
                        families.stream()
                                .flatMap(family -> NodeAddresses.in(subnet, node, family).stream())
                                .collect(Collectors.toSet()),
                        subnetCidrs.keySet()))
                .filter(node -> !node.addresses().isEmpty())
                .toList();
    }

    private static @Nullable String instanceId(Node node) {
        Matcher matcher = PROVIDER_ID.matcher(Objects.requireNonNullElse(node.providerId(), ""));
        return matcher.matches() ? matcher.group(1) : null;
    }
}
