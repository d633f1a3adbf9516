package io.octavialb.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitConfigTextTest {
    private static Findings findings = Findings.in("cloud.conf");

    private static String value(String line) {
        findings = Findings.in("cloud.conf");
        var sections = GitConfigText.read("[Global]\n" + line + "\n", findings);
        return String.valueOf(sections.getFirst().entries().getFirst().value());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "k = plain            | plain",
                "k=plain              | plain",
                "  k  =  two words    | two words",
                "k = a # comment      | a",
                "k = a ; comment      | a",
                "k = \"a # b; c\"     | a # b; c",
                "k = \"a\"  ; c       | a",
                "k = a\"b c\"d        | ab cd",
                "k = \\\"quoted\\\"   | \"quoted\"",
                "k = C:\\\\dir        | C:\\dir",
                "k =                  | ``",
                "k = \"\"             | ``",
                "k                    | null",
                "k # comment          | null",
            })
    void valuesAreQuotedEscapedAndCommentedAsGitDoes(String line, String expected) {
        assertThat(value(line)).isEqualTo(expected);
        assertThat(findings.problems()).isEmpty();
    }

    @Test
    void aBackslashAtTheEndJoinsLines() {
        assertThat(value("k = one\\\n two # not \\\n")).isEqualTo("one two");
        assertThat(value("k = \"one;\\\ntwo\"")).isEqualTo("one;two");
    }

    @Test
    void aCommentDoesNotContinue() {
        var sections = GitConfigText.read("# ends in \\\n[Global]\n; and \\\nk = v\n", findings);
        assertThat(sections.getFirst().entries()).containsExactly(new GitConfigText.Entry("k", "v"));
    }

    @Test
    void aByteOrderMarkAndCarriageReturnsAreAccepted() {
        assertThat(Configs.valid("\uFEFF" + Configs.GLOBAL.replace("\n", "\r\n"))
                        .global()
                        .authUrl())
                .isEqualTo("https://keystone.example:5000/v3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[a.b]",
                "[Glo_bal]",
                "[Global",
                "[]",
                "[LoadBalancerClass x]",
                "[Global] region = x",
                "[LoadBalancerClass \"x]",
                "region = \"open",
                "region = a\\qb",
                "= value",
                "two words = 1"
            })
    void aLineThatCannotBeReadIsAProblemWithItsNumber(String line) {
        assertThat(Configs.problems(Configs.GLOBAL + "\n" + line + "\n"))
                .singleElement()
                .asString()
                .startsWith("cloud.conf: line 6 can't be read: ");
    }

    @Test
    void keysOfAnUnreadableSectionAreNotTakenForThoseOfTheOneBefore() {
        assertThat(Configs.problems(Configs.GLOBAL + "[a.b]\nauth-url = nonsense\n"))
                .hasSize(1);
    }

    @Test
    void aKeyBeforeAnySectionIsAProblem() {
        assertThat(Configs.problems("region = x\n" + Configs.GLOBAL))
                .containsExactly(
                        "cloud.conf: line 1 can't be read: a key must follow a section header such as [Global]");
    }

    @Test
    void theTextOfAnUnreadableLineIsNotShown() {
        assertThat(Configs.problems(Configs.GLOBAL + "password = \"hunter2\\q\n"))
                .noneMatch(message -> message.contains("hunter2"));
    }

    @Test
    void subsectionsAreCaseSensitiveAndUnescaped() {
        assertThat(Configs.withLines("""
                        [LoadBalancerClass "x"]
                        floating-subnet-id = lower
                        [loadbalancerclass "X \\"q\\""]
                        floating-subnet-id = upper
                        """).classes()).containsOnlyKeys("x", "X \"q\"");
    }
}
