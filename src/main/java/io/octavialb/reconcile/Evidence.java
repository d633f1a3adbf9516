package io.octavialb.reconcile;

import io.octavialb.config.ServiceOptions;
import io.octavialb.model.Ownership;
import io.octavialb.model.Ownership.Mark;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.observed.FloatingIp;
import io.octavialb.model.observed.Listener;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.model.observed.LoadBalancerTree;
import io.octavialb.model.observed.Observed;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What tells this cluster's resources without a mark from those of another cluster of the same name: the Service's
 * status. Only this cluster writes it; annotations come along with a manifest that is copied, or restored from a backup.
 */
final class Evidence {
    private static final Pattern BEGINS_WITH_ADDRESS = Pattern.compile("(\\d+(?:\\.\\d+){3})\\..*");

    private Evidence() {}

    /**
     * Whether the Service was served at the address: its status shows it, or shows nothing but host names of the user's
     * own, which hide it, and the annotation has it.
     */
    static boolean servedAt(Service service, @Nullable String address) {
        return Ownership.inStatus(service, address)
                || (address != null
                        && address.equals(service.annotations().get(ServiceOptions.LOAD_BALANCER_ADDRESS_KEY))
                        && showsOnlyHostNames(service));
    }

    private static boolean showsOnlyHostNames(Service service) {
        return !service.ingress().isEmpty()
                && service.ingress().stream()
                        .allMatch(ingress -> ingress.ip() == null
                                && ingress.hostname() != null
                                && !BEGINS_WITH_ADDRESS
                                        .matcher(ingress.hostname())
                                        .matches());
    }

    /**
     * Whether a load balancer in ERROR has never been ACTIVE, beyond doubt: it was made here for this Service alone, the
     * Service shows no address and has no record of its VIP, which are written when it is ACTIVE for the first time, and
     * nothing in the cloud says otherwise. A Service that is restored from a backup has lost its status; what is below a
     * load balancer that has served was ACTIVE, and stays so when the load balancer comes to ERROR.
     */
    static boolean neverActive(Service service, Ownership ownership, LoadBalancerTree tree) {
        LoadBalancer loadBalancer = tree.loadBalancer();
        boolean recorded = !service.ingress().isEmpty()
                || service.annotations().containsKey(ServiceOptions.LOAD_BALANCER_VIP_ADDRESS_KEY);
        boolean operated = loadBalancer.operatingStatus() != null
                && !loadBalancer.operatingStatus().equals("OFFLINE");
        return !recorded
                && !operated
                && ownership.madeHere(loadBalancer)
                && loadBalancer.name().equals(ownership.loadBalancerName())
                && !ownership.sharedInCluster(loadBalancer)
                && Stream.concat(
                                tree.listeners().stream().map(Listener::provisioningStatus),
                                tree.pools().stream().map(pool -> pool.pool().provisioningStatus()))
                        .allMatch(Evidence::neverActive);
    }

    private static boolean neverActive(@Nullable String provisioningStatus) {
        return provisioningStatus != null
                && (provisioningStatus.equals("PENDING_CREATE") || provisioningStatus.equals("ERROR"));
    }

    /** Whether a load balancer has the Service's name, and may be that of a namesake in a cluster of the same name. */
    static boolean lacking(Service service, Ownership ownership, Observed observed) {
        LoadBalancerTree tree = observed.tree();
        if (tree == null) {
            return false;
        }
        LoadBalancer loadBalancer = tree.loadBalancer();
        return isUnmarkedNamesake(ownership, loadBalancer)
                && Stream.concat(
                                loadBalancer.vipAddresses().stream(),
                                observed.attached().stream().map(FloatingIp::floatingIpAddress))
                        .noneMatch(address -> servedAt(service, address));
    }

    /**
     * The floating IPs by which alone a load balancer is known to be this cluster's: it has no mark, and the status shows
     * none of its VIPs. When it is released they outlive it, so that it is known until it is gone.
     */
    static List<FloatingIp> proof(Service service, Ownership ownership, Observed observed) {
        LoadBalancerTree tree = observed.tree();
        boolean knownOtherwise = tree == null
                || !isUnmarkedNamesake(ownership, tree.loadBalancer())
                || tree.loadBalancer().vipAddresses().stream().anyMatch(vip -> servedAt(service, vip));
        return knownOtherwise
                ? List.of()
                : observed.attached().stream()
                        .filter(floatingIp -> servedAt(service, floatingIp.floatingIpAddress()))
                        .toList();
    }

    private static boolean isUnmarkedNamesake(Ownership ownership, LoadBalancer loadBalancer) {
        return loadBalancer.name().equals(ownership.loadBalancerName()) && ownership.mark(loadBalancer) == Mark.NONE;
    }

    /** The addresses that the Service was served at, as far as it tells: by its status and the annotation. */
    static List<String> addresses(Service service) {
        Stream<String> shown = service.ingress().stream()
                .flatMap(ingress -> Stream.concat(Stream.ofNullable(ingress.ip()), inHostName(ingress.hostname())));
        return Stream.concat(
                        Stream.ofNullable(service.annotations().get(ServiceOptions.LOAD_BALANCER_ADDRESS_KEY)), shown)
                .filter(address -> !address.isEmpty())
                .distinct()
                .toList();
    }

    private static Stream<String> inHostName(@Nullable String hostname) {
        Matcher matcher = BEGINS_WITH_ADDRESS.matcher(Objects.requireNonNullElse(hostname, ""));
        return matcher.matches() ? Stream.of(matcher.group(1)) : Stream.empty();
    }

    /** Whether a floating IP that is attached to nothing was made for the Service. */
    static boolean leftBehind(Service service, Ownership ownership, FloatingIp floatingIp) {
        return !floatingIp.attached()
                && (ownership.marked(floatingIp)
                        || (ownership.createdForService(floatingIp)
                                && servedAt(service, floatingIp.floatingIpAddress())));
    }
}
