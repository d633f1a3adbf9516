package io.octavialb.vip.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Damaged configurations give problems with a line each, never an exception, and soon. */
class AgentConfigFuzzTest {
    private static final int ROUNDS = Integer.getInteger("config.fuzz.rounds", 20_000);
    private static final Path CASES = Path.of("src/test/resources/vrrp/config");
    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "\"",
            "'",
            "\\",
            "$",
            "${",
            "$A=",
            "~SEQ(",
            "@",
            "@^",
            "#",
            "!",
            "\n",
            "\t",
            ":",
            "- ",
            "[",
            "]",
            "&a ",
            "*a",
            "<<: ",
            "? ",
            "| ",
            "> ",
            "%",
            "\0",
            "\u00e4",
            "\ud83d",
            "0",
            "-1",
            "999999999999",
            "0.0000000001",
            "1e9",
            "::",
            "fe80::%1",
            "192.0.2.1/",
            "include *",
            "include keepalived.conf\n",
            "vrrp_instance",
            "$A=$A $A\n$A ",
            "weight",
            "interval",
            "---\n",
            "!!int ");

    @Test
    void keepalived() throws IOException {
        fuzz(MapSource::keepalived, ".conf", MapSource.MAIN);
    }

    @Test
    void yaml() throws IOException {
        fuzz(MapSource::yaml, ".yaml", MapSource.OURS);
    }

    @Test
    void aliasesDoNotMultiply() {
        StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 30; i++) {
            text.append(
                    "a%d: &a%d [%s]\n".formatted(i, i, "*a%d, ".formatted(i - 1).repeat(10)));
        }
        assertSoon(() -> assertThat(MapSource.yaml(text.toString()).settings()).isEmpty());
    }

    @Test
    void aMappingWithinItselfEnds() {
        assertSoon(() ->
                assertThat(MapSource.yaml("instances: &a {x: *a}").settings()).isEmpty());
        assertSoon(() ->
                assertThat(MapSource.yaml("checks: &a {http: *a}").settings()).isEmpty());
    }

    @Test
    void parametersDoNotMultiply() {
        StringBuilder text = new StringBuilder("$A0=x x x x x x x x x x \n");
        for (int i = 1; i < 30; i++) {
            text.append("$A%d=%s\n".formatted(i, "${A%d} ".formatted(i - 1).repeat(10)));
        }
        assertSoon(() ->
                assertThat(MapSource.keepalived(text + "$A29\n").settings()).isEmpty());
    }

    @Test
    void includesDoNotMultiply() {
        Map<String, String> files = new HashMap<>();
        for (int i = 0; i < 18; i++) {
            files.put("/etc/f" + i, "include f%d\n".formatted(i + 1).repeat(10));
        }
        files.put("/etc/f18", "x\n");
        assertSoon(() -> assertThat(
                        AgentConfig.parse("/etc/f0", new MapSource(files, "")).settings())
                .isEmpty());
    }

    private static void fuzz(Function<String, ConfigResult> parse, String ending, String file) throws IOException {
        List<String> seeds = new ArrayList<>();
        for (String name : ConfigCasesTest.cases()) {
            if (name.endsWith(ending)) {
                seeds.add(Files.readString(CASES.resolve(name)));
            }
        }
        for (int round = 0; round < ROUNDS; round++) {
            Random random = new Random(round);
            String text = damaged(seeds.get(random.nextInt(seeds.size())), random);
            int seed = round;
            ConfigResult result;
            try {
                result = parse.apply(text);
            } catch (RuntimeException | StackOverflowError | AssertionError e) {
                throw new AssertionError("seed " + seed + ":\n" + text, e);
            }
            int lines = text.split("\\R", -1).length;
            assertThat(result.problems()).as("seed %d", seed).allSatisfy(problem -> {
                assertThat(problem.place().file()).isEqualTo(file);
                assertThat(problem.place().line()).isBetween(1, lines);
                assertThat(problem.remedy()).isNotEmpty();
            });
            assertThat(result.settings().isEmpty())
                    .isEqualTo(result.problems().stream()
                            .anyMatch(problem -> problem.severity() == ConfigProblem.Severity.ERROR));
        }
    }

    private static String damaged(String seed, Random random) {
        StringBuilder text = new StringBuilder(seed);
        for (int damage = 1 + random.nextInt(5); damage > 0; damage--) {
            int at = random.nextInt(text.length() + 1);
            int end = Math.min(text.length(), at + random.nextInt(40));
            switch (random.nextInt(4)) {
                case 0 -> text.delete(at, end);
                case 1 -> text.insert(at, text.substring(at, end));
                case 2 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
                default -> text.insert(at, (char) random.nextInt(0x180));
            }
        }
        return text.toString();
    }

    private static void assertSoon(Executable executable) {
        assertTimeoutPreemptively(Duration.ofSeconds(60), executable);
    }
}
