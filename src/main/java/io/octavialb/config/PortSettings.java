package io.octavialb.config;

import io.octavialb.model.Hold;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What applies to the listener and pool of one port once annotations and cloud-config are put together; null = unset.
 *
 * @param connectionLimit -1 = unlimited
 * @param timeoutClientData milliseconds, as the other timeouts
 * @param sourceRanges of the annotation; {@code spec.loadBalancerSourceRanges} beats it; null = everything
 * @param hold what of a listener that is there is left as it is because a value can't be had; null: nothing
 * @param asked where the settings come from
 */
public record PortSettings(
        LbMethod lbMethod,
        int connectionLimit,
        ProxyProtocol proxyProtocol,
        ForwardedHeaders forwardedHeaders,
        @Nullable String tlsContainerRef,
        @Nullable Integer timeoutClientData,
        @Nullable Integer timeoutMemberConnect,
        @Nullable Integer timeoutMemberData,
        @Nullable Integer timeoutTcpInspect,
        @Nullable List<Cidr> sourceRanges,
        MonitorSettings monitor,
        List<String> listenerTags,
        List<String> poolTags,
        @Nullable Hold hold,
        AskedSettings asked) {

    public PortSettings {
        sourceRanges = sourceRanges == null ? null : List.copyOf(sourceRanges);
        listenerTags = List.copyOf(listenerTags);
        poolTags = List.copyOf(poolTags);
    }
}
