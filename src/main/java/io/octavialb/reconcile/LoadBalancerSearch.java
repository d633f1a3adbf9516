package io.octavialb.reconcile;

import io.octavialb.config.ServiceOptions;
import io.octavialb.model.LoadBalancerRecord;
import io.octavialb.model.OctaviaVersion;
import io.octavialb.model.Ownership;
import io.octavialb.model.Ownership.Mark;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.observed.FloatingIp;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.openstack.CloudException;
import io.octavialb.openstack.CloudException.Kind;
import io.octavialb.openstack.Neutron;
import io.octavialb.openstack.Octavia;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the load balancer of a Service: by the annotation, else by name and this cluster's mark.
 *
 * <p>A load balancer of the right name without any mark may be another cluster's of the same name, so it is taken only
 * if the Service's status shows its address.
 */
final class LoadBalancerSearch {
    private static final String NO_SUCH = "there is no such load balancer";

    private final Octavia octavia;
    private final Neutron neutron;

    LoadBalancerSearch(Octavia octavia, Neutron neutron) {
        this.octavia = octavia;
        this.neutron = neutron;
    }

    Finding search(Service service, Ownership ownership) {
        List<LoadBalancer> ofName = octavia.loadBalancersNamed(ownership.loadBalancerName());
        String id = namedId(service);
        if (!id.isEmpty()) {
            Finding named = ofName.stream()
                    .filter(loadBalancer -> loadBalancer.id().equals(id))
                    .findFirst()
                    .map(loadBalancer -> judged(loadBalancer, ownership))
                    .orElseGet(() -> named(id, ownership));
            return switch (named) {
                case Finding.Found(LoadBalancer found, var _, var _) ->
                    new Finding.Found(found, twins(service, ownership, found, ofName), null);
                case Finding.NotThere _ -> withoutTheNamed(id, service, byName(service, ownership, ofName));
                case Finding.None _, Finding.AnotherClusters _, Finding.NotReadable _, Finding.Several _ -> named;
            };
        }
        return byName(service, ownership, ofName);
    }

    /**
     * What is left where the annotation names a load balancer that is not there. One of the Service's own that was removed
     * is made anew. A mistyped id is the user's to correct, and where the Service was with another's, a new one of its own
     * might be reached by whom that one kept out.
     */
    private static Finding withoutTheNamed(String id, Service service, Finding byName) {
        LoadBalancerRecord record = record(service).orElse(null);
        if (record != null && record.loadBalancerId().equals(id)) {
            return record.own()
                    ? goneFrom(id, byName)
                    : new Finding.NotThere(
                            id, "the load balancer that the Service joined is gone, and was not made for the Service");
        }
        if (record != null) {
            return new Finding.NotThere(id, NO_SUCH + "; the Service is on " + record.loadBalancerId());
        }
        if (!wasServed(service)) {
            return new Finding.NotThere(id, NO_SUCH);
        }
        return byName instanceof Finding.Found(LoadBalancer own, var _, var _)
                ? new Finding.NotThere(id, NO_SUCH + "; the Service's own is " + own.id())
                : goneFrom(id, byName);
    }

    private static Finding goneFrom(String id, Finding byName) {
        return switch (byName) {
            case Finding.None _ -> new Finding.None(id);
            case Finding.Found(LoadBalancer anew, var twins, var _) -> new Finding.Found(anew, twins, id);
            case Finding.AnotherClusters _, Finding.NotThere _, Finding.NotReadable _, Finding.Several _ -> byName;
        };
    }

    private static Optional<LoadBalancerRecord> record(Service service) {
        return LoadBalancerRecord.parse(
                service.annotations().getOrDefault(ServiceOptions.LOAD_BALANCER_RECORD_KEY, ""));
    }

    private Finding byName(Service service, Ownership ownership, List<LoadBalancer> ofName) {
        List<LoadBalancer> ours = ofOurName(service, ownership, ofName).stream()
                .filter(loadBalancer -> !loadBalancer.leaving())
                .toList();
        return switch (ours.size()) {
            case 0 -> new Finding.None(null);
            case 1 -> new Finding.Found(ours.getFirst());
            default -> new Finding.Several(ours);
        };
    }

    /**
     * What was made here for the same Service in the same words, is settled, and has served nobody: the Service names and
     * shows another, and no floating IP leads to it. Names are cut for length, descriptions tell Services apart.
     */
    private List<LoadBalancer> twins(
            Service service, Ownership ownership, LoadBalancer kept, List<LoadBalancer> ofName) {
        if (!ownership.madeHere(kept)) {
            return List.of();
        }
        return ofName.stream()
                .filter(twin -> !twin.id().equals(kept.id())
                        && ownership.madeHere(twin)
                        && Objects.equals(twin.description(), kept.description())
                        && !ownership.taggedForOthers(twin)
                        && (twin.active() || twin.error())
                        && !Evidence.servedAt(service, twin.vipAddress())
                        && twin.vipPortId() != null
                        && neutron.floatingIpsOn(twin.vipPortId()).isEmpty())
                .toList();
    }

