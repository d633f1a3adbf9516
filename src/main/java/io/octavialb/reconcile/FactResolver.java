package io.octavialb.reconcile;

import io.octavialb.build.EventReasons;
import io.octavialb.build.LoadBalancerBuild;
import io.octavialb.build.NodeAddresses;
import io.octavialb.config.FloatingSubnet;
import io.octavialb.config.LoadBalancerSettings;
import io.octavialb.config.ServiceOptions;
import io.octavialb.model.Facts;
import io.octavialb.model.Facts.FloatingIpFacts;
import io.octavialb.model.Notice;
import io.octavialb.model.Ownership;
import io.octavialb.model.kubernetes.Node;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.observed.FloatingIp;
import io.octavialb.model.observed.Network;
import io.octavialb.model.observed.Observed;
import io.octavialb.model.observed.Port;
import io.octavialb.model.observed.Subnet;
import io.octavialb.openstack.Neutron;
import io.octavialb.openstack.Octavia;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks the cloud what it takes to say a desired load balancer; asks nothing where the settings are explicit.
 *
 * <p>Networks and subnets found by search are remembered by {@link CachedSearches}. What a floating IP needs is looked
 * up only while the VIP has none.
 */
final class FactResolver {
    private final Octavia octavia;
    private final Neutron neutron;
    private final CachedSearches searches;

    FactResolver(Octavia octavia, Neutron neutron, CachedSearches searches) {
        this.octavia = octavia;
        this.neutron = neutron;
        this.searches = searches;
    }

    /** A setting that can't be resolved: not retried as a failure, for only the user can mend it. */
    private static final class UnresolvedException extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Notice notice;

