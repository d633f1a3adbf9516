package io.octavialb.reconcile;

import io.octavialb.build.EventReasons;
import io.octavialb.build.NodeAddresses;
import io.octavialb.config.LoadBalancerSettings;
import io.octavialb.model.OctaviaVersion;
import io.octavialb.model.kubernetes.IpFamily;
import io.octavialb.model.kubernetes.Node;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.observed.Port;
import io.octavialb.model.observed.Subnet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds where the VIP of a new load balancer goes; asks nothing where the settings say it. */
final class VipPlacement {
    private final CachedSearches searches;

    VipPlacement(CachedSearches searches) {
        this.searches = searches;
    }

    VipPlace ofNew(Service service, List<Node> nodes, LoadBalancerSettings settings, OctaviaVersion version)
            throws UnresolvedException {
        String subnet = subnet(service, nodes, settings);
        String network = subnet == null ? settings.networkId() : null;
        Additional additional = additional(service, settings, version, subnet, network);
        return new VipPlace(
                subnet,
                network,
                subnet,
                additional.subnetId() == null ? List.of(service.primaryFamily()) : service.ipFamilies(),
                additional.subnetId(),
                additional.missing());
    }

    /** The subnet of the VIP's second address, or why there is none. */
    private record Additional(
            @Nullable String subnetId, @Nullable String missing) {
        private static final Additional NOT_ASKED = new Additional(null, null);

        private static Additional missing(String why) {
            return new Additional(null, why);
        }
    }

    private Additional additional(
            Service service,
            LoadBalancerSettings settings,
            OctaviaVersion version,
            @Nullable String subnet,
            @Nullable String network) {
        if (service.ipFamilies().size() < 2) {
            return Additional.NOT_ASKED;
        }
        if (!version.has(OctaviaVersion.ADDITIONAL_VIPS)) {
            return Additional.missing(
                    "this cloud's Octavia is " + version + ", two need " + OctaviaVersion.ADDITIONAL_VIPS);
        }
        if (settings.portId() != null) {
            return Additional.missing("its VIP is the port that loadbalancer.openstack.org/port-id names: remove that");
        }
        if (settings.additionalSubnetId() != null) {
            return new Additional(settings.additionalSubnetId(), null);
        }
        IpFamily family = service.ipFamilies().getLast();
        Optional<String> networkId = network != null
                ? Optional.of(network)
                : Optional.ofNullable(subnet).flatMap(searches::subnet).map(Subnet::networkId);
        List<Subnet> candidates = networkId.map(id -> subnets(id, family)).orElse(List.of());
        return candidates.size() == 1
                ? new Additional(candidates.getFirst().id(), null)
                : Additional.missing("the VIP's network has " + candidates.size() + " " + family
                        + " subnets: name one with loadbalancer.openstack.org/additional-subnet-id");
    }

    /** Of a network Octavia takes an IPv4 subnet if it can, so for another VIP the subnet has to be named. */
    private @Nullable String subnet(Service service, List<Node> nodes, LoadBalancerSettings settings)
            throws UnresolvedException {
        if (settings.subnetId() != null || settings.portId() != null) {
            return settings.subnetId();
        }
        if (settings.networkId() == null) {
            return subnetOfNodes(service, nodes);
        }
        boolean byDefault = service.ipFamilies().equals(List.of(IpFamily.IPv4));
        List<Subnet> ofFamily = byDefault ? List.of() : subnets(settings.networkId(), service.primaryFamily());
        return ofFamily.size() == 1 ? ofFamily.getFirst().id() : null;
    }

    private List<Subnet> subnets(String networkId, IpFamily family) {
        return searches.subnetsOf(networkId).stream()
                .filter(subnet -> subnet.ipVersion() == family.version())
                .toList();
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
}
