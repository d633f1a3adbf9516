package io.octavialb.vip.config;

import java.time.Duration;
import java.util.Optional;

/** Reads the garp_* statements of instances, and the vrrp_garp_* ones of global_defs, which mean the same. */
final class KeepalivedAnnouncements {
    private KeepalivedAnnouncements() {}

    /** @param key as an instance names it */
    static AnnouncementsDraft read(String key, Statement said, AnnouncementsDraft draft, KeepalivedValues values) {
        return switch (key) {
            case "garp_master_delay" ->
                values.seconds(said).map(time -> draft.withDelay(time.value())).orElse(draft);
            case "garp_master_repeat" ->
                values.between(1, AnnouncementsDraft.MOST, said)
                        .map(draft::withRepeat)
                        .orElse(draft);
            case "garp_master_refresh" ->
                refresh(said, values).map(draft::withRefresh).orElse(draft);
            case "garp_master_refresh_repeat" ->
                values.between(1, AnnouncementsDraft.MOST, said)
                        .map(draft::withRefreshRepeat)
                        .orElse(draft);
            case "garp_lower_prio_repeat" ->
                values.between(0, AnnouncementsDraft.MOST, said)
                        .map(draft::withContestedRepeat)
                        .orElse(draft);
            case "min_garp" -> values.flag(said) ? draft.withRepeat(1).withDelay(Duration.ZERO) : draft;
            default -> throw new AssertionError(key);
        };
    }

    private static Optional<Duration> refresh(Statement said, KeepalivedValues values) {
        Optional<Duration> time = values.seconds(said).map(Said::value);
        if (time.isPresent() && !AnnouncementsDraft.isPossibleRefresh(time.get())) {
            values.wrong(said, said.arguments().getFirst(), "0, or at least 1 second");
        }
        return time;
    }
}
