package io.octavialb.model.desired;

import io.octavialb.model.Hold;
import io.octavialb.model.ListenerKey;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything a Service should have in the cloud.
 *
 * @param floatingIp null when the VIP is to be reached by its own address only
 * @param keepFloatingIp whether a floating IP that is no longer wanted is detached instead of deleted
 * @param floatingIpAfterActive whether the provider (ovn) refuses a floating IP on a VIP that is not ACTIVE yet
 * @param floatingIpHeld whether what is on the VIP stays, because it is not known what should be
 * @param held ports of which something can't be had; only where the load balancer is there already
 * @param serialApiCalls whether the provider takes neither trees nor batches: one request per resource
 * @param bare whether a new load balancer is made alone, and what is below it after it
 * @param securityGroup null when what there is stays: this cluster does not manage any, or it is not known yet
 */
public record Desired(
        DesiredLoadBalancer loadBalancer,
        @Nullable DesiredFloatingIp floatingIp,
        boolean keepFloatingIp,
        boolean floatingIpAfterActive,
        boolean floatingIpHeld,
        Map<ListenerKey, Hold> held,
        boolean serialApiCalls,
        boolean bare,
        @Nullable DesiredSecurityGroup securityGroup) {

    public Desired {
        held = Map.copyOf(held);
    }

    public Desired holdingFloatingIp() {
        return new Desired(
                loadBalancer,
                floatingIp,
                keepFloatingIp,
                floatingIpAfterActive,
                true,
                held,
                serialApiCalls,
                bare,
                securityGroup);
    }

    /** With more ports held, or more of them. */
    public Desired holding(Map<ListenerKey, Hold> more) {
        Map<ListenerKey, Hold> all = new HashMap<>(held);
        more.forEach((port, hold) -> all.merge(port, hold, Hold::or));
        return new Desired(
                loadBalancer,
                floatingIp,
                keepFloatingIp,
                floatingIpAfterActive,
                floatingIpHeld,
                all,
                serialApiCalls,
                bare,
                securityGroup);
    }

    public Desired with(DesiredSecurityGroup group) {
        return new Desired(
                loadBalancer,
                floatingIp,
                keepFloatingIp,
                floatingIpAfterActive,
                floatingIpHeld,
                held,
                serialApiCalls,
                bare,
                group);
    }

    public Desired with(DesiredLoadBalancer changed) {
        return new Desired(
                changed,
                floatingIp,
                keepFloatingIp,
                floatingIpAfterActive,
                floatingIpHeld,
                held,
                serialApiCalls,
                bare,
                securityGroup);
    }

    /** The same, with the load balancer made alone and what is below it after it. */
    public Desired madeBare() {
        return new Desired(
                loadBalancer,
                floatingIp,
                keepFloatingIp,
                floatingIpAfterActive,
                floatingIpHeld,
                held,
                serialApiCalls,
                true,
                securityGroup);
    }

    /** The listener that a port should have; null: none, or not known. */
    public @Nullable DesiredListener listener(ListenerKey port) {
        return loadBalancer.listeners().stream()
                .filter(listener -> listener.key().equals(port))
                .findFirst()
                .orElse(null);
    }
}
