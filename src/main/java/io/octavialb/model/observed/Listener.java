package io.octavialb.model.observed;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.octavialb.model.ListenerKey;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A listener, as {@code GET /v2/lbaas/listeners} shows it; timeouts in milliseconds. */
@JsonNaming(SnakeCaseStrategy.class)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Listener(
        String id,
        String name,
        @Nullable String description,
        @Nullable String provisioningStatus,
        String protocol,
        int protocolPort,
        @Nullable Integer connectionLimit,
        @Nullable Integer timeoutClientData,
        @Nullable Integer timeoutMemberConnect,
        @Nullable Integer timeoutMemberData,
        @Nullable Integer timeoutTcpInspect,
        List<String> allowedCidrs,
        Map<String, String> insertHeaders,
        @Nullable String defaultTlsContainerRef,
        @Nullable String defaultPoolId,
        List<String> tags) {

    public Listener {
        allowedCidrs = List.copyOf(Objects.requireNonNullElse(allowedCidrs, List.of()));
        insertHeaders = Map.copyOf(Objects.requireNonNullElse(insertHeaders, Map.of()));
        tags = List.copyOf(Objects.requireNonNullElse(tags, List.of()));
    }

    public ListenerKey key() {
        return ListenerKey.of(protocol, protocolPort);
    }
}
