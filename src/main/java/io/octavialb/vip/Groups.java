package io.octavialb.vip;

import io.octavialb.vip.config.InstanceSettings;
import io.octavialb.vip.config.SyncGroupSettings;
import io.octavialb.vip.config.Tracked;
import io.octavialb.vrrp.Event;
import io.octavialb.vrrp.Role;
import io.octavialb.vrrp.State;
import io.octavialb.vrrp.SyncGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The sync groups of a configuration. */
final class Groups {
    private final List<SyncGroupSettings> groups;
    private final Map<String, Role> told;

    Groups(List<SyncGroupSettings> groups) {
        this(groups, Map.of());
    }

    private Groups(List<SyncGroupSettings> groups, Map<String, Role> told) {
        this.groups = List.copyOf(groups);
        this.told = new HashMap<>(told);
    }

    /** Other groups; what has been told of one that stays is not told again. */
    Groups with(List<SyncGroupSettings> now) {
        return new Groups(now, told);
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

    /** Tells the programs of each group whose members have come to one role. */
    void tell(Map<String, Instance> instances, Notifications notifications) {
        for (SyncGroupSettings group : groups) {
            List<Instance> members = members(group, instances);
            Set<Role> roles = members.stream().map(Instance::role).collect(Collectors.toSet());
            Role role = roles.size() == 1 ? roles.iterator().next() : Role.RELEASING;
            boolean settled = role == Role.ACTIVE || role == Role.BACKUP || role == Role.FAULT;
            if (settled && told.put(group.name(), role) != role) {
                notifications.tell(
                        group.notified(),
                        "GROUP",
                        group.name(),
                        role,
                        members.getFirst().priority());
            }
        }
    }

    void tellStop(Notifications notifications) {
        groups.forEach(group -> notifications.tell(group.notified(), "GROUP", group.name(), Role.INITIALIZE, 0));
    }

    private static List<Instance> members(SyncGroupSettings group, Map<String, Instance> instances) {
        return group.instances().stream()
                .map(instances::get)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Tells the members of each group what it wants of them. */
    void settle(Map<String, Instance> instances) {
        for (SyncGroupSettings group : groups) {
            List<Instance> members = members(group, instances);
            List<State> states = members.stream().map(Instance::state).toList();
            for (int i = 0; i < members.size(); i++) {
                Optional<Role> role = SyncGroup.wants(states, i);
                if (role.isPresent()) {
                    members.get(i).tell(new Event.GroupWants(role.get()));
                }
            }
        }
    }
}
