package io.octavialb.model.kubernetes;

import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code status.loadBalancer.ingress}.
 *
 * @param ipMode {@code VIP} or {@code Proxy}; null with a hostname, and on API servers that do not know the field
 */
public record Ingress(
        @Nullable String ip,
        @Nullable String hostname,
        @Nullable String ipMode) {}
