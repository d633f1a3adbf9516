package io.octavialb.model.observed;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A load balancer without its children, as {@code GET /v2/lbaas/loadbalancers/{id}} shows it.
 *
 * @param provisioningStatus {@code ACTIVE}, {@code ERROR}, {@code PENDING_CREATE}, {@code PENDING_UPDATE},
 *     {@code PENDING_DELETE} or {@code DELETED}; an open string, for Octavia may learn more
 * @param updatedAt moves with every change below the load balancer; null until the first
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonIgnoreProperties(ignoreUnknown = true)
public record LoadBalancer(
        String id,
        String name,
        @Nullable String description,
        String provisioningStatus,
        @Nullable String operatingStatus,
        @Nullable String provider,
        @Nullable String vipAddress,
        @Nullable String vipPortId,
        @Nullable String vipSubnetId,
        @Nullable String vipNetworkId,
        List<AdditionalVip> additionalVips,
        @Nullable String flavorId,
        @Nullable String availabilityZone,
        List<String> tags,
        @Nullable String updatedAt) {

    /** A further address of the VIP port. */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record AdditionalVip(
            @Nullable String subnetId, @Nullable String ipAddress) {}

    public LoadBalancer {
        additionalVips = List.copyOf(Objects.requireNonNullElse(additionalVips, List.of()));
        tags = List.copyOf(Objects.requireNonNullElse(tags, List.of()));
    }

    public LoadBalancer withProvisioningStatus(String status) {
        return new LoadBalancer(
                id,
                name,
                description,
                status,
                operatingStatus,
                provider,
                vipAddress,
                vipPortId,
                vipSubnetId,
                vipNetworkId,
                additionalVips,
                flavorId,
                availabilityZone,
                tags,
                updatedAt);
    }

    /** The VIP's addresses, the first one first; fewer than it will have until Octavia has chosen them. */
    public List<String> vipAddresses() {
        return Stream.concat(
                        Stream.ofNullable(vipAddress),
                        additionalVips.stream().flatMap(vip -> Stream.ofNullable(vip.ipAddress())))
                .toList();
    }

    public boolean active() {
        return provisioningStatus.equals("ACTIVE");
    }

    public boolean error() {
        return provisioningStatus.equals("ERROR");
    }

    public boolean pending() {
        return provisioningStatus.startsWith("PENDING_");
    }

    /** Whether it is gone or on its way out, and so not to be found by name any more. */
    public boolean leaving() {
        return provisioningStatus.equals("PENDING_DELETE") || provisioningStatus.equals("DELETED");
    }
}
