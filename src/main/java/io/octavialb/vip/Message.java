package io.octavialb.vip;

import io.octavialb.vip.Standing.Health;
import io.octavialb.vip.config.AgentSettings;
import io.octavialb.vip.config.ConfigProblem;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What other threads tell the protocol's thread, or ask of it. */
sealed interface Message {
    record CheckChanged(String check, Health health) implements Message {}

    /**
     * Other settings.
     *
     * @param refused is given what speaks against the settings on this node; without an error they are in force
     */
    record Reconfigure(AgentSettings settings, CompletableFuture<List<ConfigProblem>> refused) implements Message {}

    record StatusAsked(CompletableFuture<AgentStatus> status) implements Message {}

    record Stop() implements Message {}
}
