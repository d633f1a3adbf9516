package io.octavialb.model.observed;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the cloud holds for one Service.
 *
 * @param tree null when there is no load balancer
 * @param floatingIps those attached to the VIP port
 */
public record Observed(@Nullable LoadBalancerTree tree, List<FloatingIp> floatingIps) {

    public static final Observed NOTHING = new Observed(null, List.of());

    public Observed {
        floatingIps = List.copyOf(floatingIps);
    }
}
