package io.octavialb.reconcile;

import io.octavialb.config.LoadBalancerSettings;
import io.octavialb.model.Hold;
import io.octavialb.model.ListenerKey;
import io.octavialb.model.desired.Desired;
import io.octavialb.model.observed.LoadBalancerTree;
import io.octavialb.model.observed.Observed;
import java.util.HashMap;
import java.util.Map;

/** Parts of a load balancer that are left as they are because it is not known what they should be. */
final class HeldParts {
    private static final String PROMETHEUS = "PROMETHEUS";

    private HeldParts() {}

    /** What is desired, with what of it is held. */
    static Desired of(
            Desired desired, LoadBalancerSettings.Resolved resolved, boolean floatingIpHeld, Observed observed) {
        Desired held = floatingIpHeld ? desired.holdingFloatingIp() : desired;
        return resolved.prometheusPortIsUnclear() ? held.holding(prometheusListeners(observed)) : held;
    }

    private static Map<ListenerKey, Hold> prometheusListeners(Observed observed) {
        Map<ListenerKey, Hold> listeners = new HashMap<>();
        LoadBalancerTree tree = observed.tree();
        if (tree != null) {
            tree.listeners().stream()
                    .filter(listener -> listener.protocol().equals(PROMETHEUS))
                    .forEach(listener -> listeners.put(listener.key(), Hold.ALL));
        }
        return listeners;
    }
}
