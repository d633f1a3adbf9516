package io.octavialb.openstack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.Lists;
import io.octavialb.model.desired.DesiredSecurityGroupRule;
import io.octavialb.model.observed.FloatingIp;
import io.octavialb.model.observed.Network;
import io.octavialb.model.observed.Port;
import io.octavialb.model.observed.SecurityGroup;
import io.octavialb.model.observed.SecurityGroupRule;
import io.octavialb.model.observed.Subnet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@link Neutron} over HTTP. */
final class NeutronClient implements Neutron {
    private static final String FLOATING_IPS = "/v2.0/floatingips";
    private static final String FLOATING_IP = FLOATING_IPS + "/{id}";
    private static final String SUBNETS = "/v2.0/subnets";

    private static final String PORTS = "/v2.0/ports";
    private static final String PORT = PORTS + "/{id}";
    private static final String SECURITY_GROUPS = "/v2.0/security-groups";
    private static final String SECURITY_GROUP_RULES = "/v2.0/security-group-rules";

    /** What {@link Port} shows: of a thousand ports the rest is most of the answer. */
    private static final List<String> PORT_FIELDS = List.of(
            "id",
            "network_id",
            "device_id",
            "device_owner",
            "fixed_ips",
            "security_groups",
            "port_security_enabled",
            "revision_number");

    /** Ids of 36 characters with their parameter's name, so that a URL stays below 2000 characters. */
    private static final int VALUES_IN_A_URL = 30;

    private final Resources resources;

    NeutronClient(Resources resources) {
        this.resources = resources;
    }

    @Override
    public List<Network> externalNetworks() {
        return resources.list("/v2.0/networks", Query.of("router:external", "true"), "networks", Network.class);
    }

    @Override
    public Optional<Subnet> subnet(String id) {
        return resources.find(SUBNETS + "/{id}", id, "subnet", Subnet.class);
    }

    @Override
    public List<Subnet> subnetsOf(String networkId) {
        return resources.list(SUBNETS, Query.of("network_id", networkId), "subnets", Subnet.class);
    }

    @Override
    public List<Port> portsWithAddress(String address) {
        return resources.list(PORTS, Query.of("fixed_ips", "ip_address=" + address), "ports", Port.class);
    }

    @Override
    public List<Port> portsOfInstances(List<String> instanceIds) {
        return any(PORTS, "device_id", instanceIds, PORT_FIELDS, "ports", Port.class);
    }

    @Override
    public List<Port> portsWithSecurityGroups(List<String> groupIds) {
        return any(PORTS, "security_groups", groupIds, PORT_FIELDS, "ports", Port.class);
    }

    @Override
    public Optional<Port> port(String id) {
        return resources.find(PORT, id, "port", Port.class);
    }

    @Override
    public Port updatePortSecurityGroups(Port port, List<String> groupIds) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.set("security_groups", Json.MAPPER.valueToTree(groupIds));
        return resources.updateAt(port.revisionNumber(), PORT, port.id(), "port", body, Port.class);
    }

    @Override
    public List<SecurityGroup> securityGroups() {
        return resources.list(SECURITY_GROUPS, Query.NONE, "security_groups", SecurityGroup.class);
    }

    @Override
    public List<SecurityGroup> securityGroupsNamed(String name) {
        return resources.list(SECURITY_GROUPS, Query.of("name", name), "security_groups", SecurityGroup.class);
    }

    @Override
    public List<SecurityGroup> securityGroups(List<String> ids) {
        return any(SECURITY_GROUPS, "id", ids, List.of(), "security_groups", SecurityGroup.class);
    }

    @Override
    public SecurityGroup createSecurityGroup(String name, String description) {
        ObjectNode body = Json.MAPPER.createObjectNode().put("name", name).put("description", description);
        return resources.create(SECURITY_GROUPS, List.of(), "security_group", body, SecurityGroup.class);
    }

    @Override
    public void deleteSecurityGroup(String id) {
        resources.delete(SECURITY_GROUPS + "/{id}", id);
    }

    @Override
    public List<SecurityGroupRule> createSecurityGroupRules(String groupId, List<DesiredSecurityGroupRule> rules) {
        ArrayNode body = Json.MAPPER.createArrayNode();
        rules.forEach(rule -> body.addObject()
                .put("security_group_id", groupId)
                .put("direction", "ingress")
                .put("ethertype", rule.family().name())
                .put("protocol", rule.protocol())
                .put("port_range_min", rule.port())
                .put("port_range_max", rule.port())
                .put("remote_ip_prefix", rule.remoteIpPrefix()));
        return resources.createAll(SECURITY_GROUP_RULES, "security_group_rules", body, SecurityGroupRule.class);
    }

    @Override
    public void deleteSecurityGroupRule(String id) {
        resources.delete(SECURITY_GROUP_RULES + "/{id}", id);
    }

    /** What has any of the values. */
    private <T> List<T> any(
            String template, String filter, List<String> values, List<String> fields, String key, Class<T> type) {
        return Lists.partition(values, VALUES_IN_A_URL).stream()
                .flatMap(some -> resources.list(template, query(filter, some, fields), key, type).stream())
                .toList();
    }

    private static Query query(String filter, List<String> values, List<String> fields) {
        return new Query(Stream.concat(
                        values.stream().map(value -> new Query.Param(filter, value)),
                        fields.stream().map(field -> new Query.Param("fields", field)))
                .toList());
    }

    @Override
    public List<FloatingIp> floatingIpsOn(String portId) {
        return floatingIps("port_id", portId);
    }

    @Override
    public List<FloatingIp> floatingIps() {
        return resources.list(FLOATING_IPS, Query.NONE, "floatingips", FloatingIp.class);
    }

    @Override
    public List<FloatingIp> floatingIpsWithAddress(String address) {
        return floatingIps("floating_ip_address", address);
    }

    @Override
    public List<FloatingIp> floatingIpsDescribed(String description) {
        return floatingIps("description", description);
    }

    @Override
    public FloatingIp createFloatingIp(
            String floatingNetworkId,
            @Nullable String subnetId,
            @Nullable String floatingIpAddress,
            @Nullable String portId,
            String description) {
        ObjectNode body = Json.MAPPER
                .createObjectNode()
                .put("floating_network_id", floatingNetworkId)
                .put("description", description);
        if (portId != null) {
            body.put("port_id", portId);
        }
        if (subnetId != null) {
            body.put("subnet_id", subnetId);
        }
        if (floatingIpAddress != null) {
            body.put("floating_ip_address", floatingIpAddress);
        }
        return resources.create(FLOATING_IPS, List.of(), "floatingip", body, FloatingIp.class);
    }

    @Override
    public FloatingIp bindFloatingIp(String id, String portId) {
        ObjectNode body = Json.MAPPER.createObjectNode().put("port_id", portId);
        return resources.update(FLOATING_IP, List.of(id), "floatingip", body, FloatingIp.class);
    }

    @Override
    public FloatingIp detachFloatingIp(String id, String description) {
        ObjectNode body = Json.MAPPER.createObjectNode().putNull("port_id").put("description", description);
        return resources.update(FLOATING_IP, List.of(id), "floatingip", body, FloatingIp.class);
    }

    @Override
    public void deleteFloatingIp(String id) {
        resources.delete(FLOATING_IP, id);
    }

    private List<FloatingIp> floatingIps(String name, String value) {
        return resources.list(FLOATING_IPS, Query.of(name, value), "floatingips", FloatingIp.class);
    }
}
