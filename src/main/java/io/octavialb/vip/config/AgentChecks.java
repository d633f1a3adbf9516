package io.octavialb.vip.config;

import io.octavialb.config.NearestKey;
import io.octavialb.vip.config.AgentDraft.SyncGroupDraft;
import io.octavialb.vip.config.Dialect.Setting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks a configuration as a whole, in one place for both formats: names, references, and what may be there only once. */
final class AgentChecks {
    private final AgentDraft draft;
    private final Problems problems;
    private final Map<String, SyncGroupDraft> groupOf = new HashMap<>();

    private AgentChecks(AgentDraft draft, Problems problems) {
        this.draft = draft;
        this.problems = problems;
    }

    /** The settings, if no problem is an error. */
    static Optional<AgentSettings> settle(AgentDraft draft, Problems problems) {
        AgentSettings settings = new AgentChecks(draft, problems).settled();
        return problems.refuses() ? Optional.empty() : Optional.of(settings);
    }

    private AgentSettings settled() {
        checks();
        members();
        TrackChecks track = new TrackChecks(draft, groupOf, problems);
        List<InstanceSettings> instances = instances(track);
        List<SyncGroupSettings> groups =
                draft.syncGroups.stream().map(group -> group(group, track)).toList();
        UniqueAddresses.check(draft.instances, problems);
        if (draft.instances.isEmpty() && !problems.refuses()) {
            problems.warning(
                    draft.place, "there is no instance: the agent idles", "write an instance, if there is to be one");
        }
        return new AgentSettings(instances, groups, draft.checks, GlobalChecks.settled(draft, problems));
    }

    private void checks() {
        Set<String> names = new HashSet<>();
        for (CheckSettings check : draft.checks) {
            if (!names.add(check.name())) {
                twice(check.place(), Setting.CHECK, check.name());
            }
        }
    }

    /** Who is in which group, and that these are there. */
    private void members() {
        Set<String> known = new HashSet<>();
        draft.instances.forEach(instance -> known.add(instance.name));
        Set<String> groups = new HashSet<>();
        for (SyncGroupDraft group : draft.syncGroups) {
            if (!groups.add(group.name)) {
                twice(group.place, Setting.SYNC_GROUP, group.name);
            }
            if (group.members.isEmpty()) {
                problems.error(
                        group.place,
                        name(Setting.SYNC_GROUP) + " " + group.name + " has no instances",
                        "write them under " + name(Setting.GROUP_MEMBERS));
            }
            group.members.forEach(member -> member(group, member, known));
        }
    }

    private void member(SyncGroupDraft group, Said<String> member, Set<String> known) {
        SyncGroupDraft other = groupOf.putIfAbsent(member.value(), group);
        if (!known.contains(member.value())) {
            problems.error(
                    member.place(),
                    name(Setting.SYNC_GROUP) + " " + group.name + ": there is no instance " + member.value(),
                    NearestKey.hint(member.value(), known, "write one of that name"));
        } else if (other != null) {
            problems.error(
                    member.place(),
                    "instance " + member.value() + " is in " + name(Setting.SYNC_GROUP) + " " + other.name + " already",
                    "an instance is in one group, once");
        }
    }

    private List<InstanceSettings> instances(TrackChecks track) {
        List<InstanceSettings> settled = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Map<String, InstanceDraft> vrids = new HashMap<>();
        for (InstanceDraft instance : draft.instances) {
            if (!names.add(instance.name)) {
                twice(instance.place, Setting.INSTANCE, instance.name);
            }
            InstanceChecks checks = new InstanceChecks(instance, draft, problems);
            InstanceSettings settings = checks.settled(
                    track.tracked(instance, instance.interfaces, false),
                    track.tracked(instance, instance.checks, true));
            if (settings != null) {
                settled.add(settings);
                InstanceDraft other = vrids.putIfAbsent(
                        settings.interfaceName() + "/" + settings.family() + "/" + settings.vrid(), instance);
                vridTwice(instance, other);
            }
        }
        return settled;
    }

    private void vridTwice(InstanceDraft instance, @Nullable InstanceDraft other) {
        if (other != null && instance.vrid != null) {
            problems.error(
                    instance.vrid.place(),
                    "instance " + instance.name + ": " + name(Setting.VRID) + " " + instance.vrid.value()
                            + " is on this interface already, that of instance " + other.name,
                    "write another number, the same on all its routers");
        }
    }

    private SyncGroupSettings group(SyncGroupDraft group, TrackChecks track) {
        String where = name(Setting.SYNC_GROUP) + " " + group.name;
        List<Tracked> interfaces = track.named(where, group.interfaces, false);
        List<Tracked> checks = track.named(where, group.checks, true);
        return new SyncGroupSettings(
                group.name,
                group.members.stream().map(Said::value).distinct().toList(),
                interfaces,
                checks,
                group.notified.settled(),
                group.place);
    }

    private void twice(Place place, Setting setting, String name) {
        problems.error(place, "there are two of " + name(setting) + " " + name, "give each a name of its own");
    }

    private String name(Setting setting) {
        return draft.dialect.name(setting);
    }
}
