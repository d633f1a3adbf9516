package io.octavialb.vip.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A configuration is read up to its limits, with all that it includes, and refused beyond them. */
class ConfigLimitsTest {
    private static final String LONG_COMMENT = "#" + "x".repeat(99_999);

    @Test
    void keepalivedsLines() {
        assertReads(MapSource.keepalived("# a line\n".repeat(19_999)));
        assertRefuses(MapSource.keepalived("# a line\n".repeat(20_001)), "has more than 20000 lines");
    }

    @Test
    void keepalivedsCharacters() {
        assertReads(MapSource.keepalived((LONG_COMMENT + "\n").repeat(9)));
        assertRefuses(MapSource.keepalived((LONG_COMMENT + "\n").repeat(10)), "has more than 1000000 characters");
    }

    @Test
    void whatIsIncludedCounts() {
        Map<String, String> files = new HashMap<>();
        for (int i = 0; i < 10; i++) {
            files.put("/etc/parts/" + i + ".conf", LONG_COMMENT);
        }
        files.put("/etc/few", "include parts/[0-8].conf");
        files.put("/etc/many", "include parts/*.conf");
        files.put("/etc/again", "include parts/0.conf\n".repeat(10));
        assertReads(AgentConfig.parse("/etc/few", new MapSource(files, "")));
        assertRefuses(AgentConfig.parse("/etc/many", new MapSource(files, "")), "has more than 1000000 characters");
        assertRefuses(AgentConfig.parse("/etc/again", new MapSource(files, "")), "has more than 1000000 characters");
    }

    @Test
    void isToldOnce() {
        Map<String, String> files = Map.of(
                "/etc/one", "include two", "/etc/two", "include three\n", "/etc/three", "# a line\n".repeat(20_001));
        assertThat(AgentConfig.parse("/etc/one", new MapSource(files, "")).problems())
                .filteredOn(problem -> problem.severity() == ConfigProblem.Severity.ERROR)
                .extracting(ConfigProblem::toString)
                .containsExactly("/etc/three:20001: the configuration, with all it includes, has more than 20000 lines"
                        + " — write a shorter one");
    }

    /** Its characters may be fewer. */
    @Test
    void aFileOfTooManyOctetsIsRefusedAndNotCut(@TempDir Path folder) throws IOException {
        for (String name : List.of("x.conf", "x.yaml")) {
            Files.writeString(folder.resolve(name), "# " + "\u00e4".repeat(500_000));
            assertRefuses(AgentConfig.parse(name, new FolderSource(folder, "")), "has more than 1000000 octets");
        }
    }

    @Test
    void parametersDoNotMakeMore() {
        String long50k = "$LONG=" + "x".repeat(50_000) + "\n";
        assertRefuses(
                MapSource.keepalived(long50k + "key $LONG\n".repeat(30)),
                "has more than 1000000 characters, parameters replaced");
        assertRefuses(
                MapSource.keepalived(long50k + "@node-1 $A=${LONG}\n".repeat(30)),
                "has more than 1000000 characters, parameters replaced");
    }

    @Test
    void keepalivedsWords() {
        assertRefuses(
                MapSource.keepalived(("a ".repeat(1_000) + "\n").repeat(101)),
                "has more than 100000 words, parameters replaced");
        String script = "vrrp_script x {\nscript \"" + "a ".repeat(1_000) + "\"\n}\n";
        assertRefuses(MapSource.keepalived(script.repeat(101)), "has more than 100000 words, parameters replaced");
        assertRefuses(MapSource.keepalived("x".repeat(100_001)), "a line of more than 100000 characters");
    }

    @Test
    void ourLinesCharactersAndValues() {
        assertReads(MapSource.yaml("# a line\n".repeat(19_999)));
        assertRefuses(MapSource.yaml("# a line\n".repeat(20_001)), "has more than 20000 lines");
        assertReads(MapSource.yaml((LONG_COMMENT + "\n").repeat(9)));
        assertRefuses(MapSource.yaml((LONG_COMMENT + "\n").repeat(10)), "has more than 1000000 characters");
        assertRefuses(
                MapSource.yaml("checks: {x: {script: '" + "a ".repeat(100_001) + "'}}"), "has more than 100000 words");
        assertRefuses(MapSource.yaml("instances: [" + "a,".repeat(50_000) + "]"), "has more than 50000 values");
    }

