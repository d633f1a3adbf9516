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
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<AdditionalVip> additionalVips,
        @Nullable String flavorId,
        @Nullable String availabilityZone,
        @Nullable List<String> tags,
        List<DesiredListener> listeners) {

    /**
     * A VIP of the second family, in a subnet of the first one's network.
     *
     * @param ipAddress the address that {@code spec.loadBalancerIP} asks for; null leaves it to Octavia
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record AdditionalVip(String subnetId, @Nullable String ipAddress) {}

    public DesiredLoadBalancer {
        additionalVips = List.copyOf(additionalVips);
        listeners = List.copyOf(listeners);
    }

    public DesiredLoadBalancer withVipAddresses(@Nullable String vip, List<AdditionalVip> additional) {
        return new DesiredLoadBalancer(
                name,
                description,
                provider,
                vipSubnetId,
                vipNetworkId,
                vipPortId,
                vip,
                additional,
                flavorId,
                availabilityZone,
                tags,
                listeners);
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
                additionalVips,
                flavorId,
                availabilityZone,
                tags,
                List.of());
    }
}
