package io.octavialb.vip;

import io.octavialb.vip.config.InstanceSettings;
import io.octavialb.vip.config.SyncGroupSettings;
import io.octavialb.vip.config.Tracked;
import io.octavialb.vrrp.Event;
import io.octavialb.vrrp.Role;
import io.octavialb.vrrp.State;
import io.octavialb.vrrp.SyncGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    boolean has(String instance) {
        return of(instance).isPresent();
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

    /** Tells the members of each group what it wants of them; says whether it wants anything. */
    boolean settle(Map<String, Instance> instances) {
        boolean wanted = false;
        for (SyncGroupSettings group : groups) {
            List<Instance> members = group.instances().stream()
                    .map(instances::get)
                    .filter(Objects::nonNull)
                    .toList();
            List<State> states = members.stream().map(Instance::state).toList();
            for (int i = 0; i < members.size(); i++) {
                Optional<Role> role = SyncGroup.wants(states, i);
                if (role.isPresent()) {
                    members.get(i).tell(new Event.GroupWants(role.get()));
                    wanted = true;
                }
            }
        }
        return wanted;
    }
}
