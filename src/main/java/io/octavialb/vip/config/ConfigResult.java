package io.octavialb.vip.config;

import java.util.List;
import java.util.Optional;

/** What a configuration says, if it says no error, and all that is to be told about it. */
public record ConfigResult(Optional<AgentSettings> settings, List<ConfigProblem> problems) {
    public ConfigResult {
        problems = List.copyOf(problems);
    }
}
