package io.octavialb.config;

import org.jspecify.annotations.Nullable;

/**
 * What applies to the health monitor of one port.
 *
 * @param enabled whether an annotation asks for one, or says how it should be, or the cloud-config asks for one
 * @param refused whether the annotation says that there shall be none
 * @param delay seconds, as {@code timeout}
 * @param type null = by protocol and externalTrafficPolicy
 * @param path {@code httpMethod}, {@code expectedCodes} and {@code domainName} likewise: null unless asked for
 */
public record MonitorSettings(
        boolean enabled,
        boolean refused,
        int delay,
        int timeout,
        int maxRetries,
        int maxRetriesDown,
        @Nullable MonitorType type,
        @Nullable String path,
        @Nullable String httpMethod,
        @Nullable String expectedCodes,
        @Nullable String domainName) {}
