package io.octavialb.model.observed;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Objects;

/**
 * A subnet, as {@code GET /v2.0/subnets} shows it.
 *
 * @param ipVersion 4 or 6
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Subnet(String id, String name, String networkId, int ipVersion, String cidr, List<String> tags) {
    public Subnet {
        tags = List.copyOf(Objects.requireNonNullElse(tags, List.of()));
    }
}
