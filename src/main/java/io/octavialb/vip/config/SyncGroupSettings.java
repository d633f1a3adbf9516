package io.octavialb.vip.config;

import java.util.List;

/** Instances that are active, backup or in fault together (keepalived's vrrp_sync_group). */
public record SyncGroupSettings(
        String name,
        List<String> instances,
        List<Tracked> interfaces,
        List<Tracked> checks,
        Notify notified,
        Place place) {
    public SyncGroupSettings {
        instances = List.copyOf(instances);
        interfaces = List.copyOf(interfaces);
        checks = List.copyOf(checks);
    }
}
