package io.octavialb.cloud;

import io.octavialb.model.desired.DesiredSecurityGroupRule;
import io.octavialb.model.observed.FloatingIp;
import io.octavialb.model.observed.Network;
import io.octavialb.model.observed.Port;
import io.octavialb.model.observed.SecurityGroup;
import io.octavialb.model.observed.SecurityGroupRule;
import io.octavialb.model.observed.Subnet;
import io.octavialb.openstack.CloudException;
import io.octavialb.openstack.CloudException.Kind;
import io.octavialb.openstack.Neutron;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Neutron with the networks a test puts there, floating IPs, and the security groups of ports. */
public final class MemoryNeutron implements Neutron {
    private final List<Network> networks = new ArrayList<>();
    private final List<Subnet> subnets = new ArrayList<>();
    private final Map<String, Port> ports = new LinkedHashMap<>();
    private final Map<String, SecurityGroup> securityGroups = new LinkedHashMap<>();
    private final Map<String, FloatingIp> floatingIps = new LinkedHashMap<>();
    private final List<String> mutations;
    private @Nullable CloudException nextMutationFails;
    private Consumer<Port> beforePortUpdates = _ -> {};
    private int ids;

    /** With the list to note in what it is asked to change. */
    MemoryNeutron(List<String> mutations) {
        this.mutations = mutations;
    }

    public void put(Network network) {
        networks.add(network);
    }

    public void put(Subnet subnet) {
        subnets.add(subnet);
    }

    public void put(Port port) {
        ports.put(port.id(), port);
    }

    public void put(SecurityGroup group) {
        securityGroups.put(group.id(), group);
    }

    @Override
    public List<SecurityGroup> securityGroups() {
        return List.copyOf(securityGroups.values());
    }

    /** Puts these groups on a port, as somebody else does it. */
    public void secure(String portId, String... groups) {
        Port port = port(portId).orElseThrow();
        put(new Port(
                port.id(),
                port.networkId(),
                port.deviceId(),
                port.deviceOwner(),
                port.fixedIps(),
                List.of(groups),
                port.portSecurityEnabled(),
                port.revisionNumber() + 1));
    }

    public void removePort(String id) {
        ports.remove(id);
    }

    /** Does something just before each change of a port that is still to come, until told otherwise. */
    public void beforePortUpdates(Consumer<Port> other) {
        beforePortUpdates = other;
    }

    public void put(FloatingIp floatingIp) {
        floatingIps.put(floatingIp.id(), floatingIp);
    }

    public void nextMutationFails(CloudException failure) {
        nextMutationFails = failure;
    }

