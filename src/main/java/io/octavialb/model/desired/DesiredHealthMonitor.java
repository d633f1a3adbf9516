package io.octavialb.model.desired;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A health monitor as it should be; delay and timeout in seconds.
 *
 * @param type can't be changed: another type is another monitor
 * @param httpMethod {@code urlPath}, {@code expectedCodes} likewise: null unless the type is HTTP or HTTPS
 * @param httpVersion 1.1 where a domain name is sent, else null
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DesiredHealthMonitor(
        String name,
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
        @Nullable List<String> tags) {}
