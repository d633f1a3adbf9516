package io.octavialb.vip;

import io.octavialb.vip.config.InstanceSettings;
import io.octavialb.vip.config.SyncGroupSettings;
import io.octavialb.vip.config.Tracked;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The sync groups of a configuration. */
final class Groups {
    private final List<SyncGroupSettings> groups;

    Groups(List<SyncGroupSettings> groups) {
        this.groups = List.copyOf(groups);
    }

    Optional<SyncGroupSettings> of(String instance) {
        return groups.stream()
                .filter(group -> group.instances().contains(instance))
                .findFirst();
    }

    /** What the instance and its group track. */
    List<Tracked> interfaces(InstanceSettings instance) {
        List<Tracked> tracked = new ArrayList<>(instance.interfaces());
        of(instance.name()).ifPresent(group -> tracked.addAll(group.interfaces()));
        return tracked;
    }

    /** What the instance and its group track. */
    List<Tracked> checks(InstanceSettings instance) {
        List<Tracked> tracked = new ArrayList<>(instance.checks());
        of(instance.name()).ifPresent(group -> tracked.addAll(group.checks()));
        return tracked;
    }
}
