package io.octavialb.reconcile;

import io.octavialb.model.Ownership;
import io.octavialb.model.Ownership.Mark;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.observed.FloatingIp;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.openstack.Neutron;
import io.octavialb.openstack.Octavia;
import java.util.List;
import java.util.Optional;

/**
 * Finds the load balancer of a Service: by the annotation, else by name and this cluster's mark.
 *
 * <p>A load balancer of the right name without any mark may be another cluster's of the same name, so it is taken only
 * if the Service's status shows its address.
 */
final class LoadBalancerSearch {
    static final String LOAD_BALANCER_ID = "loadbalancer.openstack.org/load-balancer-id";

    private final Octavia octavia;
    private final Neutron neutron;

    LoadBalancerSearch(Octavia octavia, Neutron neutron) {
        this.octavia = octavia;
        this.neutron = neutron;
    }

    Finding search(Service service, Ownership ownership) {
        String id = service.annotations().getOrDefault(LOAD_BALANCER_ID, "");
        Optional<LoadBalancer> named = id.isEmpty() ? Optional.empty() : octavia.loadBalancer(id);
        if (named.isPresent()) {
            return ownership.mark(named.get()) == Mark.ANOTHER_CLUSTERS
                    ? new Finding.AnotherClusters(named.get())
                    : new Finding.Found(named.get());
        }
        List<LoadBalancer> ours = octavia.loadBalancersNamed(ownership.loadBalancerName()).stream()
                .filter(loadBalancer -> !loadBalancer.leaving())
                .filter(loadBalancer -> isOurs(service, ownership, loadBalancer))
                .toList();
        return switch (ours.size()) {
            case 0 -> new Finding.None();
            case 1 -> new Finding.Found(ours.getFirst());
            default -> new Finding.Several(ours);
        };
    }

    private boolean isOurs(Service service, Ownership ownership, LoadBalancer sameName) {
        return switch (ownership.mark(sameName)) {
            case OURS -> true;
            case ANOTHER_CLUSTERS -> false;
            case NONE -> serves(service, sameName);
        };
    }

    private boolean serves(Service service, LoadBalancer loadBalancer) {
        if (service.ingress().isEmpty()) {
            return false;
        }
        return Ownership.inStatus(service, loadBalancer.vipAddress())
                || (loadBalancer.vipPortId() != null
                        && neutron.floatingIpsOn(loadBalancer.vipPortId()).stream()
                                .map(FloatingIp::floatingIpAddress)
                                .anyMatch(address -> Ownership.inStatus(service, address)));
    }
}
