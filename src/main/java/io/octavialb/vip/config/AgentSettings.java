package io.octavialb.vip.config;

import java.util.List;

/** All that one agent does on one node. */
public record AgentSettings(
        List<InstanceSettings> instances,
        List<SyncGroupSettings> syncGroups,
        List<CheckSettings> checks,
        GlobalSettings global) {
    public AgentSettings {
        instances = List.copyOf(instances);
        syncGroups = List.copyOf(syncGroups);
        checks = List.copyOf(checks);
    }
}
