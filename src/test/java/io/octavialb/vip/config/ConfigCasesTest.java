package io.octavialb.vip.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Configurations as files, and beside each what is read of it; {@code -Dgolden.update=true} rewrites that, and still fails. Files in
 * folders are there to be included.
 */
class ConfigCasesTest {
    private static final Path CASES = Path.of("src/test/resources/vrrp/config");

    static List<String> cases() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".conf") || name.endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isReadAsExpected(String name) throws IOException {
        String actual = SettingsText.of(AgentConfig.parse(name, new FolderSource(CASES, "node-1")));
        Path expected = CASES.resolve(name + ".expected");
        String before = Files.exists(expected) ? Files.readString(expected) : "";
        if (!actual.equals(before) && Boolean.getBoolean("golden.update")) {
            Files.writeString(expected, actual);
            fail("%s is rewritten: look at the difference, then run the tests again", expected);
        }
        assertThat(actual).isEqualTo(before);
    }

    @Test
    void controlPlaneNodesAreReadWithoutAProblem() {
        for (String node : List.of("control-plane-1.conf", "control-plane-2.conf")) {
            ConfigResult result = AgentConfig.parse(node, new FolderSource(CASES, "node-1"));
            assertThat(result.problems()).isEmpty();
            assertThat(result.settings()).isPresent();
        }
    }

    @Test
    void yamlSaysTheSameAsKeepalived() {
        ConfigResult keepalived = AgentConfig.parse("control-plane-1.conf", new FolderSource(CASES, "node-1"));
        ConfigResult ours = AgentConfig.parse("control-plane-1.yaml", new FolderSource(CASES, "node-1"));
        assertThat(withoutPlaces(ours)).isEqualTo(withoutPlaces(keepalived));
    }

    private static String withoutPlaces(ConfigResult result) {
        return SettingsText.of(result).replaceAll("control-plane-1\\.[a-z]+:[0-9]+", "HERE");
    }
}