    private void mutation(String request) {
        mutations.add(request);
        CloudException failure = nextMutationFails;
        nextMutationFails = null;
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public List<FloatingIp> floatingIps() {
        return List.copyOf(floatingIps.values());
    }

    /** Detaches what was on the VIP ports of load balancers that are gone. */
    public void portGone(String portId) {
        floatingIps.replaceAll(
                (_, floatingIp) -> portId.equals(floatingIp.portId()) ? on(floatingIp, null) : floatingIp);
    }

    @Override
    public List<Network> externalNetworks() {
        return networks.stream().filter(Network::external).toList();
    }

    @Override
    public Optional<Subnet> subnet(String id) {
        return subnets.stream().filter(subnet -> subnet.id().equals(id)).findFirst();
    }

    @Override
    public List<Subnet> subnetsOf(String networkId) {
        return subnets.stream()
                .filter(subnet -> subnet.networkId().equals(networkId))
                .toList();
    }

    @Override
    public List<Port> portsWithAddress(String address) {
        return ports.values().stream()
                .filter(port -> port.fixedIps().stream()
                        .anyMatch(fixedIp -> fixedIp.ipAddress().equals(address)))
                .toList();
    }

    @Override
    public List<Port> portsOfInstances(List<String> instanceIds) {
        return ports.values().stream()
                .filter(port -> instanceIds.contains(port.deviceId()))
                .toList();
    }

    @Override
    public List<Port> portsWithSecurityGroups(List<String> groupIds) {
        return ports.values().stream()
                .filter(port -> port.securityGroups().stream().anyMatch(groupIds::contains))
                .toList();
    }

    @Override
    public Optional<Port> port(String id) {
        return Optional.ofNullable(ports.get(id));
    }

    @Override
    public Port updatePortSecurityGroups(Port read, List<String> groupIds) {
        mutation("PUT port");
        beforePortUpdates.accept(read);
        Port port = ports.get(read.id());
        if (port == null) {
            throw MemoryOctavia.fault(Kind.NOT_FOUND, 404, "port " + read.id());
        }
        if (port.revisionNumber() != read.revisionNumber()) {
            throw MemoryOctavia.fault(Kind.CONFLICT, 412, "revision " + port.revisionNumber());
        }
        secure(read.id(), groupIds.toArray(String[]::new));
        return port(read.id()).orElseThrow();
    }

    @Override
    public List<SecurityGroup> securityGroupsNamed(String name) {
        return securityGroups.values().stream()
                .filter(group -> group.name().equals(name))
                .toList();
    }

    @Override
    public List<SecurityGroup> securityGroups(List<String> ids) {
        return securityGroups.values().stream()
                .filter(group -> ids.contains(group.id()))
                .toList();
    }

    @Override
    public SecurityGroup createSecurityGroup(String name, String description) {
        mutation("POST security-groups");
        ids++;
        SecurityGroup created = new SecurityGroup("sg-" + ids, name, description, List.of());
        put(created);
        return created;
    }

    @Override
    public void deleteSecurityGroup(String id) {
        mutation("DELETE security-group");
        if (!portsWithSecurityGroups(List.of(id)).isEmpty()) {
            throw MemoryOctavia.fault(Kind.CONFLICT, 409, "Security Group " + id + " in use.");
        }
        securityGroups.remove(id);
    }

    @Override
    public List<SecurityGroupRule> createSecurityGroupRules(String groupId, List<DesiredSecurityGroupRule> rules) {
        mutation("POST security-group-rules");
        SecurityGroup group = securityGroups.get(groupId);
        if (group == null) {
            throw MemoryOctavia.fault(Kind.NOT_FOUND, 404, "security group " + groupId);
        }
        List<SecurityGroupRule> created = rules.stream().map(this::rule).toList();
        put(group.with(created));
        return created;
    }

    private SecurityGroupRule rule(DesiredSecurityGroupRule rule) {
        ids++;
        return new SecurityGroupRule(
                "rule-" + ids,
                "ingress",
                rule.family().name(),
                rule.protocol(),
                rule.port(),
                rule.port(),
                rule.remoteIpPrefix(),
                null,
                null);
    }

    @Override
    public void deleteSecurityGroupRule(String id) {
        mutation("DELETE security-group-rule");
        securityGroups.replaceAll((_, group) -> group.withoutRule(id));
    }

    @Override
    public List<FloatingIp> floatingIpsOn(String portId) {
        return floatingIps.values().stream()
                .filter(floatingIp -> portId.equals(floatingIp.portId()))
                .toList();
    }

    @Override
    public List<FloatingIp> floatingIpsWithAddress(String address) {
        return floatingIps.values().stream()
                .filter(floatingIp -> floatingIp.floatingIpAddress().equals(address))
                .toList();
    }

    @Override
    public List<FloatingIp> floatingIpsDescribed(String description) {
        return floatingIps.values().stream()
                .filter(floatingIp -> floatingIp.description().equals(description))
                .toList();
    }

    @Override
    public FloatingIp createFloatingIp(
            String floatingNetworkId,
            @Nullable String subnetId,
            @Nullable String floatingIpAddress,
            @Nullable String portId,
            String description) {
        mutation("POST floatingips");
        ids++;
        FloatingIp created = new FloatingIp(
                "fip-" + ids,
                floatingNetworkId,
                floatingIpAddress == null ? "203.0.113." + (100 + ids) : floatingIpAddress,
                portId,
                description);
        floatingIps.put(created.id(), created);
        return created;
    }

    @Override
    public FloatingIp bindFloatingIp(String id, String portId) {
        return changed(id, floatingIp -> on(floatingIp, portId));
    }

    @Override
    public FloatingIp detachFloatingIp(String id, String description) {
        return changed(id, floatingIp -> described(on(floatingIp, null), description));
    }

    private FloatingIp changed(String id, UnaryOperator<FloatingIp> change) {
        mutation("PUT floatingip");
        FloatingIp floatingIp = floatingIps.get(id);
        if (floatingIp == null) {
            throw MemoryOctavia.fault(Kind.NOT_FOUND, 404, "floating IP " + id);
        }
        FloatingIp changed = change.apply(floatingIp);
        floatingIps.put(id, changed);
        return changed;
    }

    @Override
    public void deleteFloatingIp(String id) {
        mutation("DELETE floatingip");
        floatingIps.remove(id);
    }

    private static FloatingIp described(FloatingIp floatingIp, String description) {
        return new FloatingIp(
                floatingIp.id(),
                floatingIp.floatingNetworkId(),
                floatingIp.floatingIpAddress(),
                floatingIp.portId(),
                description);
    }

    private static FloatingIp on(FloatingIp floatingIp, @Nullable String portId) {
        return new FloatingIp(
                floatingIp.id(),
                floatingIp.floatingNetworkId(),
                floatingIp.floatingIpAddress(),
                portId,
                floatingIp.description());
    }
}