        UnresolvedException(String reason, String message) {
            super(message);
            this.notice = new Notice(reason, message);
        }
    }

    Resolution resolve(
            Service service, Ownership ownership, List<Node> nodes, LoadBalancerSettings settings, Observed observed) {
        try {
            String vipSubnet = vipSubnet(service, nodes, settings, observed);
            String memberSubnet =
                    settings.memberSubnetId() != null ? settings.memberSubnetId() : memberSubnet(vipSubnet, observed);
            return new Resolution.Resolved(new Facts(
                    octavia.version(),
                    vipSubnet,
                    vipSubnet == null ? settings.networkId() : null,
                    memberSubnet,
                    observed.tree() != null
                            && !ownership.madeHere(observed.tree().loadBalancer()),
                    floatingIp(service, ownership, settings, observed)));
        } catch (UnresolvedException e) {
            return new Resolution.Unresolved(List.of(e.notice));
        }
    }

    private @Nullable String vipSubnet(
            Service service, List<Node> nodes, LoadBalancerSettings settings, Observed observed)
            throws UnresolvedException {
        if (settings.subnetId() != null) {
            return settings.subnetId();
        }
        boolean vipGivenOtherwise = settings.networkId() != null || settings.portId() != null;
        return vipGivenOtherwise || observed.tree() != null ? null : subnetOfNodes(service, nodes);
    }

    private static @Nullable String memberSubnet(@Nullable String vipSubnet, Observed observed) {
        if (observed.tree() == null) {
            return vipSubnet;
        }
        return observed.tree().loadBalancer().vipSubnetId();
    }

    /** The subnet that a node's address is from; nodes share it where neither subnet nor network is configured. */
    private String subnetOfNodes(Service service, List<Node> nodes) throws UnresolvedException {
        for (Node node : nodes) {
            Optional<String> address = NodeAddresses.of(node, service.primaryFamily());
            Optional<String> subnet = address.flatMap(a -> subnetOf(a, node));
            if (subnet.isPresent()) {
                return subnet.get();
            }
        }
        throw new UnresolvedException(
                EventReasons.SYNC_FAILED,
                "no node's address belongs to exactly one port in this project, so the subnet for the VIP is unknown: "
                        + "set subnet-id or network-id in [LoadBalancer], or the annotation "
                        + "loadbalancer.openstack.org/subnet-id");
    }

    private Optional<String> subnetOf(String address, Node node) {
        List<Port> ports = searches.portsWithAddress(address);
        List<Port> ofInstance = ports.stream()
                .filter(port -> port.deviceId() != null
                        && !port.deviceId().isEmpty()
                        && String.valueOf(node.providerId()).endsWith("/" + port.deviceId()))
                .toList();
        List<Port> candidates = ofInstance.isEmpty() ? ports : ofInstance;
        return candidates.size() != 1
                ? Optional.empty()
                : candidates.getFirst().fixedIps().stream()
                        .filter(fixedIp -> fixedIp.ipAddress().equals(address))
                        .map(Port.FixedIp::subnetId)
                        .findFirst();
    }

    private @Nullable FloatingIpFacts floatingIp(
            Service service, Ownership ownership, LoadBalancerSettings settings, Observed observed)
            throws UnresolvedException {
        if (!LoadBalancerBuild.wantsFloatingIp(service, settings)) {
            return null;
        }
        if (!observed.floatingIps().isEmpty()) {
            return new FloatingIpFacts(observed.floatingIps().getFirst().floatingNetworkId(), List.of(), null);
        }
        String network = floatingNetwork(settings);
        return new FloatingIpFacts(network, floatingSubnets(network, settings), existing(service, ownership, observed));
    }

    private String floatingNetwork(LoadBalancerSettings settings) throws UnresolvedException {
        if (settings.floatingNetworkId() != null) {
            return settings.floatingNetworkId();
        }
        List<Network> external = searches.externalNetworks();
        if (external.isEmpty()) {
            throw new UnresolvedException(
                    EventReasons.EXTERNAL_NETWORK_SEARCH_FAILED,
                    "no external network is visible, so there is none to take a floating IP from: set "
                            + "floating-network-id in [LoadBalancer], or make the Service internal");
        }
        return external.getFirst().id();
    }

    private List<String> floatingSubnets(String network, LoadBalancerSettings settings) throws UnresolvedException {
        FloatingSubnet wanted = settings.floatingSubnet();
        if (wanted == null) {
            return List.of();
        }
        return switch (wanted) {
            case FloatingSubnet.ById(String id) -> List.of(id);
            case FloatingSubnet.ByPattern(var pattern) -> {
                List<String> matching = searches.subnetsOf(network).stream()
                        .filter(subnet -> subnet.ipVersion() == 4 && pattern.matches(subnet.name(), subnet.tags()))
                        .map(Subnet::id)
                        .toList();
                if (matching.isEmpty()) {
                    throw new UnresolvedException(
                            EventReasons.SYNC_FAILED,
                            pattern + ": no IPv4 subnet of network " + network + " matches: correct it, or remove it");
                }
                yield matching;
            }
        };
    }

    /** The floating IP to attach; null to have one created. */
    private @Nullable FloatingIp existing(Service service, Ownership ownership, Observed observed)
            throws UnresolvedException {
        String address = service.loadBalancerIp();
        return address == null ? recorded(service, ownership) : requested(address, observed);
    }

    /** Ours at the recorded address, left when it was detached or its load balancer deleted by hand. */
    private @Nullable FloatingIp recorded(Service service, Ownership ownership) {
        String address = service.annotations().getOrDefault(ServiceOptions.LOAD_BALANCER_ADDRESS_KEY, "");
        return address.isEmpty()
                ? null
                : neutron.floatingIpsWithAddress(address).stream()
                        .filter(floatingIp -> floatingIp.portId() == null && ownership.createdForService(floatingIp))
                        .findFirst()
                        .orElse(null);
    }

    /** The one that has the address of {@code spec.loadBalancerIP}. */
    private @Nullable FloatingIp requested(String address, Observed observed) throws UnresolvedException {
        FloatingIp found =
                neutron.floatingIpsWithAddress(address).stream().findFirst().orElse(null);
        String vipPort =
                observed.tree() == null ? null : observed.tree().loadBalancer().vipPortId();
        String boundTo = found == null ? null : found.portId();
        if (boundTo != null && !boundTo.isEmpty() && !boundTo.equals(vipPort)) {
            throw new UnresolvedException(
                    EventReasons.SYNC_FAILED,
                    "spec.loadBalancerIP: \"" + address + "\": this floating IP is bound to port " + boundTo
                            + ": release it there, or ask for another address");
        }
        return found;
    }
}
