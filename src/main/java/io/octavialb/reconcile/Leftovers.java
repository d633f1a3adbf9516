package io.octavialb.reconcile;

import io.octavialb.config.ServiceOptions;
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
        for (FloatingIp floatingIp : leftBehind(service, ownership)) {
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
        String address = service.annotations().getOrDefault(ServiceOptions.LOAD_BALANCER_ADDRESS_KEY, "");
        return Stream.concat(
                        address.isEmpty() ? Stream.empty() : neutron.floatingIpsWithAddress(address).stream(),
                        neutron.floatingIpsDescribed(ownership.floatingIpDescription()).stream())
                .filter(floatingIp -> Evidence.leftBehind(service, ownership, floatingIp))
                .distinct()
                .toList();
    }
}
