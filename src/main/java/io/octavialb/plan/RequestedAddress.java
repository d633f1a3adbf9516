package io.octavialb.plan;

import io.octavialb.build.EventReasons;
import io.octavialb.model.Notice;
import io.octavialb.model.desired.Desired;
import io.octavialb.model.desired.DesiredFloatingIp;
import io.octavialb.model.observed.FloatingIp;
import io.octavialb.model.observed.Observed;
import java.util.List;

/**
 * Tells of a {@code spec.loadBalancerIP} that a VIP can't have any more.
 *
 * <p>A floating IP that is on the VIP stays there: taking it off would cut the Service from its clients for a field that
 * may have been changed by mistake.
 */
public final class RequestedAddress {
    private RequestedAddress() {}

    /** A Warning when the VIP has a floating IP of another address than the one asked for; else nothing. */
    public static List<Notice> notices(Desired desired, Observed observed) {
        DesiredFloatingIp wanted = desired.floatingIp();
        String address = wanted == null ? null : wanted.floatingIpAddress();
        List<String> found = observed.floatingIps().stream()
                .map(FloatingIp::floatingIpAddress)
                .toList();
        if (address == null || found.isEmpty() || found.contains(address)) {
            return List.of();
        }
        return List.of(new Notice(
                EventReasons.ADDRESS_KEPT,
                "spec.loadBalancerIP: \"" + address + "\": the load balancer has the floating IP " + found.getFirst()
                        + " already, and keeps it: set spec.loadBalancerIP to \"" + found.getFirst()
                        + "\", or take that off the VIP with: openstack floating ip unset --port " + found.getFirst()));
    }
}
