package io.octavialb.openstack;

import static io.octavialb.openstack.ApiService.NEUTRON;
import static org.openstack4j.core.transport.HttpMethod.DELETE;
import static org.openstack4j.core.transport.HttpMethod.GET;
import static org.openstack4j.core.transport.HttpMethod.POST;
import static org.openstack4j.core.transport.HttpMethod.PUT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.octavialb.model.observed.FloatingIp;
import io.octavialb.model.observed.Network;
import io.octavialb.model.observed.Port;
import io.octavialb.model.observed.Subnet;
import io.octavialb.openstack.CloudException.Kind;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@link Neutron} over HTTP. */
final class HttpNeutron implements Neutron {
    private static final String NETWORKS = "/v2.0/networks";
    private static final String SUBNETS = "/v2.0/subnets";
    private static final String PORTS = "/v2.0/ports";
    private static final String FLOATING_IPS = "/v2.0/floatingips";
    private static final String BY_ID = "/{id}";

    private final Requests requests;
    private final ObjectMapper json;
    private final Pages pages;

    HttpNeutron(Requests requests, ObjectMapper json) {
        this.requests = requests;
        this.json = json;
        this.pages = new Pages(requests, json);
    }

    @Override
    public List<Network> externalNetworks() {
        return pages.all(
                NEUTRON, ApiRequest.of(GET, NETWORKS).with("router:external", "true"), "networks", Network.class);
    }

    @Override
    public Optional<Subnet> subnet(String id) {
        try {
            return Optional.of(requests.send(
                    NEUTRON,
                    ApiRequest.of(GET, SUBNETS + BY_ID, id),
                    answer -> json.convertValue(answer.path("subnet"), Subnet.class)));
        } catch (CloudException e) {
            if (e.fault().kind() == Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public List<Subnet> subnetsOf(String networkId) {
        return pages.all(NEUTRON, ApiRequest.of(GET, SUBNETS).with("network_id", networkId), "subnets", Subnet.class);
    }

    @Override
    public List<Port> portsWithAddress(String address) {
        return pages.all(
                NEUTRON, ApiRequest.of(GET, PORTS).with("fixed_ips", "ip_address=" + address), "ports", Port.class);
    }

    @Override
    public List<FloatingIp> floatingIpsOn(String portId) {
        return floatingIps("port_id", portId);
    }

    @Override
    public List<FloatingIp> floatingIpsWithAddress(String address) {
        return floatingIps("floating_ip_address", address);
    }

    private List<FloatingIp> floatingIps(String filter, String value) {
        return pages.all(
                NEUTRON, ApiRequest.of(GET, FLOATING_IPS).with(filter, value), "floatingips", FloatingIp.class);
    }

    @Override
    public FloatingIp createFloatingIp(
            String floatingNetworkId,
            @Nullable String subnetId,
            @Nullable String floatingIpAddress,
            String portId,
            String description) {
        ObjectNode floatingIp = JsonNodeFactory.instance
                .objectNode()
                .put("floating_network_id", floatingNetworkId)
                .put("port_id", portId)
                .put("description", description);
        if (subnetId != null) {
            floatingIp.put("subnet_id", subnetId);
        }
        if (floatingIpAddress != null) {
            floatingIp.put("floating_ip_address", floatingIpAddress);
        }
        return sent(ApiRequest.of(POST, FLOATING_IPS), floatingIp);
    }

    @Override
    public FloatingIp bindFloatingIp(String id, @Nullable String portId) {
        return sent(
                ApiRequest.of(PUT, FLOATING_IPS + BY_ID, id),
                JsonNodeFactory.instance.objectNode().put("port_id", portId));
    }

    private FloatingIp sent(ApiRequest request, JsonNode floatingIp) {
        return requests.send(
                NEUTRON,
                request.with(JsonNodeFactory.instance.objectNode().set("floatingip", floatingIp)),
                answer -> json.convertValue(answer.path("floatingip"), FloatingIp.class));
    }

    @Override
    public void deleteFloatingIp(String id) {
        try {
            requests.send(NEUTRON, ApiRequest.of(DELETE, FLOATING_IPS + BY_ID, id));
        } catch (CloudException e) {
            if (e.fault().kind() != Kind.NOT_FOUND) {
                throw e;
            }
        }
    }
}
