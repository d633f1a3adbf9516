package io.octavialb.model.desired;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A load balancer as it should be, with everything below it: the body of {@code POST /v2/lbaas/loadbalancers}.
 *
 * <p>The VIP components, provider, flavor and zone are read at creation only.
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DesiredLoadBalancer(
        String name,
        String description,
        @Nullable String provider,
        @Nullable String vipSubnetId,
        @Nullable String vipNetworkId,
        @Nullable String vipPortId,
        @Nullable String vipAddress,
        @Nullable String flavorId,
        @Nullable String availabilityZone,
        @Nullable List<String> tags,
        List<DesiredListener> listeners) {

    public DesiredLoadBalancer {
        listeners = List.copyOf(listeners);
    }

    /** The load balancer alone, for providers that can't take a tree. */
    public DesiredLoadBalancer withoutListeners() {
        return new DesiredLoadBalancer(
                name,
                description,
                provider,
                vipSubnetId,
                vipNetworkId,
                vipPortId,
                vipAddress,
                flavorId,
                availabilityZone,
                tags,
                List.of());
    }
}
