package io.octavialb.vip.config;

import io.octavialb.config.NearestKey;
import io.octavialb.vip.config.AgentDraft.SyncGroupDraft;
import io.octavialb.vip.config.Dialect.Key;
import io.octavialb.vip.config.InstanceDraft.TrackedDraft;
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
    private final Map<String, Integer> weights = new HashMap<>();
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
        List<InstanceSettings> instances = instances();
        List<SyncGroupSettings> groups = draft.syncGroups.stream().map(this::group).toList();
        UniqueAddresses.check(draft.instances, problems);
        if (draft.instances.isEmpty() && !problems.refuses()) {
            problems.warning(
                    draft.place, "there is no instance: the agent idles", "write an instance, if there is to be one");
        }
        return new AgentSettings(instances, groups, draft.checks, GlobalChecks.settled(draft, problems));
    }

    private void checks() {
        for (CheckSettings check : draft.checks) {
            if (weights.put(check.name(), check.weight()) != null) {
                twice(check.place(), Key.CHECK, check.name());
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
                twice(group.place, Key.SYNC_GROUP, group.name);
            }
            if (group.members.isEmpty()) {
                problems.error(
                        group.place,
                        name(Key.SYNC_GROUP) + " " + group.name + " has no instances",
                        "write them under " + name(Key.GROUP_MEMBERS));
            }
            group.members.forEach(member -> member(group, member, known));
        }
    }

    private void member(SyncGroupDraft group, Said<String> member, Set<String> known) {
        SyncGroupDraft other = groupOf.putIfAbsent(member.value(), group);
        if (!known.contains(member.value())) {
            unknown(member.place(), name(Key.SYNC_GROUP) + " " + group.name, "instance", member.value(), known);
        } else if (other != null) {
            problems.error(
                    member.place(),
                    "instance " + member.value() + " is in " + name(Key.SYNC_GROUP) + " " + other.name + " already",
                    "an instance is in one group, once");
        }
    }

    private List<InstanceSettings> instances() {
        List<InstanceSettings> settled = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Map<String, InstanceDraft> vrids = new HashMap<>();
        for (InstanceDraft instance : draft.instances) {
            if (!names.add(instance.name)) {
                twice(instance.place, Key.INSTANCE, instance.name);
            }
            InstanceChecks checks = new InstanceChecks(instance, draft, problems);
            InstanceSettings settings = checks.settled(
                    tracked(instance, instance.interfaces, false), tracked(instance, instance.checks, true));
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
                    "instance " + instance.name + ": " + name(Key.VRID) + " " + instance.vrid.value()
                            + " is on this interface already, that of instance " + other.name,
                    "write another number, the same on all its routers");
        }
    }

    /** In a group weights of members do not count: its members would disagree about who is active. keepalived does the same. */
    private List<Tracked> tracked(InstanceDraft instance, List<Said<TrackedDraft>> said, boolean isCheck) {
        List<Tracked> all = named("instance " + instance.name, said, isCheck);
        SyncGroupDraft group = groupOf.get(instance.name);
        if (group == null || group.membersKeepWeights) {
            return all;
        }
        List<Tracked> counted = new ArrayList<>();
        for (Tracked tracked : all) {
            if (tracked.weight() == 0) {
                counted.add(tracked);
                continue;
            }
            String outcome = isCheck ? " is not tracked" : " is tracked without its weight";
            problems.warning(
                    place(said, tracked.name()),
                    "instance " + instance.name + ": " + tracked.name() + outcome + ", as " + name(Key.SYNC_GROUP) + " "
                            + group.name + " needs one priority",
                    "track it in the group");
            if (!isCheck) {
                counted.add(new Tracked(tracked.name(), 0));
            }
        }
        return counted;
    }

    private List<Tracked> named(String where, List<Said<TrackedDraft>> said, boolean isCheck) {
        List<Tracked> tracked = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Said<TrackedDraft> one : said) {
            String name = one.value().name();
            Integer weight = one.value().weight();
            if (isCheck && !weights.containsKey(name)) {
                if (!draft.brokenChecks.contains(name)) {
                    unknown(one.place(), where, name(Key.CHECK), name, weights.keySet());
                }
            } else if (!names.add(name)) {
                problems.error(one.place(), where + ": " + name + " is tracked twice", "remove one");
            } else {
                tracked.add(new Tracked(name, weight == null ? weights.getOrDefault(isCheck ? name : "", 0) : weight));
            }
        }
        return tracked;
    }

    private SyncGroupSettings group(SyncGroupDraft group) {
        String where = name(Key.SYNC_GROUP) + " " + group.name;
        List<Tracked> interfaces = named(where, group.interfaces, false);
        List<Tracked> checks = named(where, group.checks, true);
        return new SyncGroupSettings(
                group.name,
                group.members.stream().map(Said::value).distinct().toList(),
                interfaces,
                checks,
                group.notified.settled(),
                group.place);
    }

    private static Place place(List<Said<TrackedDraft>> said, String name) {
        return said.stream()
                .filter(one -> one.value().name().equals(name))
                .findFirst()
                .orElseThrow()
                .place();
    }

    private void unknown(Place place, String where, String kind, String name, Set<String> known) {
        problems.error(
                place,
                where + ": there is no " + kind + " " + name,
                NearestKey.of(name, known).map(near -> "did you mean " + near + "?").orElse("write one of that name"));
    }

    private void twice(Place place, Key key, String name) {
        problems.error(place, "there are two of " + name(key) + " " + name, "give each a name of its own");
    }

    private String name(Key key) {
        return draft.dialect.name(key);
    }
}
