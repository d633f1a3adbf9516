package io.octavialb.vip.config;

import java.time.Duration;

/** Reads the garp_* statements of instances, and the vrrp_garp_* ones of global_defs, which mean the same. */
final class KeepalivedAnnouncements {
    private KeepalivedAnnouncements() {}

    /** @param key as an instance names it */
    static AnnouncementsDraft read(String key, Statement said, AnnouncementsDraft draft, KeepalivedValues values) {
        return switch (key) {
            case "garp_master_delay" ->
                values.seconds(said).map(time -> draft.withDelay(time.value())).orElse(draft);
            case "garp_master_repeat" ->
                values.atLeast(1, said).map(draft::withRepeat).orElse(draft);
            case "garp_master_refresh" ->
                values.seconds(said)
                        .map(time -> draft.withRefresh(time.value()))
                        .orElse(draft);
            case "garp_master_refresh_repeat" ->
                values.atLeast(1, said).map(draft::withRefreshRepeat).orElse(draft);
            case "garp_lower_prio_repeat" ->
                values.atLeast(0, said).map(draft::withContestedRepeat).orElse(draft);
            case "min_garp" -> values.flag(said) ? draft.withRepeat(1).withDelay(Duration.ZERO) : draft;
            default -> throw new AssertionError(key);
        };
    }
}
