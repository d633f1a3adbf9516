package io.octavialb.model.desired;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pool as it should be, with its members and monitor.
 *
 * @param protocol {@code TCP}, {@code UDP}, {@code SCTP}, {@code HTTP}, {@code PROXY} or {@code PROXYV2}; can't be
 *     changed: another protocol is another pool
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DesiredPool(
        String name,
        String protocol,
        String lbAlgorithm,
        @Nullable SessionPersistence sessionPersistence,
        List<DesiredMember> members,
        @Nullable DesiredHealthMonitor healthmonitor,
        @Nullable List<String> tags) {

    /**
     * {@code session_persistence}; type SOURCE_IP binds a client address to a member.
     *
     * @param persistenceTimeout seconds; null is Octavia's default; UDP and SCTP pools only
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SessionPersistence(String type, @Nullable Integer persistenceTimeout) {
        @Override
        public String toString() {
            return persistenceTimeout == null ? type : type + " for " + persistenceTimeout + " s";
        }
    }

    public DesiredPool {
        members = List.copyOf(members);
    }
}
