package io.octavialb.plan;

import com.google.common.net.InetAddresses;
import io.octavialb.build.EventReasons;
import io.octavialb.model.Notice;
import io.octavialb.model.desired.Desired;
import io.octavialb.model.desired.DesiredFloatingIp;
import io.octavialb.model.observed.FloatingIp;
import io.octavialb.model.observed.LoadBalancerTree;
import io.octavialb.model.observed.Observed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells of a {@code spec.loadBalancerIP} that a load balancer can't have any more.
 *
 * <p>The floating IP of a load balancer that is not this Service's alone, or was adopted, stays; so does any while the
 * wanted one is somewhere else. The VIP's own address is fixed when the load balancer is created.
 */
public final class RequestedAddress {
    private RequestedAddress() {}

    /** A Warning when the load balancer has another address than the one asked for; else nothing. */
    public static List<Notice> notices(Desired desired, Observed observed) {
        LoadBalancerTree tree = observed.tree();
        if (tree == null) {
            return List.of();
        }
        DesiredFloatingIp wanted = desired.floatingIp();
        return wanted == null
                ? ofVip(desired.loadBalancer().vipAddress(), tree.loadBalancer().vipAddress())
                : ofFloatingIp(wanted, observed.attached());
    }

    private static List<Notice> ofFloatingIp(DesiredFloatingIp wanted, List<FloatingIp> onVip) {
        String address = wanted.floatingIpAddress();
        List<String> found = onVip.stream().map(FloatingIp::floatingIpAddress).toList();
        return address == null || wanted.replaces() || found.isEmpty() || found.contains(address)
                ? List.of()
                : kept(
                        address,
                        "floating IP " + found.getFirst(),
                        found.getFirst(),
                        "take that off the VIP with: openstack floating ip unset --port " + found.getFirst());
    }

    private static List<Notice> ofVip(@Nullable String wanted, @Nullable String found) {
        return wanted == null || found == null || same(wanted, found)
                ? List.of()
                : kept(wanted, "VIP " + found, found, "delete the Service and create it anew");
    }

    private static boolean same(String wanted, String found) {
        return InetAddresses.isInetAddress(wanted)
                && InetAddresses.forString(wanted).equals(InetAddresses.forString(found));
    }

    private static List<Notice> kept(String wanted, String what, String found, String otherRemedy) {
        return List.of(new Notice(
                EventReasons.ADDRESS_KEPT,
                "spec.loadBalancerIP: \"" + wanted + "\": the load balancer has the " + what
                        + " already, and keeps it: set spec.loadBalancerIP to \"" + found + "\", or " + otherRemedy));
    }
}
