package io.octavialb.reconcile;

import io.octavialb.config.ServiceOptions;
import io.octavialb.model.Ownership;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.observed.FloatingIp;
import io.octavialb.openstack.Neutron;
import java.util.List;

/** What can outlive a load balancer that was removed by hand: the floating IP, detached, at its recorded address. */
final class Leftovers {
    private final Neutron neutron;

    Leftovers(Neutron neutron) {
        this.neutron = neutron;
    }

    void remove(Service service, Ownership ownership, boolean keepFloatingIp) {
        of(service, ownership, keepFloatingIp).forEach(floatingIp -> neutron.deleteFloatingIp(floatingIp.id()));
    }

    List<FloatingIp> of(Service service, Ownership ownership, boolean keepFloatingIp) {
        String address = service.annotations().getOrDefault(ServiceOptions.LOAD_BALANCER_ADDRESS_KEY, "");
        if (address.isEmpty() || keepFloatingIp) {
            return List.of();
        }
        return neutron.floatingIpsWithAddress(address).stream()
                .filter(floatingIp -> Evidence.leftBehind(service, ownership, floatingIp))
                .toList();
    }
}
