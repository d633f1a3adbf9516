package io.octavialb.vip;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** What an agent is doing, as {@code /status} serves it in JSON and {@code vip-agent status} prints it. */
public record AgentStatus(@JsonProperty("instances") List<InstanceStatus> instances) {
    public AgentStatus {
        instances = List.copyOf(instances);
    }

    /**
     * One virtual router.
     *
     * @param active address of the router that was heard as the active one last; empty when none was, or it is this node
     * @param sinceMillis time since the role changed, in milliseconds
     */
    public record InstanceStatus(
            @JsonProperty("name") String name,
            @JsonProperty("interface") String interfaceName,
            @JsonProperty("version") int version,
            @JsonProperty("vrid") int vrid,
            @JsonProperty("role") String role,
            @JsonProperty("priority") int priority,
            @JsonProperty("sinceMillis") long sinceMillis,
            @JsonProperty("active") String active,
            @JsonProperty("addresses") List<String> addresses,
            @JsonProperty("faults") List<String> faults) {
        public InstanceStatus {
            addresses = List.copyOf(addresses);
            faults = List.copyOf(faults);
        }
    }
}
