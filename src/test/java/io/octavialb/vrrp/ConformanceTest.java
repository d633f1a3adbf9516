package io.octavialb.vrrp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The cases of {@code vrrp/conformance}: a rule each, of the checklist, with the section it comes from, and cases in which it acts
 * ({@code positive}) and in which it must not ({@code negative}).
 */
class ConformanceTest {
    private static final Path FILES = Path.of("src/test/resources/vrrp/conformance");

    private record Case(String rule, String kind, JsonNode node) {
        String title() {
            return rule + " (" + kind + "): " + node.path("name").asText();
        }
    }

    @TestFactory
    Stream<DynamicTest> aCase() throws IOException {
        return cases().stream().map(one -> DynamicTest.dynamicTest(one.title(), () -> check(one)));
    }

    @Test
    void everyRuleOfTheChecklistHasBothKinds() throws IOException {
        Map<String, TreeSet<String>> kinds = new TreeMap<>();
        for (Case one : cases()) {
            kinds.computeIfAbsent(one.rule, _ -> new TreeSet<>()).add(one.kind);
        }
        List<String> rules = Files.readAllLines(FILES.resolve("checklist.txt")).stream()
                .filter(line -> !line.isBlank())
                .toList();
        assertThat(rules).isNotEmpty();
        assertThat(kinds.keySet()).containsExactlyInAnyOrderElementsOf(rules);
        assertThat(kinds).allSatisfy((_, found) -> assertThat(found).containsExactly("negative", "positive"));
    }

    private static List<Case> cases() throws IOException {
        List<Case> cases = new ArrayList<>();
        List<Path> files;
        try (Stream<Path> listed = Files.list(FILES)) {
            files = listed.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            for (JsonNode rule : new YAMLMapper().readTree(file.toFile())) {
                assertThat(rule.path("source").asText())
                        .as("source of %s", rule.path("rule"))
                        .isNotEmpty();
                for (String kind : List.of("positive", "negative")) {
                    rule.path(kind)
                            .forEach(
                                    node -> cases.add(new Case(rule.path("rule").asText(), kind, node)));
                }
            }
        }
        return cases;
    }

    private static void check(Case one) {
        if (one.node.has("hex")) {
            checkPacket(one.node);
        } else if (one.node.has("members")) {
            checkGroup(one.node);
        } else {
            checkSteps(one.node);
        }
    }

    private static void checkSteps(JsonNode node) {
        VirtualRouter router = RouterCase.read(node.path("router"));
        State state = StateMachine.initial(router);
        for (JsonNode line : node.path("steps")) {
            StepCase step = StepCase.read(router, line.asText());
            List<String> actions = new ArrayList<>();
            while (!step.paused() && state.due() < step.at()) {
                state = turn(router, state, List.of(), state.due(), actions);
            }
            state = turn(router, state, step.events(), step.at(), actions);
            assertThat(actions).as(line.asText()).containsExactlyElementsOf(step.actions());
            assertThat(state.role()).as(line.asText()).isEqualTo(step.role());
        }
    }

    private static State turn(VirtualRouter router, State state, List<Event> events, long now, List<String> actions) {
        Turn turn = StateMachine.turn(router, state, events, now);
        turn.actions().forEach(action -> actions.add(StepCase.text(action)));
        assertThat(turn.state().due()).as("due after a turn").isGreaterThan(now);
        return turn.state();
    }

    private static void checkPacket(JsonNode node) {
        ByteBuffer packet = ByteBuffer.wrap(
                HexFormat.of().parseHex(node.path("hex").asText().replace(" ", "")));
        IpAddress from = IpAddress.parse(node.path("from").asText("10.91.0.1"));
        IpAddress to = IpAddress.parse(node.path("to").asText("224.0.0.18"));
        Decoded decoded = Codec.decode(packet, from, to, node.path("ttl").asInt(255));
        String expected = node.path("expect").asText();
        switch (decoded) {
            case Discard discard -> assertThat(discard.label()).isEqualTo(expected);
            case Decoded.Accepted(var advertisement) -> {
                assertThat(received(node, advertisement, from)).isEqualTo(expected);
                assertThat(written(node, advertisement, from, to))
                        .isEqualTo(HexFormat.of().formatHex(packet.array()));
            }
        }
    }

    /** What is sent for this advertisement; the files say where the other checksum is meant. */
    private static String written(JsonNode node, Advertisement advertisement, IpAddress from, IpAddress to) {
        ByteBuffer packet = ByteBuffer.allocate(1500);
        Checksum checksum = Checksum.valueOf(node.path("checksum").asText("PSEUDO_HEADER"));
        Codec.encode(advertisement, checksum, from, to, packet);
        return HexFormat.of().formatHex(packet.array(), 0, packet.position());
    }

    private static String received(JsonNode node, Advertisement advertisement, IpAddress from) {
        @Nullable
        Discard refusal = node.has("router")
                ? Reception.refusal(RouterCase.read(node.path("router")), advertisement, from)
                : null;
        return refusal != null
                ? refusal.label()
                : "vrid " + advertisement.vrid() + " priority " + advertisement.priority() + " interval "
                        + advertisement.intervalCentiseconds() + " addresses " + advertisement.addresses();
    }

    private static void checkGroup(JsonNode node) {
        List<State> members = new ArrayList<>();
        node.path("members").forEach(member -> members.add(member(member.asText())));
        List<String> wanted = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            wanted.add(SyncGroup.wants(members, i).map(Role::name).orElse("-"));
        }
        assertThat(String.join(" ", wanted)).isEqualTo(node.path("wants").asText());
    }

    private static State member(String text) {
        return switch (text) {
            case "active" -> new State.Active(100, 0, new AnnouncementSchedule(0, 0, State.NEVER, State.NEVER));
            case "waiting" ->
                new State.Backup(100, 1, State.NEVER, State.NEVER, State.NEVER, Cause.ACTIVE_SILENT, false, false);
            case "hearing" -> new State.Backup(100, 1, 5, 5, State.NEVER, Cause.ACTIVE_SILENT, true, false);
            case "listening" -> new State.Backup(100, 1, 5, 5, State.NEVER, Cause.ACTIVE_SILENT, false, false);
            case "broken" -> new State.Fault(100, new Faults(true, false));
            case "broken-both" -> new State.Fault(100, new Faults(true, true));
            case "group-fault" -> new State.Fault(100, new Faults(false, true));
            default -> throw new IllegalArgumentException("no member: " + text);
        };
    }
}
