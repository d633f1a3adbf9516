package io.octavialb.config;

import io.octavialb.model.Hold;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What annotations ask of the listener and pool of one port: those for the port before the general ones; null = not
 * asked. An empty TLS reference clears what the cloud-config says. Timeouts are milliseconds.
 *
 * @param hold what of a listener that is there is left as it is because a value is not allowed; null: nothing
 */
public record PortOptions(
        @Nullable List<Cidr> sourceRanges,
        @Nullable LbMethod lbMethod,
        @Nullable Integer connectionLimit,
        ProxyProtocol proxyProtocol,
        ForwardedHeaders forwardedHeaders,
        @Nullable String defaultTlsContainerRef,
        @Nullable Integer timeoutClientData,
        @Nullable Integer timeoutMemberConnect,
        @Nullable Integer timeoutMemberData,
        @Nullable Integer timeoutTcpInspect,
        MonitorOptions monitor,
        List<String> listenerTags,
        List<String> poolTags,
        @Nullable Hold hold) {

    public PortOptions {
        sourceRanges = sourceRanges == null ? null : List.copyOf(sourceRanges);
        listenerTags = List.copyOf(listenerTags);
        poolTags = List.copyOf(poolTags);
    }
}
