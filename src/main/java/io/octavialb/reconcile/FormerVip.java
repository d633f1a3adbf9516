package io.octavialb.reconcile;

import com.google.common.net.InetAddresses;
import io.octavialb.build.EventReasons;
import io.octavialb.config.Cidr;
import io.octavialb.config.ServiceOptions;
import io.octavialb.model.Notice;
import io.octavialb.model.desired.DesiredLoadBalancer;
import io.octavialb.model.desired.DesiredLoadBalancer.AdditionalVip;
import io.octavialb.model.kubernetes.IpFamily;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.model.observed.Subnet;
import io.octavialb.openstack.CloudException.Fault;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The VIP that a Service had on its load balancer, by the record in the annotation: when the load balancer is gone, the
 * new one asks for it again.
 *
 * <p>It is a preference: {@code spec.loadBalancerIP} and {@code port-id} come first, and an address that can't be had is
 * given up with a Warning. The record counts only while the status bears it out, for annotations come along with a
 * manifest that is copied. See {@code docs/decisions/ownership.md}.
 *
 * @param recorded the annotation's value
 * @param addresses one a family; empty when the value is malformed
 */
record FormerVip(String recorded, Map<IpFamily, String> addresses) {
    private static final int INTERNAL_SERVER_ERROR = 500;

    /** What Neutron, or what speaks to it, says of an address that can't be had. */
    private static final List<String> REFUSED_ADDRESS = List.of(
            "conflictexception: 409",
            "badrequestexception: 400",
            "ipaddress",
            "ip address",
            "already allocated",
            "already in use",
            "not a valid ip");

    static final FormerVip NONE = new FormerVip("", Map.of());

    FormerVip {
        addresses = Map.copyOf(addresses);
    }

    static FormerVip of(Service service) {
        Map<String, String> annotations = service.annotations();
        String recorded = annotations.getOrDefault(ServiceOptions.LOAD_BALANCER_VIP_ADDRESS_KEY, "");
        boolean counts = !recorded.isEmpty()
                && !annotations
                        .getOrDefault(ServiceOptions.LOAD_BALANCER_ID_KEY, "")
                        .isEmpty()
                && Evidence.servedAt(service, annotations.get(ServiceOptions.LOAD_BALANCER_ADDRESS_KEY));
        return counts ? new FormerVip(recorded, parsed(recorded)) : NONE;
    }

    /** As it is recorded: the VIP's addresses, the first one first. */
    static String record(LoadBalancer loadBalancer) {
        return String.join(",", loadBalancer.vipAddresses());
    }

    private static Map<IpFamily, String> parsed(String recorded) {
        Map<IpFamily, String> addresses = new LinkedHashMap<>();
        for (String address : recorded.split(",", -1)) {
            if (!InetAddresses.isInetAddress(address) || addresses.put(IpFamily.of(address), address) != null) {
                return Map.of();
            }
        }
        return addresses;
    }

    /** The load balancer, asking for the addresses that the subnets it asks for can have, where it asks for no others. */
    DesiredLoadBalancer askedFor(DesiredLoadBalancer desired, CachedSearches searches) {
        if (addresses.isEmpty() || desired.vipPortId() != null) {
            return desired;
        }
        String vip = desired.vipAddress() == null
                ? addresses.values().stream()
                        .filter(address -> fits(address, subnetsOfVip(desired, searches)))
                        .findFirst()
                        .orElse(null)
                : desired.vipAddress();
        return desired.withVipAddresses(
                vip,
                desired.additionalVips().stream()
                        .map(additional -> askedFor(additional, searches))
                        .toList());
    }

    private AdditionalVip askedFor(AdditionalVip desired, CachedSearches searches) {
        return desired.ipAddress() != null
                ? desired
                : new AdditionalVip(
                        desired.subnetId(),
                        addresses.values().stream()
                                .filter(address -> fits(address, searches.subnet(desired.subnetId()).stream()))
                                .findFirst()
                                .orElse(null));
    }

    private static Stream<Subnet> subnetsOfVip(DesiredLoadBalancer desired, CachedSearches searches) {
        if (desired.vipSubnetId() != null) {
            return searches.subnet(desired.vipSubnetId()).stream();
        }
        return desired.vipNetworkId() == null ? Stream.empty() : searches.subnetsOf(desired.vipNetworkId()).stream();
    }

    private static boolean fits(String address, Stream<Subnet> subnets) {
        return subnets.flatMap(subnet -> Cidr.parse(subnet.cidr()).stream())
                .anyMatch(cidr -> cidr.contains(InetAddresses.forString(address)));
    }

    /** Why a creation that asked for it was refused. */
    enum Blame {
        VIP,
        /** It may be the VIP, or anything else. */
        UNTOLD,
        ANOTHER
    }

    /**
     * Octavia itself names what it refuses. A provider answers 500 and gives Neutron's answer, sometimes by its status
     * alone ({@code Provider 'amphora' reports error: ConflictException: 409}).
     */
    static Blame blame(Fault fault) {
        String text = fault.text().toLowerCase(Locale.ROOT);
        return switch (fault.kind()) {
            case SERVER_ERROR ->
                fault.status() != INTERNAL_SERVER_ERROR
                        ? Blame.ANOTHER
                        : REFUSED_ADDRESS.stream().anyMatch(text::contains) ? Blame.VIP : Blame.UNTOLD;
            case BAD_REQUEST, CONFLICT -> text.contains("vip") ? Blame.VIP : Blame.ANOTHER;
            case UNREACHABLE,
                    NO_ANSWER,
                    UNAUTHENTICATED,
                    FORBIDDEN,
                    NOT_FOUND,
                    TOO_MANY_REQUESTS,
                    MALFORMED,
                    CIRCUIT_OPEN,
                    TENURE_OVER,
                    NO_ENDPOINT -> Blame.ANOTHER;
        };
    }

    /** A Warning when the new load balancer does not ask for it, before it is made; else nothing. */
    List<Notice> notAskedFor(DesiredLoadBalancer asking) {
        List<String> asked = Stream.concat(
                        Stream.ofNullable(asking.vipAddress()),
                        asking.additionalVips().stream().flatMap(vip -> Stream.ofNullable(vip.ipAddress())))
                .toList();
        boolean silent = recorded.isEmpty() || asking.vipPortId() != null || !asked.isEmpty();
        return silent ? List.of() : List.of(notice("the new one gets any address"));
    }

    /**
     * A Warning when the Service's load balancer has another VIP; else nothing. It is made of what is recorded and what is
     * there only, so that it is the same in every pass until the new VIP is recorded.
     *
     * @param asked what the Service asks for by itself: it is the reason then
     */
    List<Notice> lost(DesiredLoadBalancer asked, LoadBalancer present) {
        List<String> vips = present.vipAddresses();
        boolean explicit = asked.vipPortId() != null || asked.vipAddress() != null;
        boolean kept = addresses.values().stream().anyMatch(vips::contains);
        return recorded.isEmpty() || vips.isEmpty() || explicit || kept
                ? List.of()
                : List.of(notice("the new one, " + present.id() + ", has " + String.join(",", vips)));
    }

    private Notice notice(String instead) {
        String why = addresses.isEmpty()
                ? ServiceOptions.LOAD_BALANCER_VIP_ADDRESS_KEY + ": \"" + recorded
                        + "\": not the VIP of a load balancer"
                : "the load balancer with VIP " + recorded
                        + " is gone, and that address is taken, or not of the subnet that is asked for";
        return new Notice(EventReasons.VIP_NOT_KEPT, why + ": " + instead);
    }
}
