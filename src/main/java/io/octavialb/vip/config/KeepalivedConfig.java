package io.octavialb.vip.config;

import io.octavialb.vip.config.KeepalivedKeys.In;
import io.octavialb.vrrp.Family;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the blocks of a keepalived.conf into a draft of the agent's settings. */
final class KeepalivedConfig {
    private static final int DEFAULT_VERSION = 2;

    private final Problems problems;
    private final KeepalivedValues values;
    private final AgentDraft draft;
    private AnnouncementsDraft globalAnnouncements = AnnouncementsDraft.NOTHING;
    private final Map<Family, Duration> globalSpacing = new EnumMap<>(Family.class);
    private final Map<String, Map<Family, Duration>> spacings = new HashMap<>();

    private KeepalivedConfig(Place place, Problems problems) {
        this.draft = new AgentDraft(Dialect.KEEPALIVED, place);
        this.problems = problems;
        this.values = new KeepalivedValues(problems);
        draft.version = DEFAULT_VERSION;
    }

    static AgentDraft read(List<Statement> statements, Place place, Problems problems) {
        KeepalivedConfig config = new KeepalivedConfig(place, problems);
        statements.stream()
                .filter(statement -> KeepalivedKeys.isUsed(In.TOP, statement, problems))
                .forEach(config::block);
        config.draft.instances.forEach(config::giveAnnouncements);
        return config.draft;
    }

    private void block(Statement block) {
        switch (block.key()) {
            case "global_defs" -> inside(block, In.GLOBAL).forEach(this::global);
            case "vrrp_script" -> values.word(block).ifPresent(name -> script(block, name.value()));
            case "vrrp_instance" ->
                values.word(block)
                        .ifPresent(name -> draft.instances.add(KeepalivedInstance.read(block, name.value(), problems)));
            case "vrrp_sync_group" ->
                values.word(block).ifPresent(name -> draft.syncGroups.add(syncGroup(block, name.value())));
            case "garp_group" -> garpGroup(block);
            default -> throw new AssertionError(block.key());
        }
    }

    private void script(Statement block, String name) {
        KeepalivedScript.read(block, name, problems)
                .ifPresentOrElse(draft.checks::add, () -> draft.brokenChecks.add(name));
    }

    private List<Statement> inside(Statement block, In in) {
        return block.inside().stream()
                .filter(statement -> KeepalivedKeys.isUsed(in, statement, problems))
                .toList();
    }

    private void global(Statement said) {
        switch (said.key()) {
            case "script_user" -> draft.scriptUser = values.user(said).orElse(null);
            case "vrrp_rt_priority" ->
                draft.realtimePriority = values.whole(said).orElse(null);
            case "vrrp_version" -> version(said);
            case "vrrp_mcast_group4" -> only(said, "224.0.0.18");
            case "vrrp_mcast_group6" -> only(said, "ff02::12");
            case "vrrp_garp_interval" ->
                values.seconds(said).ifPresent(time -> globalSpacing.put(Family.IPV4, time.value()));
            case "vrrp_gna_interval" ->
                values.seconds(said).ifPresent(time -> globalSpacing.put(Family.IPV6, time.value()));
            default ->
                globalAnnouncements = KeepalivedAnnouncements.read(
                        said.key().substring("vrrp_".length()), said, globalAnnouncements, values);
        }
    }

    private void version(Statement said) {
        values.whole(said).ifPresent(version -> {
            if (version.value() == 2 || version.value() == 3) {
                draft.version = Math.toIntExact(version.value());
            } else {
                values.wrong(said, version.value().toString(), "2 or 3");
            }
        });
    }

    private void only(Statement said, String allowed) {
        values.word(said)
                .filter(word -> !word.value().equals(allowed))
                .ifPresent(word -> problems.error(
                        said.place(),
                        said.key() + " " + word.value() + " is not supported: adverts go to " + allowed,
                        "remove it, on every router"));
    }

    private AgentDraft.SyncGroupDraft syncGroup(Statement block, String name) {
        AgentDraft.SyncGroupDraft group = new AgentDraft.SyncGroupDraft(name, block.place());
        for (Statement said : inside(block, In.GROUP)) {
            switch (said.key()) {
                case "group" ->
                    said.inside()
                            .forEach(line -> line.words()
                                    .forEach(member -> group.members.add(new Said<>(member, line.place()))));
                case "track_interface" ->
                    said.inside().forEach(line -> values.tracked(line).ifPresent(group.interfaces::add));
                case "track_script" ->
                    said.inside().forEach(line -> values.tracked(line).ifPresent(group.checks::add));
                case "sync_group_tracking_weight" -> group.membersKeepWeights = true;
                default -> KeepalivedNotify.read(said, group.notified, values, problems);
            }
        }
        return group;
    }

    private void garpGroup(Statement block) {
        Map<Family, Duration> spacing = new EnumMap<>(Family.class);
        for (Statement said : inside(block, In.GARP_GROUP)) {
            switch (said.key()) {
                case "garp_interval" -> values.seconds(said).ifPresent(time -> spacing.put(Family.IPV4, time.value()));
                case "gna_interval" -> values.seconds(said).ifPresent(time -> spacing.put(Family.IPV6, time.value()));
                case "interface" -> values.word(said).ifPresent(name -> spacings.put(name.value(), spacing));
                default -> said.inside().forEach(line -> line.words().forEach(name -> spacings.put(name, spacing)));
            }
        }
    }

    private void giveAnnouncements(InstanceDraft instance) {
        Family family = instance.addresses.isEmpty()
                ? Family.IPV4
                : instance.addresses.getFirst().value().address().family();
        Optional<Map<Family, Duration>> own =
                Optional.ofNullable(instance.interfaceName).map(name -> spacings.get(name.value()));
        Duration spacing = own.map(times -> times.get(family)).orElse(globalSpacing.get(family));
        AnnouncementsDraft announcements = instance.announcements.or(globalAnnouncements);
        instance.announcements = spacing == null ? announcements : announcements.withSpacing(spacing);
    }
}
