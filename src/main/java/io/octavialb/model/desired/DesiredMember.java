package io.octavialb.model.desired;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/**
 * A member as it should be; its identity in the pool is address and port.
 *
 * <p>Octavia's batch update resets what a request leaves out, so every component but the subnet is always sent.
 *
 * @param address in canonical form (RFC 5952 for IPv6), as Octavia answers it
 * @param monitorPort the port that the health monitor probes instead of {@code protocolPort}
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
public record DesiredMember(
        String name,
        String address,
        int protocolPort,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String subnetId,
        int weight,
        boolean backup,
        boolean adminStateUp,
        @Nullable String monitorAddress,
        @Nullable Integer monitorPort) {

    /** A member that keeps the connections it has and gets no new ones. */
    public static DesiredMember draining(String name, String address, int protocolPort, @Nullable String subnetId) {
        return new DesiredMember(name, address, protocolPort, subnetId, 0, false, true, null, null);
    }

    /** A member that serves, with Octavia's default weight. */
    public static DesiredMember serving(
            String name, String address, int protocolPort, @Nullable String subnetId, @Nullable Integer monitorPort) {
        return new DesiredMember(name, address, protocolPort, subnetId, 1, false, true, null, monitorPort);
    }
}
