package io.octavialb.config;

import org.jspecify.annotations.Nullable;

/**
 * What annotations ask of the health monitor of one port; null = not asked.
 *
 * @param delay seconds, as {@code timeout}
 */
public record MonitorOptions(
        @Nullable Boolean enabled,
        @Nullable Integer delay,
        @Nullable Integer timeout,
        @Nullable Integer maxRetries,
        @Nullable Integer maxRetriesDown,
        @Nullable MonitorType type,
        @Nullable String path,
        @Nullable String httpMethod,
        @Nullable String expectedCodes,
        @Nullable String domainName) {}
