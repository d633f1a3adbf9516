package io.octavialb.cloud;

import io.octavialb.model.observed.FloatingIp;
import io.octavialb.model.observed.Network;
import io.octavialb.model.observed.Port;
import io.octavialb.model.observed.Subnet;
import io.octavialb.openstack.CloudException;
import io.octavialb.openstack.CloudException.Kind;
import io.octavialb.openstack.Neutron;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Neutron with the networks a test puts there, and floating IPs. */
public final class MemoryNeutron implements Neutron {
    private final List<Network> networks = new ArrayList<>();
    private final List<Subnet> subnets = new ArrayList<>();
    private final List<Port> ports = new ArrayList<>();
    private final Map<String, FloatingIp> floatingIps = new LinkedHashMap<>();
    private final List<String> mutations;
    private @Nullable CloudException nextMutationFails;
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
        ports.add(port);
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
        return ports.stream()
                .filter(port -> port.fixedIps().stream()
                        .anyMatch(fixedIp -> fixedIp.ipAddress().equals(address)))
                .toList();
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
    public FloatingIp bindFloatingIp(String id, @Nullable String portId) {
        mutation("PUT floatingip");
        FloatingIp floatingIp = floatingIps.get(id);
        if (floatingIp == null) {
            throw MemoryOctavia.fault(Kind.NOT_FOUND, 404, "floating IP " + id);
        }
        FloatingIp bound = on(floatingIp, portId);
        floatingIps.put(id, bound);
        return bound;
    }

    @Override
    public void deleteFloatingIp(String id) {
        mutation("DELETE floatingip");
        floatingIps.remove(id);
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
