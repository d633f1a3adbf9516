package io.octavialb.model.observed;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A floating IP, as {@code GET /v2.0/floatingips} shows it.
 *
 * @param portId the port it is attached to; null when it is attached to none
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonIgnoreProperties(ignoreUnknown = true)
public record FloatingIp(
        String id,
        String floatingNetworkId,
        String floatingIpAddress,
        @Nullable String portId,
        String description) {

    public FloatingIp {
        description = Objects.requireNonNullElse(description, "");
    }

    public boolean attached() {
        return portId != null && !portId.isEmpty();
    }
}
