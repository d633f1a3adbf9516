package io.octavialb.model.desired;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A floating IP as it should be created when the VIP has none.
 *
 * @param subnetIds the subnets to take an address from, tried in this order; empty leaves the choice to Neutron
 * @param floatingIpAddress the address that {@code spec.loadBalancerIP} asks for, or that of {@code existingId}
 * @param existingId the unattached floating IP that is to be attached instead
 * @param replaces whether it takes the place of one with another address
 */
public record DesiredFloatingIp(
        String floatingNetworkId,
        List<String> subnetIds,
        @Nullable String floatingIpAddress,
        @Nullable String existingId,
        boolean replaces,
        String description) {

    public DesiredFloatingIp {
        subnetIds = List.copyOf(subnetIds);
    }
}
