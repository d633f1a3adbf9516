package io.octavialb.vip.config;

import io.octavialb.vip.config.YamlKeys.In;
import io.octavialb.vrrp.Checksum;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** Reads an instance. */
final class YamlInstance {
    private final String file;
    private final YamlMap map;
    private final Problems problems;
    private final InstanceDraft draft;

    private YamlInstance(String file, String name, YamlMap map, Problems problems) {
        this.file = file;
        this.map = map;
        this.problems = problems;
        this.draft = new InstanceDraft(name, map.place());
    }

    static InstanceDraft read(String file, String name, YamlMap map, Problems problems) {
        YamlInstance instance = new YamlInstance(file, name, map, problems);
        instance.protocol();
        instance.routers();
        instance.addresses("addresses", instance.draft.addresses);
        instance.addresses("excluded", instance.draft.excluded);
        YamlTracked.read(file, map, instance.draft.interfaces, instance.draft.checks, problems);
        map.mapping("announcements", In.ANNOUNCEMENTS, instance::announcements);
        YamlCommand.notified(file, map, instance.draft.notified, problems);
        return instance.draft;
    }

    private void protocol() {
        draft.interfaceName = map.text("interface");
        draft.vrid = map.whole("vrid");
        draft.priority = map.whole("priority");
        draft.interval = map.time("interval");
        draft.version = map.whole("version");
        draft.preempt = map.flag("preempt");
        draft.preemptDelay = map.time("preemptDelay");
        Said<Checksum> checksum = map.read("checksum", YamlInstance::checksum, "pseudo-header or message");
        draft.checksum = checksum == null ? Checksum.PSEUDO_HEADER : checksum.value();
        map.mapping("authentication", In.AUTHENTICATION, authentication -> {
            draft.password = authentication.text("password");
            if (!authentication.has("password")) {
                problems.error(authentication.place(), "authentication has no password", "write password:");
            }
        });
    }

    private static Optional<Checksum> checksum(String text) {
        return switch (text) {
            case "pseudo-header" -> Optional.of(Checksum.PSEUDO_HEADER);
            case "message" -> Optional.of(Checksum.MESSAGE);
            default -> Optional.empty();
        };
    }

    private void routers() {
        draft.source = map.read("source", Addresses::parse, "an IPv4 or IPv6 address");
        draft.trackSource = map.flag("trackSource");
        if (map.has("peers")) {
            draft.unicast = map.placeOf("peers");
        }
        for (Node node : map.list("peers")) {
            map.text(node, "peers")
                    .ifPresent(text -> Addresses.parse(text)
                            .ifPresentOrElse(
                                    peer -> draft.peers.add(new Said<>(peer, YamlMap.place(file, node))),
                                    () -> map.wrong(
                                            YamlMap.place(file, node), "peers", text, "an IPv4 or IPv6 address")));
        }
    }

    private void addresses(String key, List<Said<VirtualAddress>> into) {
        for (Node node : map.list(key)) {
            Place place = YamlMap.place(file, node);
            if (node instanceof MappingNode) {
                YamlMap.of(file, node, In.ADDRESS, problems)
                        .flatMap(this::address)
                        .ifPresent(into::add);
            } else {
                map.text(node, key)
                        .flatMap(text -> AddressPrefix.parse(text, place, problems))
                        .map(prefix -> virtual(prefix, Optional.empty(), Optional.empty(), 0))
                        .ifPresent(address -> into.add(new Said<>(address, place)));
            }
        }
    }

    private Optional<Said<VirtualAddress>> address(YamlMap item) {
        Said<String> text = item.text("address");
        if (!item.has("address")) {
            problems.error(item.place(), "an address without address", "write address:");
        }
        Said<Integer> scope = item.read("scope", AddressScope::number, AddressScope.NAMES);
        Optional<String> device = AgentDraft.value(item.text("device"));
        Optional<String> label = AgentDraft.value(item.text("label"));
        return text == null
                ? Optional.empty()
                : AddressPrefix.parse(text.value(), text.place(), problems)
                        .map(prefix -> new Said<>(
                                virtual(prefix, device, label, scope == null ? 0 : scope.value()), item.place()));
    }

    private static VirtualAddress virtual(
            AddressPrefix prefix, Optional<String> device, Optional<String> label, int scope) {
        return new VirtualAddress(prefix.address(), prefix.length(), device, label, scope);
    }

    private void announcements(YamlMap said) {
        draft.announcements = new AnnouncementsDraft(
                count(said, "repeat", 1),
                AgentDraft.value(said.time("delay")).orElse(null),
                refresh(said),
                count(said, "refreshRepeat", 1),
                AgentDraft.value(said.time("spacing")).orElse(null),
                count(said, "contestedRepeat", 0),
                AgentDraft.value(said.time("contestedDelay")).orElse(null));
    }

    private static @Nullable Duration refresh(YamlMap said) {
        Said<Duration> time = said.time("refresh");
        if (time != null && !AnnouncementsDraft.isPossibleRefresh(time.value())) {
            said.wrong(time.place(), "refresh", Quantity.text(time.value()), "0s, or at least 1s");
        }
        return AgentDraft.value(time).orElse(null);
    }

    private static @Nullable Integer count(YamlMap said, String key, int least) {
        Said<Long> number = said.whole(key);
        if (number == null) {
            return null;
        }
        if (number.value() < least || number.value() > AnnouncementsDraft.MOST) {
            String wanted = "a whole number from " + least + " to " + AnnouncementsDraft.MOST;
            said.wrong(number.place(), key, number.value().toString(), wanted);
        }
        return Math.toIntExact(number.value());
    }
}
