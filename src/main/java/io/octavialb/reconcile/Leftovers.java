package io.octavialb.reconcile;

import io.octavialb.model.Ownership;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.observed.FloatingIp;
import io.octavialb.openstack.Neutron;
import java.util.List;
import java.util.stream.Stream;

/** The floating IPs of a Service that are on no load balancer: it was removed by hand, or they were never attached. */
final class Leftovers {
    private final Neutron neutron;

    Leftovers(Neutron neutron) {
        this.neutron = neutron;
    }

    /** Deletes it, or leaves it to its user, unmarked. */
    void remove(Service service, Ownership ownership, boolean keepFloatingIp) {
        remove(leftBehind(service, ownership), ownership, keepFloatingIp);
    }

    /**
     * The same for those that a former load balancer has left behind: the status shows them still. One that was reserved
     * for today's is none.
     */
    void removeServed(Service service, Ownership ownership, boolean keepFloatingIp) {
        List<FloatingIp> served = addressed(service)
                .filter(floatingIp -> !floatingIp.attached()
                        && ownership.createdForService(floatingIp)
                        && Evidence.servedAt(service, floatingIp.floatingIpAddress()))
                .toList();
        remove(served, ownership, keepFloatingIp);
    }

    private void remove(List<FloatingIp> floatingIps, Ownership ownership, boolean keepFloatingIp) {
        for (FloatingIp floatingIp : floatingIps) {
            if (!keepFloatingIp) {
                neutron.deleteFloatingIp(floatingIp.id());
            } else if (ownership.marked(floatingIp)) {
                neutron.detachFloatingIp(floatingIp.id(), ownership.keptDescription(floatingIp));
            }
        }
    }

    /** What is to be deleted. */
    List<FloatingIp> of(Service service, Ownership ownership, boolean keepFloatingIp) {
        return keepFloatingIp ? List.of() : leftBehind(service, ownership);
    }

    /** By the recorded address, and by the description: one that was reserved and never attached is recorded nowhere. */
    private List<FloatingIp> leftBehind(Service service, Ownership ownership) {
        return Stream.concat(
                        addressed(service), neutron.floatingIpsDescribed(ownership.floatingIpDescription()).stream())
                .filter(floatingIp -> Evidence.leftBehind(service, ownership, floatingIp))
                .distinct()
                .toList();
    }

    private Stream<FloatingIp> addressed(Service service) {
        return Evidence.addresses(service).stream()
                .filter(Leftovers::isIpv4)
                .flatMap(address -> neutron.floatingIpsWithAddress(address).stream());
    }

    /** There are no floating IPs of IPv6. */
    private static boolean isIpv4(String address) {
        return !address.contains(":");
    }
}
