package io.octavialb.vip;

import io.octavialb.vip.config.GlobalSettings;
import java.util.ArrayList;
import java.util.List;

/** The settings that an agent takes on when it starts, and never again. */
final class RestartSettings {
    private RestartSettings() {}

    /** Names of those that differ, as the formats have them. */
    static List<String> differing(GlobalSettings running, GlobalSettings wanted) {
        List<String> names = new ArrayList<>();
        if (!running.listen().equals(wanted.listen())) {
            names.add("listen");
        }
        if (!running.stateFile().equals(wanted.stateFile())) {
            names.add("stateFile");
        }
        if (!running.realtimePriority().equals(wanted.realtimePriority())) {
            names.add("realtimePriority (keepalived.conf: vrrp_rt_priority)");
        }
        return names;
    }
}
