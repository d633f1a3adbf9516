package io.octavialb.embedded.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Neutron's IP address management: gives ports and floating IPs their addresses, each of them once. */
final class Allocation {
    private static final int FIRST = 100;
    private static final int LAST = 250;

    private final CloudState state;
    private final Map<String, Integer> last = new HashMap<>();

    Allocation(CloudState state) {
        this.state = state;
    }

    /** The fixed IPs of a new port: those wanted, or one of each IP version that the network has. */
    ArrayNode fixedIps(ObjectNode network, JsonNode wanted) {
        ArrayNode fixedIps = CloudState.JSON.createArrayNode();
        if (wanted.isEmpty()) {
            Set<Integer> versions = new HashSet<>();
            for (ObjectNode subnet : subnets(network)) {
                if (versions.add(subnet.path("ip_version").asInt())) {
                    add(fixedIps, subnet, free(subnet));
                }
            }
        }
        for (JsonNode fixedIp : wanted) {
            String address = fixedIp.path("ip_address").asText("");
            ObjectNode subnet = subnet(network, fixedIp.path("subnet_id").asText(""), address);
            add(fixedIps, subnet, address.isEmpty() ? free(subnet) : checked(subnet, address));
        }
        return fixedIps;
    }

    /** An address for a floating IP of an external network. */
    String floating(ObjectNode network, @Nullable String subnetId, @Nullable String address) {
        if (subnetId != null && state.subnets.find(subnetId) == null) {
            throw Refusal.neutron(404, "SubnetNotFound", "Subnet " + subnetId + " could not be found.");
        }
        if (subnetId != null && !subnets(network).contains(state.subnets.find(subnetId))) {
            throw Refusal.neutron(
                    400,
                    "InvalidInput",
                    "Invalid input for operation: Failed to create port on network "
                            + network.path("id").asText() + ", because fixed_ips included invalid subnet " + subnetId
                            + ".");
        }
        String wanted = address == null ? "" : address;
        ObjectNode subnet = subnetId == null && wanted.isEmpty()
                ? subnets(network).getFirst()
                : subnet(network, subnetId == null ? "" : subnetId, wanted);
        return wanted.isEmpty() ? free(subnet) : checked(subnet, wanted);
    }

    private List<ObjectNode> subnets(ObjectNode network) {
        return state.subnets.where("network_id", network.path("id").asText());
    }

    private ObjectNode subnet(ObjectNode network, String id, String address) {
        for (ObjectNode subnet : subnets(network)) {
            if (id.isEmpty()
                    ? Addresses.contains(subnet.path("cidr").asText(), address)
                    : subnet.path("id").asText().equals(id)) {
                return subnet;
            }
        }
        if (id.isEmpty()) {
            throw Refusal.neutron(
                    400,
                    "InvalidIpForNetwork",
                    "IP address " + address + " is not a valid IP for any of the subnets on the specified network.");
        }
        throw Refusal.neutron(
                400,
                "InvalidInput",
                "Invalid input for operation: Failed to create port on network "
                        + network.path("id").asText() + ", because fixed_ips included invalid subnet " + id + ".");
    }

    private String checked(ObjectNode subnet, String address) {
        if (!Addresses.valid(address) || !Addresses.contains(subnet.path("cidr").asText(), address)) {
            throw Refusal.neutron(
                    400,
                    "InvalidIpForSubnet",
                    "IP address " + address + " is not a valid IP for the specified subnet.");
        }
        if (taken().contains(Addresses.compressed(address))) {
            throw Refusal.neutron(
                    409,
                    "IpAddressAlreadyAllocated",
                    "IP address " + address + " already allocated in subnet "
                            + subnet.path("id").asText());
        }
        return Addresses.compressed(address);
    }

    /** Goes round and round, so that an address is not used again at once. */
    private String free(ObjectNode subnet) {
        Set<String> taken = taken();
        String id = subnet.path("id").asText();
        for (int tries = FIRST; tries <= LAST; tries++) {
            int next = last.getOrDefault(id, FIRST - 1) + 1;
            last.put(id, next > LAST ? FIRST : next);
            String address = Addresses.host(subnet.path("cidr").asText(), last.get(id));
            if (!taken.contains(address)) {
                return address;
            }
        }
        throw Refusal.neutron(
                409,
                "IpAddressGenerationFailure",
                "No more IP addresses available on network "
                        + subnet.path("network_id").asText() + ".");
    }

    private Set<String> taken() {
        Set<String> taken = new HashSet<>();
        state.ports
                .all()
                .forEach(port -> port.path("fixed_ips")
                        .forEach(ip -> taken.add(ip.path("ip_address").asText())));
        state.floatingIps
                .all()
                .forEach(ip -> taken.add(ip.path("floating_ip_address").asText()));
        return taken;
    }

    private static void add(ArrayNode fixedIps, ObjectNode subnet, String address) {
        fixedIps.addObject().put("subnet_id", subnet.path("id").asText()).put("ip_address", address);
    }
}
