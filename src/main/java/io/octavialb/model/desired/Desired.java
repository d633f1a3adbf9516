package io.octavialb.model.desired;

import org.jspecify.annotations.Nullable;

/**
 * Everything a Service should have in the cloud.
 *
 * @param floatingIp null when the VIP is to be reached by its own address only
 * @param keepFloatingIp whether a floating IP that is no longer wanted is detached instead of deleted
 * @param floatingIpAfterActive whether the provider (ovn) refuses a floating IP on a VIP that is not ACTIVE yet
 * @param serialApiCalls whether the provider takes neither trees nor batches: one request per resource
 */
public record Desired(
        DesiredLoadBalancer loadBalancer,
        @Nullable DesiredFloatingIp floatingIp,
        boolean keepFloatingIp,
        boolean floatingIpAfterActive,
        boolean serialApiCalls) {}