    /** A load balancer that was found before, as it is now. */
    Optional<LoadBalancer> again(String id) {
        return octavia.loadBalancer(id);
    }

    /**
     * Every load balancer that may hold something of the Service: whatever the annotation says by now, one that was made
     * for it is found by name and mark, and one that it joined by its tag.
     */
    List<LoadBalancer> toRelease(Service service, Ownership ownership) {
        String id = namedId(service);
        Stream<LoadBalancer> named =
                !id.isEmpty() && named(id, ownership) instanceof Finding.Found(LoadBalancer found, var _, var _)
                        ? Stream.of(found)
                        : Stream.empty();
        return distinct(Stream.concat(named, everyOther(service, ownership)));
    }

    /** Those that may hold something of the Service from before its annotation named another, or none. */
    List<LoadBalancer> former(Service service, Ownership ownership, String idOfToday) {
        return distinct(everyOther(service, ownership)).stream()
                .filter(loadBalancer -> !loadBalancer.id().equals(idOfToday))
                .toList();
    }

    private Stream<LoadBalancer> everyOther(Service service, Ownership ownership) {
        Stream<LoadBalancer> tagged = octavia.version().has(OctaviaVersion.TAGS)
                ? octavia.loadBalancersTagged(ownership.loadBalancerName()).stream()
                        .filter(loadBalancer -> isOurs(service, ownership, loadBalancer))
                : Stream.empty();
        return Stream.concat(ofOurName(service, ownership).stream(), tagged);
    }

    private static List<LoadBalancer> distinct(Stream<LoadBalancer> loadBalancers) {
        return List.copyOf(loadBalancers
                .collect(Collectors.toMap(
                        LoadBalancer::id, Function.identity(), (first, _) -> first, LinkedHashMap::new))
                .values());
    }

    private static String namedId(Service service) {
        return service.annotations().getOrDefault(ServiceOptions.LOAD_BALANCER_ID_KEY, "");
    }

    /** Whether the Service shows an address, or names one: we publish it with the id. */
    private static boolean wasServed(Service service) {
        return !service.ingress().isEmpty()
                || !service.annotations()
                        .getOrDefault(ServiceOptions.LOAD_BALANCER_ADDRESS_KEY, "")
                        .isEmpty();
    }

    private Finding named(String id, Ownership ownership) {
        try {
            Optional<LoadBalancer> named = octavia.loadBalancer(id);
            if (named.isEmpty()) {
                return new Finding.NotThere(id, NO_SUCH);
            }
            return judged(named.get(), ownership);
        } catch (CloudException e) {
            if (e.fault().kind() == Kind.FORBIDDEN || e.fault().kind() == Kind.BAD_REQUEST) {
                return new Finding.NotReadable(id);
            }
            throw e;
        }
    }

    private static Finding judged(LoadBalancer named, Ownership ownership) {
        return ownership.mark(named) == Mark.ANOTHER_CLUSTERS
                ? new Finding.AnotherClusters(named)
                : new Finding.Found(named);
    }

    private List<LoadBalancer> ofOurName(Service service, Ownership ownership) {
        return ofOurName(service, ownership, octavia.loadBalancersNamed(ownership.loadBalancerName()));
    }

    /** A Service that was served before may have a load balancer of the name that early versions of the reference gave. */
    private List<LoadBalancer> ofOurName(Service service, Ownership ownership, List<LoadBalancer> ofName) {
        List<LoadBalancer> ours = ofName.stream()
                .filter(ownership::createdForService)
                .filter(loadBalancer -> isOurs(service, ownership, loadBalancer))
                .toList();
        return ours.isEmpty() && wasServed(service) ? ofLegacyName(ownership) : ours;
    }

    /** The Service's UID is in the name, so no other Service's has it. */
    private List<LoadBalancer> ofLegacyName(Ownership ownership) {
        return octavia.loadBalancersNamed(ownership.legacyLoadBalancerName()).stream()
                .filter(ownership::createdForService)
                .toList();
    }

    private boolean isOurs(Service service, Ownership ownership, LoadBalancer sameName) {
        return switch (ownership.mark(sameName)) {
            case OURS -> true;
            case ANOTHER_CLUSTERS -> false;
            case NONE -> serves(service, sameName);
        };
    }

    private boolean serves(Service service, LoadBalancer loadBalancer) {
        if (!wasServed(service)) {
            return false;
        }
        return Evidence.servedAt(service, loadBalancer.vipAddress())
                || (loadBalancer.vipPortId() != null
                        && neutron.floatingIpsOn(loadBalancer.vipPortId()).stream()
                                .map(FloatingIp::floatingIpAddress)
                                .anyMatch(address -> Evidence.servedAt(service, address)));
    }
}
