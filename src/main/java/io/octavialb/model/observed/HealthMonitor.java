package io.octavialb.model.observed;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A health monitor, as {@code GET /v2/lbaas/healthmonitors} shows it; delay and timeout in seconds.
 *
 * @param type {@code TCP}, {@code HTTP}, {@code HTTPS}, {@code UDP-CONNECT}, {@code SCTP}, {@code PING}, {@code TLS-HELLO}
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonIgnoreProperties(ignoreUnknown = true)
public record HealthMonitor(
        String id,
        @Nullable String name,
        String type,
        int delay,
        int timeout,
        int maxRetries,
        int maxRetriesDown,
        @Nullable String httpMethod,
        @Nullable String urlPath,
        @Nullable String expectedCodes,
        @Nullable Double httpVersion,
        @Nullable String domainName,
        List<String> tags) {

    public HealthMonitor {
        tags = List.copyOf(Objects.requireNonNullElse(tags, List.of()));
    }
}
