package io.octavialb.vip.config;

import java.util.Optional;

/**
 * What concerns the agent as a whole.
 *
 * @param listen where metrics, health and status are served, {@code host:port}
 * @param stateFile where the addresses that are held are recorded, so that a later run removes what this one left
 * @param realtimePriority SCHED_FIFO priority of the protocol's thread, 1 to 99
 * @param scriptUser user that scripts run as when they name none
 */
public record GlobalSettings(
        Optional<String> listen,
        Optional<String> stateFile,
        Optional<Integer> realtimePriority,
        Optional<String> scriptUser) {}
