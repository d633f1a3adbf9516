package io.octavialb.vip.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page says what the tables say; {@code -Dgolden.update=true} rewrites a stale one and still fails. */
@Tag("docs")
class VipAgentPageTest {
    private static final Path PAGE = Path.of("docs/vip-agent.md");

    @Test
    void isUpToDate() throws IOException {
        String expected = VipAgentPage.text();
        String actual = Files.exists(PAGE) ? Files.readString(PAGE) : "";
        if (!actual.equals(expected) && Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, expected);
            fail("%s was stale and is rewritten: look at the difference, then run the tests again", PAGE);
        }
        assertThat(actual).isEqualTo(expected);
    }

    @Test
    void itsExamplesAreReadWithoutAProblem() throws IOException {
        var examples = Pattern.compile("(?s)```yaml\n(.*?)```").matcher(Files.readString(PAGE));
        assertThat(examples.results()
                        .map(example -> MapSource.yaml(example.group(1)).problems()))
                .isNotEmpty()
                .allSatisfy(problems -> assertThat(problems).isEmpty());
    }
}
