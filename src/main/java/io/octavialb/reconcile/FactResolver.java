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
import io.octavialb.model.OctaviaVersion;
import io.octavialb.model.Ownership;
import io.octavialb.model.kubernetes.IpFamily;
import io.octavialb.model.kubernetes.Node;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.observed.FloatingIp;
import io.octavialb.model.observed.LoadBalancerTree;
import io.octavialb.model.observed.Network;
import io.octavialb.model.observed.Observed;
import io.octavialb.model.observed.Subnet;
import io.octavialb.openstack.Neutron;
import io.octavialb.openstack.Octavia;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
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
    private final VipPlacement vips;

    FactResolver(Octavia octavia, Neutron neutron, CachedSearches searches) {
        this.octavia = octavia;
        this.neutron = neutron;
        this.searches = searches;
        this.vips = new VipPlacement(searches);
    }

    Resolution resolve(
            Service service, Ownership ownership, List<Node> nodes, LoadBalancerSettings settings, Observed observed) {
        try {
            OctaviaVersion version = octavia.version();
            LoadBalancerTree tree = observed.tree();
            VipPlace vip = tree == null
                    ? vips.ofNew(service, nodes, settings, version)
                    : VipPlace.of(tree.loadBalancer(), service, settings);
            boolean adopted = tree != null && !ownership.madeHere(tree.loadBalancer());
            Optional<Notice> unknown = unknownMemberSubnet(settings.memberSubnetId(), vip, observed);
            if (tree == null && unknown.isPresent()) {
                return new Resolution.Unresolved(unknown.stream().toList());
            }
            String asked = unknown.isPresent() || besideTheVip(settings, observed)
                    ? observed.memberSubnetId()
                    : settings.memberSubnetId();
            String memberSubnet = asked == null ? vip.memberSubnetId() : asked;
            Facts known = new Facts(
                    version,
                    vip.subnetId(),
                    vip.networkId(),
                    memberSubnet,
                    adopted && !asksForMemberSubnet(service) ? null : memberCidr(service, nodes, memberSubnet),
                    vip.families(),
                    vip.additionalSubnetId(),
                    vip.singleStack(),
                    adopted,
                    null);
            return withFloatingIp(known, unknown.stream().toList(), service, ownership, settings, observed);
        } catch (UnresolvedException e) {
            return new Resolution.Unresolved(List.of(e.notice()));
        }
    }

    /** A load balancer that is there serves whatever becomes of its floating IP. */
    private Resolution withFloatingIp(
            Facts known,
            List<Notice> memberProblems,
            Service service,
            Ownership ownership,
            LoadBalancerSettings settings,
            Observed observed)
            throws UnresolvedException {
        try {
            return new Resolution.Resolved(
                    known.withFloatingIp(floatingIp(service, ownership, known.families(), settings, observed)),
                    memberProblems,
                    List.of());
        } catch (UnresolvedException e) {
            if (observed.tree() == null) {
                throw e;
            }
            return new Resolution.Resolved(known, memberProblems, List.of(e.notice()));
        }
    }

    /** Members that are asked to be in the VIP's subnet stay in that of the VIP there is, which does not move. */
    private static boolean besideTheVip(LoadBalancerSettings settings, Observed observed) {
        String present = observed.memberSubnetId();
        return observed.tree() != null
                && present != null
                && present.equals(observed.tree().loadBalancer().vipSubnetId())
                && Objects.equals(settings.memberSubnetId(), settings.subnetId());
    }

    /** Octavia takes one that is not there, and members in it come to ERROR. The VIP's own it looks at itself. */
    private Optional<Notice> unknownMemberSubnet(@Nullable String asked, VipPlace vip, Observed observed) {
        boolean known = asked == null
                || asked.equals(vip.subnetId())
                || asked.equals(observed.memberSubnetId())
                || searches.subnet(asked).isPresent();
        return known
                ? Optional.empty()
                : Optional.of(new Notice(
                        EventReasons.SYNC_FAILED,
                        "member-subnet-id: \"" + asked + "\": no such subnet is visible: correct it, or remove it"));
    }

    /** The members of an adopted load balancer stay on the network cards they are on until the Service names a subnet. */
    private static boolean asksForMemberSubnet(Service service) {
        return ServiceOptions.parse(service).options().memberSubnetId() != null;
    }

    /** Asked for only when a node has more addresses than one. */
    private @Nullable String memberCidr(Service service, List<Node> nodes, @Nullable String memberSubnet) {
        boolean undecided = nodes.stream().anyMatch(node -> NodeAddresses.several(node, service.primaryFamily()));
        return memberSubnet == null || !undecided
                ? null
                : searches.subnet(memberSubnet).map(Subnet::cidr).orElse(null);
    }

    private @Nullable FloatingIpFacts floatingIp(
            Service service,
            Ownership ownership,
            List<IpFamily> families,
            LoadBalancerSettings settings,
            Observed observed)
            throws UnresolvedException {
        if (!LoadBalancerBuild.wantsFloatingIp(families, settings)) {
            return null;
        }
        List<FloatingIp> attached = observed.attached();
        if (attached.isEmpty()) {
            String network = floatingNetwork(settings);
            return new FloatingIpFacts(
                    network, floatingSubnets(network, settings), existing(service, ownership, observed), false);
        }
        FloatingIp present = attached.getFirst();
        String asked = LoadBalancerBuild.floatingIpAddress(service);
        return asked == null || asked.equals(present.floatingIpAddress()) || !replaceable(ownership, observed)
                ? new FloatingIpFacts(present.floatingNetworkId(), List.of(), null, false)
                : replacement(asked, present, settings);
    }

    /** Others use a shared one as well; on an adopted one a floating IP that a person put there stays. */
    private static boolean replaceable(Ownership ownership, Observed observed) {
        LoadBalancerTree tree = observed.tree();
        return tree != null
                && ownership.createdForService(tree.loadBalancer())
                && (ownership.madeHere(tree.loadBalancer())
                        || observed.attached().stream().allMatch(ownership::createdForService))
                && !ownership.sharedWithOthers(tree);
    }

    private FloatingIpFacts replacement(String asked, FloatingIp present, LoadBalancerSettings settings) {
        Optional<FloatingIp> found =
                neutron.floatingIpsWithAddress(asked).stream().findFirst();
        return found.isPresent() && found.get().attached()
                ? new FloatingIpFacts(present.floatingNetworkId(), List.of(), null, false)
                : new FloatingIpFacts(
                        Objects.requireNonNullElse(settings.floatingNetworkId(), present.floatingNetworkId()),
                        List.of(),
                        found.orElse(null),
                        true);
    }

    private String floatingNetwork(LoadBalancerSettings settings) throws UnresolvedException {
        String asked = settings.floatingNetworkId();
        if (asked != null && !searches.isExternal(asked)) {
            throw new UnresolvedException(
                    EventReasons.SYNC_FAILED,
                    "floating-network-id: \"" + asked + "\": no such external network is visible: correct it, or"
                            + " remove it");
        }
        if (asked != null) {
            return asked;
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
            case FloatingSubnet.ById(String id) -> {
                if (searches.subnet(id).stream()
                        .noneMatch(subnet -> subnet.networkId().equals(network))) {
                    throw new UnresolvedException(
                            EventReasons.SYNC_FAILED,
                            "floating-subnet-id: \"" + id + "\": network " + network
                                    + " has no such subnet: correct it, or remove it");
                }
                yield List.of(id);
            }
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
        String address = LoadBalancerBuild.floatingIpAddress(service);
        return address == null ? recorded(service, ownership) : requested(address, observed);
    }

    /**
     * Ours, left when it was detached or its load balancer deleted: at a recorded address, or, where a load balancer was
     * published before its address was, by its description.
     */
    private @Nullable FloatingIp recorded(Service service, Ownership ownership) {
        List<String> addresses = Stream.concat(
                        Stream.of(service.annotations().getOrDefault(ServiceOptions.LOAD_BALANCER_ADDRESS_KEY, "")),
                        service.ingress().stream().flatMap(ingress -> Stream.ofNullable(ingress.ip())))
                .filter(address -> !address.isEmpty())
                .distinct()
                .toList();
        boolean published = service.annotations().containsKey(ServiceOptions.LOAD_BALANCER_RECORD_KEY);
        Stream<FloatingIp> candidates = addresses.isEmpty() && published
                ? neutron.floatingIpsDescribed(ownership.floatingIpDescription()).stream()
                : addresses.stream()
                        .filter(address -> IpFamily.of(address) == IpFamily.IPv4)
                        .flatMap(address -> neutron.floatingIpsWithAddress(address).stream());
        return candidates
                .filter(floatingIp -> Evidence.leftBehind(service, ownership, floatingIp))
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
