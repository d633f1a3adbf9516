package io.octavialb.model.desired;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.octavialb.model.ListenerKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A listener as it should be, with its default pool; timeouts in milliseconds.
 *
 * @param protocol can't be changed: another protocol is another listener
 * @param defaultPool null for PROMETHEUS, which answers by itself
 * @param allowedCidrs never empty, for Octavia opens an empty list to all; null where ACLs are not supported
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DesiredListener(
        String name,
        String protocol,
        int protocolPort,
        @Nullable Integer connectionLimit,
        @Nullable Integer timeoutClientData,
        @Nullable Integer timeoutMemberConnect,
        @Nullable Integer timeoutMemberData,
        @Nullable Integer timeoutTcpInspect,
        @Nullable List<String> allowedCidrs,
        @Nullable InsertHeaders insertHeaders,
        @Nullable String defaultTlsContainerRef,
        @Nullable List<String> tags,
        @Nullable DesiredPool defaultPool) {

    public DesiredListener {
        if (allowedCidrs != null && allowedCidrs.isEmpty()) {
            throw new IllegalArgumentException("an empty allowed_cidrs would open " + name + " to all");
        }
    }

    @JsonIgnore
    public ListenerKey key() {
        return ListenerKey.of(protocol, protocolPort);
    }
}
