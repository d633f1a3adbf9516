package io.octavialb.vip.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Patterns of glob(7), and the braces of glob(3). */
class NamePatternTest {
    @ParameterizedTest
    @CsvSource({
        "*.conf,     a.conf,     true",
        "*.conf,     a.conf.bak, false",
        "*.conf,     .conf,      false",
        "*.conf,     .a.conf,    false",
        ".*.conf,    .a.conf,    true",
        "?a.conf,    .a.conf,    false",
        "[.]a.conf,  .a.conf,    false",
        "[!b]a.conf, .a.conf,    false",
        "a*,         a.b,        true",
        "a?b,        a.b,        true",
        "*,          a,          true",
        "*a*b*,      xxaxxbxx,   true",
        "*a*b,       aab,        true",
        "*a*b,       aba,        false",
        "[a-c]x,     bx,         true",
        "[a-c]x,     dx,         false",
        "[!a-c]x,    dx,         true",
        "[^a-c]x,    bx,         false",
        "[]]x,       ]x,         true",
        "[!]]x,      ]x,         false",
        "[a-]x,      -x,         true",
        "[ax,        '[ax',      true",
        "[ax,        ax,         false",
        "'\\*x',      *x,         true",
        "'\\*x',      ax,         false",
    })
    void matches(String pattern, String name, boolean expected) {
        assertThat(new NamePattern(pattern).matches(name)).isEqualTo(expected);
    }

    @Test
    void manyStarsEndSoon() {
        NamePattern pattern = new NamePattern("*a".repeat(100) + "b");
        assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> assertThat(pattern.matches("a".repeat(255))).isFalse());
    }

    @Test
    void bracesAreAlternatives() {
        assertThat(Braces.alternatives("/etc/{a,b/{c,d}}.conf"))
                .contains(List.of("/etc/a.conf", "/etc/b/c.conf", "/etc/b/d.conf"));
        assertThat(Braces.alternatives("x{,y}")).contains(List.of("x", "xy"));
        assertThat(Braces.alternatives("{a")).contains(List.of("{a"));
        assertThat(Braces.alternatives("a}")).contains(List.of("a}"));
        assertThat(Braces.alternatives("{a,b}".repeat(30))).isEqualTo(Optional.empty());
    }
}
