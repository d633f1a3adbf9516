package io.octavialb.model.desired;

import org.jspecify.annotations.Nullable;

/**
 * Everything a Service should have in the cloud.
 *
 * @param floatingIp null when the VIP is to be reached by its own address only
 * @param keepFloatingIp whether a floating IP that is no longer wanted is detached instead of deleted
 */
public record Desired(
        DesiredLoadBalancer loadBalancer, @Nullable DesiredFloatingIp floatingIp, boolean keepFloatingIp) {}
