package io.octavialb.openstack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.octavialb.model.observed.FloatingIp;
import io.octavialb.model.observed.Network;
import io.octavialb.model.observed.Port;
import io.octavialb.model.observed.Subnet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@link Neutron} over HTTP. */
final class NeutronClient implements Neutron {
    private static final String FLOATING_IPS = "/v2.0/floatingips";
    private static final String FLOATING_IP = FLOATING_IPS + "/{id}";
    private static final String SUBNETS = "/v2.0/subnets";

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
        return resources.list("/v2.0/ports", Query.of("fixed_ips", "ip_address=" + address), "ports", Port.class);
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
    public FloatingIp bindFloatingIp(String id, @Nullable String portId) {
        ObjectNode body = Json.MAPPER.createObjectNode().put("port_id", portId);
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