    @Test
    void aThousandProblemsAreTold() {
        ConfigResult warned = MapSource.keepalived("misspelled\n".repeat(5_000));
        assertThat(warned.settings()).isPresent();
        assertThat(warned.problems()).hasSize(1_001);
        assertThat(warned.problems().getLast().text()).isEqualTo("more is wrong than is told");
    }

    @Test
    void aThousandWarningsHideNoError() {
        ConfigResult refused = MapSource.keepalived("misspelled\n".repeat(5_000) + "vrrp_instance last {\n}\n");
        assertThat(refused.settings()).isEmpty();
        assertThat(refused.problems())
                .filteredOn(problem -> problem.severity() == ConfigProblem.Severity.ERROR)
                .extracting(ConfigProblem::text)
                .contains("instance last has no interface");
    }

    @Test
    void timesAreAtMostADay() {
        assertThat(MapSource.yaml("""
                        checks:
                          day: {tcp: "127.0.0.1:1", interval: 86400s, timeout: 1440m}
                          longer: {tcp: "127.0.0.1:1", interval: 86400.1s, timeout: 999999999m}
                        instances:
                          one:
                            interface: eth0
                            vrid: 1
                            addresses: [192.0.2.1]
                            preemptDelay: 1441m
                            announcements: {delay: 2000m, refresh: 2000m, spacing: 2000m, contestedDelay: 2000m}
                        """).problems())
                .extracting(ConfigProblem::toString)
                .containsExactly(
                        MapSource.OURS + ":3: interval 86400.1s is not allowed — write a time of at most 86400s",
                        MapSource.OURS + ":3: timeout 59999999940s is not allowed — write a time of at most 86400s",
                        MapSource.OURS + ":9: preemptDelay 86460s is not allowed — write a time of at most 86400s",
                        MapSource.OURS + ":10: delay 120000s is not allowed — write a time of at most 86400s",
                        MapSource.OURS + ":10: refresh 120000s is not allowed — write a time of at most 86400s",
                        MapSource.OURS + ":10: spacing 120000s is not allowed — write a time of at most 86400s",
                        MapSource.OURS + ":10: contestedDelay 120000s is not allowed — write a time of at most 86400s");
        assertThat(MapSource.keepalived("""
                        global_defs {
                            vrrp_garp_interval 86401
                        }
                        vrrp_script longer {
                            script /bin/true
                            interval 86401
                            timeout 999999999
                        }
                        """).problems())
                .extracting(ConfigProblem::toString)
                .contains(
                        MapSource.MAIN + ":2: vrrp_garp_interval 86401 is not allowed — write at most 86400 seconds",
                        MapSource.MAIN + ":6: interval 86401 is not allowed — write at most 86400 seconds",
                        MapSource.MAIN + ":7: timeout 999999999 is not allowed — write at most 86400 seconds");
    }

    @Test
    void announcementsAreAtMostAThousandAndRefreshedEachSecond() {
        assertThat(MapSource.keepalived("""
                        global_defs {
                            vrrp_garp_interval 0
                            vrrp_garp_master_repeat 1001
                            vrrp_garp_master_refresh 0.999999999
                            vrrp_garp_master_refresh_repeat 999999999
                            vrrp_garp_lower_prio_repeat 1001
                        }
                        """).problems())
                .extracting(problem -> problem.place().line() + " " + problem.text())
                .contains(
                        "3 vrrp_garp_master_repeat 1001 is not allowed",
                        "4 vrrp_garp_master_refresh 0.999999999 is not allowed",
                        "5 vrrp_garp_master_refresh_repeat 999999999 is not allowed",
                        "6 vrrp_garp_lower_prio_repeat 1001 is not allowed");
        assertThat(MapSource.yaml("""
                        instances:
                          one:
                            interface: eth0
                            vrid: 1
                            addresses: [192.0.2.1]
                            announcements: {repeat: 1001, refresh: 999ms, refreshRepeat: 1001, contestedRepeat: 1001}
                        """).problems())
                .extracting(ConfigProblem::text)
                .containsExactly(
                        "repeat 1001 is not allowed",
                        "refresh 0.999s is not allowed",
                        "refreshRepeat 1001 is not allowed",
                        "contestedRepeat 1001 is not allowed");
    }

    private static void assertReads(ConfigResult result) {
        assertThat(result.settings()).isPresent();
    }

    private static void assertRefuses(ConfigResult result, String text) {
        assertThat(result.settings()).isEmpty();
        assertThat(result.problems())
                .anySatisfy(problem -> assertThat(problem.text()).contains(text));
    }
}
