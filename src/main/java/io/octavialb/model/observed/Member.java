package io.octavialb.model.observed;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/** A member of a pool, as {@code GET /v2/lbaas/pools/{pool}/members} shows it. */
@JsonNaming(SnakeCaseStrategy.class)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Member(
        String id,
        @Nullable String name,
        String address,
        int protocolPort,
        int weight,
        boolean backup,
        boolean adminStateUp,
        @Nullable String subnetId,
        @Nullable String monitorAddress,
        @Nullable Integer monitorPort) {}
