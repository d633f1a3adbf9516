package io.octavialb.vip.config;

import io.octavialb.config.NearestKey;
import io.octavialb.vip.config.AgentDraft.SyncGroupDraft;
import io.octavialb.vip.config.Dialect.Setting;
import io.octavialb.vip.config.InstanceDraft.TrackedDraft;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks what instances and groups track, and gives each its weight. */
final class TrackChecks {
    private final AgentDraft draft;
    private final Map<String, SyncGroupDraft> groupOf;
    private final Problems problems;
    private final Map<String, Integer> weights = new HashMap<>();

    /** @param groupOf the group of each instance that is in one */
    TrackChecks(AgentDraft draft, Map<String, SyncGroupDraft> groupOf, Problems problems) {
        this.draft = draft;
        this.groupOf = groupOf;
        this.problems = problems;
        draft.checks.forEach(check -> weights.put(check.name(), check.weight()));
    }

    /** In a group weights of members do not count: its members would disagree about who is active. keepalived does the same. */
    List<Tracked> tracked(InstanceDraft instance, List<Said<TrackedDraft>> said, boolean isCheck) {
        List<Tracked> all = named("instance " + instance.name, said, isCheck).stream()
                .filter(tracked -> isCheck || !isOwnInterface(instance, tracked, place(said, tracked.name())))
                .toList();
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
                    "instance " + instance.name + ": " + tracked.name() + outcome + ", as "
                            + draft.dialect.name(Setting.SYNC_GROUP) + " " + group.name + " needs one priority",
                    "track it in the group");
            if (!isCheck) {
                counted.add(new Tracked(tracked.name(), 0));
            }
        }
        return counted;
    }

    /** An instance is in fault without its own interface, whatever else it tracks; keepalived drops its weight as well. */
    private boolean isOwnInterface(InstanceDraft instance, Tracked tracked, Place place) {
        boolean own =
                instance.interfaceName != null && instance.interfaceName.value().equals(tracked.name());
        if (own && tracked.weight() != 0) {
            problems.warning(
                    place,
                    "instance " + instance.name + ": the weight of " + tracked.name()
                            + " has no effect: it is the instance's own interface, without which it is in fault",
                    "remove it");
        }
        return own;
    }

    List<Tracked> named(String where, List<Said<TrackedDraft>> said, boolean isCheck) {
        List<Tracked> tracked = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Said<TrackedDraft> one : said) {
            String name = one.value().name();
            Integer weight = one.value().weight();
            if (isCheck && !weights.containsKey(name)) {
                if (!draft.brokenChecks.contains(name)) {
                    problems.error(
                            one.place(),
                            where + ": there is no " + draft.dialect.name(Setting.CHECK) + " " + name,
                            NearestKey.hint(name, weights.keySet(), "write one of that name"));
                }
            } else if (!names.add(name)) {
                problems.error(one.place(), where + ": " + name + " is tracked twice", "remove one");
            } else {
                tracked.add(new Tracked(name, weight == null ? weights.getOrDefault(isCheck ? name : "", 0) : weight));
            }
        }
        return tracked;
    }

    private static Place place(List<Said<TrackedDraft>> said, String name) {
        return said.stream()
                .filter(one -> one.value().name().equals(name))
                .findFirst()
                .orElseThrow()
                .place();
    }
}
