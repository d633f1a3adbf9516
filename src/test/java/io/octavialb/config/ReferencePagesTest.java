package io.octavialb.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The reference pages say what the tables say; {@code -Dgolden.update=true} rewrites a stale one and still fails. */
@Tag("docs")
class ReferencePagesTest {
    @Test
    void cloudConfig() throws IOException {
        assertUpToDate(Path.of("docs/cloud-config.md"), ReferencePages.cloudConfig());
    }

    @Test
    void annotations() throws IOException {
        assertUpToDate(Path.of("docs/annotations.md"), ReferencePages.annotations());
    }

    @Test
    void goldenCases() throws IOException {
        assertUpToDate(Path.of("docs/golden-cases.md"), GoldenCases.page());
    }

    private static void assertUpToDate(Path page, String expected) throws IOException {
        String actual = Files.exists(page) ? Files.readString(page) : "";
        if (!actual.equals(expected) && Boolean.getBoolean("golden.update")) {
            Files.createDirectories(page.toAbsolutePath().getParent());
            Files.writeString(page, expected);
            fail("%s was stale and is rewritten: look at the difference, then run the tests again", page);
        }
        assertThat(actual)
                .as("%s is stale: rewrite it with mvn test -Dtest=ReferencePagesTest -Dgolden.update=true", page)
                .isEqualTo(expected);
    }
}
