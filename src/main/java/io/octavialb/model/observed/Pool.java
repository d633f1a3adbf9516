package io.octavialb.model.observed;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A pool without its members, as {@code GET /v2/lbaas/pools} shows it.
 *
 * @param healthmonitorId only in lists and single reads; the answer to a populated create nests the monitor instead
 * @param listeners the listeners whose default pool it is
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Pool(
        String id,
        String name,
        @Nullable String provisioningStatus,
        String protocol,
        String lbAlgorithm,
        @Nullable SessionPersistence sessionPersistence,
        @Nullable String healthmonitorId,
        List<ResourceId> listeners,
        List<String> tags) {

    /** {@code type}: SOURCE_IP, HTTP_COOKIE or APP_COOKIE; timeout in seconds, UDP and SCTP pools only. */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record SessionPersistence(String type, @Nullable Integer persistenceTimeout) {
        @Override
        public String toString() {
            return persistenceTimeout == null ? type : type + " for " + persistenceTimeout + " s";
        }
    }

    /** A reference to another resource. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record ResourceId(String id) {}

    public Pool {
        listeners = List.copyOf(Objects.requireNonNullElse(listeners, List.of()));
        tags = List.copyOf(Objects.requireNonNullElse(tags, List.of()));
    }
}
