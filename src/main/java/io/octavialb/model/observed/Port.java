package io.octavialb.model.observed;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A port, as {@code GET /v2.0/ports} shows it. */
@JsonNaming(SnakeCaseStrategy.class)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Port(
        String id,
        String networkId,
        @Nullable String deviceId,
        @Nullable String deviceOwner,
        List<FixedIp> fixedIps,
        List<String> securityGroups,
        @Nullable Boolean portSecurityEnabled,
        int revisionNumber) {

    /** An address of a port and the subnet it is from. */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record FixedIp(String subnetId, String ipAddress) {}

    public Port {
        fixedIps = List.copyOf(Objects.requireNonNullElse(fixedIps, List.of()));
        securityGroups = List.copyOf(Objects.requireNonNullElse(securityGroups, List.of()));
    }
}
