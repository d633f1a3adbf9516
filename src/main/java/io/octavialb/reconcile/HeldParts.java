package io.octavialb.reconcile;

import io.octavialb.config.LoadBalancerSettings;
import io.octavialb.model.Hold;
import io.octavialb.model.ListenerKey;
import io.octavialb.model.desired.Desired;
import io.octavialb.model.observed.Listener;
import io.octavialb.model.observed.LoadBalancerTree;
import io.octavialb.model.observed.Observed;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Parts of a load balancer that are left as they are because it is not known what they should be. */
final class HeldParts {
    private static final String PROMETHEUS = "PROMETHEUS";

    private HeldParts() {}

    /** What is desired, with what of it is held. */
    static Desired of(
            Desired desired, LoadBalancerSettings.Resolved resolved, boolean floatingIpHeld, Observed observed) {
        Desired held = floatingIpHeld ? desired.holdingFloatingIp() : desired;
        boolean asksForMetrics = resolved.settings().prometheusPort() != null || resolved.prometheusPortIsUnclear();
        return asksForMetrics ? held.holding(metrics(desired, observed.tree())) : held;
    }

    /** If the listener for Prometheus can't be had where it is asked for, the one that is there goes on. */
    private static Map<ListenerKey, Hold> metrics(Desired desired, @Nullable LoadBalancerTree tree) {
        boolean wanted = desired.loadBalancer().listeners().stream()
                .anyMatch(listener -> listener.protocol().equals(PROMETHEUS));
        return tree == null || wanted
                ? Map.of()
                : tree.listeners().stream()
                        .filter(listener ->
                                listener.protocol().equals(PROMETHEUS) && desired.listener(listener.key()) == null)
                        .collect(Collectors.toMap(Listener::key, _ -> Hold.ALL));
    }
}
