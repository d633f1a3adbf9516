package io.octavialb.model.observed;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;

/** A network, as {@code GET /v2.0/networks} shows it. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Network(
        String id,
        String name,
        @JsonProperty("router:external") boolean external,
        List<String> subnets) {
    public Network {
        subnets = List.copyOf(Objects.requireNonNullElse(subnets, List.of()));
    }
}
