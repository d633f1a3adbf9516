package io.octavialb.openstack;

import io.octavialb.model.desired.DesiredSecurityGroupRule;
import io.octavialb.model.observed.FloatingIp;
import io.octavialb.model.observed.Network;
import io.octavialb.model.observed.Port;
import io.octavialb.model.observed.SecurityGroup;
import io.octavialb.model.observed.SecurityGroupRule;
import io.octavialb.model.observed.Subnet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The part of the Neutron API v2.0 that this program uses, one method a request, but that many values to search for
 * are spread over several.
 *
 * <p>Lists are whole: all pages are read. Deleting what is gone already succeeds. Every method throws
 * {@link CloudException}.
 */
public interface Neutron {
    /** {@code GET /v2.0/networks?router:external=true}. */
    List<Network> externalNetworks();

    /** {@code GET /v2.0/subnets/{id}}. */
    Optional<Subnet> subnet(String id);

    /** {@code GET /v2.0/subnets?network_id=}. */
    List<Subnet> subnetsOf(String networkId);

    /** {@code GET /v2.0/ports?fixed_ips=ip_address=}: several where tenants' networks overlap. */
    List<Port> portsWithAddress(String address);

    /** {@code GET /v2.0/floatingips}: all that the credentials may see. */
    List<FloatingIp> floatingIps();

    /** {@code GET /v2.0/ports?device_id=}, for several instances at once. */
    List<Port> portsOfInstances(List<String> instanceIds);

    /** {@code GET /v2.0/ports?security_groups=}: those that have any of the groups. */
    List<Port> portsWithSecurityGroups(List<String> groupIds);

    /** {@code GET /v2.0/ports/{id}}. */
    Optional<Port> port(String id);

    /** {@code PUT /v2.0/ports/{id}}; 412 if the port is no more what {@code port} says it is. */
    Port updatePortSecurityGroups(Port port, List<String> groupIds);

    /** {@code GET /v2.0/security-groups}: all that the credentials may see. */
    List<SecurityGroup> securityGroups();

    /** {@code GET /v2.0/security-groups?name=}. */
    List<SecurityGroup> securityGroupsNamed(String name);

    /** {@code GET /v2.0/security-groups?id=}, for several at once; those of other projects are left out. */
    List<SecurityGroup> securityGroups(List<String> ids);

    /** {@code POST /v2.0/security-groups}. */
    SecurityGroup createSecurityGroup(String name, String description);

    /** {@code DELETE /v2.0/security-groups/{id}}; 409 while a port has it. */
    void deleteSecurityGroup(String id);

    /** {@code POST /v2.0/security-group-rules}: ingress rules, all of them or none. */
    List<SecurityGroupRule> createSecurityGroupRules(String groupId, List<DesiredSecurityGroupRule> rules);

    /** {@code DELETE /v2.0/security-group-rules/{id}}. */
    void deleteSecurityGroupRule(String id);

    /** {@code GET /v2.0/floatingips?port_id=}. */
    List<FloatingIp> floatingIpsOn(String portId);

    /** {@code GET /v2.0/floatingips?floating_ip_address=}. */
    List<FloatingIp> floatingIpsWithAddress(String address);

    /** {@code GET /v2.0/floatingips?description=}: exactly that. */
    List<FloatingIp> floatingIpsDescribed(String description);

    /** {@code POST /v2.0/floatingips}, bound to a port from the start unless that is null; subnet and address may be left to Neutron. */
    FloatingIp createFloatingIp(
            String floatingNetworkId,
            @Nullable String subnetId,
            @Nullable String floatingIpAddress,
            @Nullable String portId,
            String description);

    /** {@code PUT /v2.0/floatingips/{id}}. */
    FloatingIp bindFloatingIp(String id, String portId);

    /** {@code PUT /v2.0/floatingips/{id}} without a port, and with another description. */
    FloatingIp detachFloatingIp(String id, String description);

    /** {@code DELETE /v2.0/floatingips/{id}}. */
    void deleteFloatingIp(String id);
}
