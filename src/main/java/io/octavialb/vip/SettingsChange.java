package io.octavialb.vip;

import io.octavialb.vip.config.AgentSettings;
import io.octavialb.vip.config.InstanceSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which virtual routers a new configuration starts and stops; all others go on in their role, with new settings perhaps.
 *
 * @param removed is to stop
 * @param added is to start; also one whose virtual router is another one now, whose former self is among the removed
 */
record SettingsChange(List<InstanceSettings> removed, List<InstanceSettings> added) {
    static SettingsChange between(List<InstanceSettings> before, AgentSettings now) {
        Map<String, InstanceSettings> old = new HashMap<>();
        before.forEach(instance -> old.put(instance.name(), instance));
        List<InstanceSettings> added = new ArrayList<>();
        for (InstanceSettings instance : now.instances()) {
            InstanceSettings former = old.get(instance.name());
            if (former == null || !sameRouter(former, instance)) {
                added.add(instance);
            } else {
                old.remove(instance.name());
            }
        }
        return new SettingsChange(List.copyOf(old.values()), added);
    }

    /** Whether they are one virtual router to the other nodes. */
    private static boolean sameRouter(InstanceSettings one, InstanceSettings other) {
        return one.interfaceName().equals(other.interfaceName())
                && one.family() == other.family()
                && one.version() == other.version()
                && one.vrid() == other.vrid();
    }
}
