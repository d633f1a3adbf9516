package io.octavialb.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Node selectors and subnet patterns. */
class SelectorTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "''            | true",
                "zone=a        | true",
                "zone=b        | false",
                "ssd           | true",
                "ssd=          | true",
                "gpu           | false",
                "zone=a,ssd    | true",
                "zone=a, gpu   | false",
                "eq=x=y        | true",
                "zone=b,zone=a | true",
            })
    void aNodeSelectorAsksForAllItsLabels(String selector, boolean matches) {
        assertThat(NodeSelector.parse(selector).orElseThrow().matches(Map.of("zone", "a", "ssd", "", "eq", "x=y")))
                .isEqualTo(matches);
    }

    @Test
    void aNodeSelectorWithoutALabelIsNone() {
        assertThat(NodeSelector.parse("=a")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "public        | public    | true",
                "public        | public-1  | false",
                "public-*      | public-1  | true",
                "*             | anything  | true",
                "public-?      | public-1  | true",
                "public-?      | public-12 | false",
                "public-[12]   | public-2  | true",
                "public-[1-3]  | public-3  | true",
                "public-[12]   | public-3  | false",
                "{dmz,lan}-a   | lan-a     | true",
                "{dmz,lan}-a   | wan-a     | false",
                "a.b           | axb       | false",
                "a+(b)         | a+(b)     | true",
                "!public-*     | public-1  | false",
                "!public-*     | private   | true",
                "~public-[0-9]+| public-12 | true",
                "~public       | public-12 | false",
                "'~a|ab'       | ab        | false",
                "!~pub.*       | public    | false",
                "!~pub.*       | private   | true",
            })
    void aSubnetNamePattern(String pattern, String name, boolean matches) {
        assertThat(SubnetPattern.parse(pattern, null).orElseThrow().matches(name, List.of()))
                .isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a      | a,x | true",
                "a,b    | b   | true",
                "a,b    | x   | false",
                "&a,b   | a,b | true",
                "&a, b  | a   | false",
                "!a,b   | x   | true",
                "!a,b   | a   | false",
                "!&a,b  | a   | true",
                "!&a,b  | a,b | false",
            })
    void aSubnetTagPattern(String pattern, String tags, boolean matches) {
        assertThat(SubnetPattern.parse(null, pattern).orElseThrow().matches("any", List.of(tags.split(","))))
                .isEqualTo(matches);
    }

    @Test
    void nameAndTagsMustBothMatch() {
        SubnetPattern both = SubnetPattern.parse("public-*", "a").orElseThrow();
        assertThat(both.matches("public-1", List.of("a"))).isTrue();
        assertThat(both.matches("public-1", List.of())).isFalse();
        assertThat(both.matches("private", List.of("a"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"~(", "~[a", "[a", "~(?=look)", "~(a)\\1", "{a"})
    void whatIsNoPatternIsToldAtOnce(String pattern) {
        assertThat(SubnetPattern.parse(pattern, null)).isEmpty();
    }

    @Test
    @Timeout(10)
    void anEvilRegularExpressionTakesLinearTime() {
        SubnetPattern evil = SubnetPattern.parse("~(a+)+$", null).orElseThrow();
        long start = System.nanoTime();
        assertThat(evil.matches("a".repeat(254) + "!", List.of())).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
}
