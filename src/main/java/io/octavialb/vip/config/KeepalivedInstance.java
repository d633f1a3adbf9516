package io.octavialb.vip.config;

import io.octavialb.vip.config.KeepalivedKeys.In;
import io.octavialb.vrrp.IpAddress;
import io.octavialb.vrrp.VirtualRouter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a vrrp_instance. */
final class KeepalivedInstance {
    private static final Duration LONGEST_PREEMPT_DELAY = Duration.ofSeconds(1000);
    private static final long DEFAULT_PRIORITY = 100;
    private static final List<String> MULTICAST = List.of("224.0.0.18", "ff02::12");
    private static final String ADVERT_TTL = "255";

    private final Problems problems;
    private final KeepalivedValues values;
    private final InstanceDraft draft;
    private boolean startsAsMaster;

    private KeepalivedInstance(InstanceDraft draft, Problems problems) {
        this.draft = draft;
        this.problems = problems;
        this.values = new KeepalivedValues(problems);
    }

    static InstanceDraft read(Statement block, String name, Problems problems) {
        KeepalivedInstance instance = new KeepalivedInstance(new InstanceDraft(name, block.place()), problems);
        block.inside().stream()
                .filter(statement -> KeepalivedKeys.isUsed(In.INSTANCE, statement, problems))
                .forEach(instance::statement);
        instance.applyRulesOfState();
        return instance.draft;
    }

    private void statement(Statement said) {
        switch (said.key()) {
            case "state" -> state(said);
            case "interface" -> draft.interfaceName = values.word(said).orElse(null);
            case "virtual_router_id" -> draft.vrid = values.whole(said).orElse(null);
            case "priority" -> draft.priority = values.whole(said).orElse(null);
            case "version" -> draft.version = values.whole(said).orElse(null);
            case "advert_int" -> draft.interval = values.seconds(said).orElse(null);
            case "authentication" -> authentication(said);
            case "virtual_ipaddress" ->
                said.inside()
                        .forEach(line -> KeepalivedAddress.read(line, problems).ifPresent(draft.addresses::add));
            case "virtual_ipaddress_excluded" ->
                said.inside()
                        .forEach(line -> KeepalivedAddress.read(line, problems).ifPresent(draft.excluded::add));
            case "unicast_src_ip" -> {
                draft.source = source(said);
                draft.unicast = said.place();
            }
            case "mcast_src_ip" -> draft.source = source(said);
            case "track_src_ip" -> draft.trackSource = new Said<>(true, said.place());
            case "unicast_peer" -> peers(said);
            case "track_interface" ->
                said.inside().forEach(line -> values.tracked(line).ifPresent(draft.interfaces::add));
            case "track_script" ->
                said.inside().forEach(line -> values.tracked(line).ifPresent(draft.checks::add));
            case "preempt" -> draft.preempt = new Said<>(true, said.place());
            case "nopreempt" -> draft.preempt = new Said<>(false, said.place());
            case "preempt_delay" -> preemptDelay(said);
            case "mcast_dst_ip" -> only(said, MULTICAST, "adverts go to " + String.join(" and ", MULTICAST));
            case "unicast_ttl" -> only(said, List.of(ADVERT_TTL), "adverts with less are discarded (RFC 9568 §7.1)");
            default -> notifyOrAnnounce(said);
        }
    }

    private void notifyOrAnnounce(Statement said) {
        if (KeepalivedNotify.isNotify(said)) {
            KeepalivedNotify.read(said, draft.notified, values, problems);
        } else {
            draft.announcements = KeepalivedAnnouncements.read(said.key(), said, draft.announcements, values);
        }
    }

    private void state(Statement said) {
        String state = said.arguments().isEmpty() ? "" : said.arguments().getFirst();
        switch (state) {
            case "MASTER" -> startsAsMaster = true;
            case "BACKUP" -> startsAsMaster = false;
            default -> values.wrong(said, state, "MASTER or BACKUP");
        }
    }

    private @Nullable Said<IpAddress> source(Statement said) {
        return values.word(said)
                .flatMap(word -> values.address(word.value(), said.key(), said.place()))
                .orElse(null);
    }

    private void peers(Statement said) {
        draft.unicast = said.place();
        for (Statement line : said.inside()) {
            values.address(line.key(), said.key(), line.place()).ifPresent(draft.peers::add);
            for (int i = 0; i < line.arguments().size(); i += 2) {
                String option = line.arguments().get(i);
                if (option.equals("min_ttl") || option.equals("max_ttl")) {
                    KeepalivedKeys.isUsed(In.PEER, option, line.place(), problems);
                } else {
                    problems.error(
                            line.place(), "unicast_peer: " + option + " is not understood", "write one address a line");
                }
            }
        }
    }

    private void preemptDelay(Statement said) {
        draft.preemptDelay = values.seconds(said).orElse(null);
        if (draft.preemptDelay != null && draft.preemptDelay.value().compareTo(LONGEST_PREEMPT_DELAY) > 0) {
            values.wrong(said, said.arguments().getFirst(), "seconds from 0 to 1000");
        }
    }

    private void only(Statement said, List<String> allowed, String why) {
        values.word(said)
                .filter(word -> !allowed.contains(word.value()))
                .ifPresent(word -> problems.error(
                        said.place(),
                        said.key() + " " + word.value() + " is not supported: " + why,
                        "remove it, on every router"));
    }

    private void authentication(Statement said) {
        Statement type = null;
        for (Statement statement : said.inside()) {
            if (!KeepalivedKeys.isUsed(In.AUTHENTICATION, statement, problems)) {
                continue;
            }
            if (statement.key().equals("auth_type")) {
                type = statement;
                authenticationType(statement);
            } else {
                draft.password = statement.arguments().isEmpty()
                        ? new Said<>("", statement.place())
                        : new Said<>(statement.arguments().getFirst(), statement.place());
            }
        }
        if (type == null) {
            problems.error(
                    said.place(), "authentication has no auth_type", "write auth_type PASS, or remove the block");
        } else if (draft.password == null) {
            problems.error(said.place(), "authentication has no auth_pass", "write auth_pass, or remove the block");
        }
    }

    private void authenticationType(Statement said) {
        Optional<String> type = values.word(said).map(Said::value);
        if (type.isPresent() && !type.get().equals("PASS")) {
            problems.error(
                    said.place(),
                    "auth_type " + type.get() + " is not supported",
                    "use PASS, or no authentication, on every router");
        }
    }

    /** What keepalived 2.2.7 makes of state MASTER: only an owner starts active, and some settings have no effect. */
    private void applyRulesOfState() {
        if (draft.priority == null && startsAsMaster) {
            draft.priority = new Said<>((long) VirtualRouter.OWNER_PRIORITY, draft.place);
            problems.warning(
                    draft.place,
                    "instance " + draft.name
                            + " has state MASTER and no priority: 255, the owner of the addresses, as in keepalived",
                    "write its priority");
        } else if (draft.priority == null) {
            draft.priority = new Said<>(DEFAULT_PRIORITY, draft.place);
        }
        if (startsAsMaster && draft.preempt != null && !draft.preempt.value()) {
            problems.warning(draft.preempt.place(), "nopreempt has no effect with state MASTER", "write state BACKUP");
            draft.preempt = null;
        }
        if (startsAsMaster && draft.preemptDelay != null) {
            problems.warning(
                    draft.preemptDelay.place(), "preempt_delay has no effect with state MASTER", "write state BACKUP");
            draft.preemptDelay = null;
        }
    }
}
