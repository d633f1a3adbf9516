package io.octavialb.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.config.CloudsYamlSource.CloudsYamlText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files under {@code cloud-config/} are right, and the full one leaves nothing out. */
class ExampleFilesTest {
    private static final Path EXAMPLES = Path.of("cloud-config");

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".conf"))
                    .sorted()
                    .toList();
        }
    }

    private static CloudConfig read(Path file) {
        try {
            CloudConfigResult result =
                    CloudConfig.parse(file.toString(), Files.readString(file), ExampleFilesTest::readCloudsYaml);
            assertThat(result).as("%s", result).isInstanceOf(CloudConfigResult.Valid.class);
            assertThat(result.warnings()).isEmpty();
            return ((CloudConfigResult.Valid) result).config();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CloudsYamlText readCloudsYaml(@Nullable String path) {
        try {
            return new CloudsYamlText.Found(String.valueOf(path), Files.readString(Path.of(String.valueOf(path))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyExampleIsValidAndWithoutWarnings(Path file) {
        assertThat(read(file).global().authUrl()).isEqualTo("https://keystone.example:5000/v3");
    }

    @Test
    void theReferencesFileIsReadAsItIs() {
        CloudConfig config = read(EXAMPLES.resolve("from-occm.conf"));
        assertThat(config.classes()).containsOnlyKeys("internetFacing", "dmz", "office");
        assertThat(config.loadBalancer().monitorDelay()).hasSeconds(60);
        assertThat(config.global().credentials()).isInstanceOf(Credentials.Password.class);
    }

    @Test
    void theFullExampleHasEveryKeyInItsSectionWithItsDefault() throws IOException {
        List<String> lines = Files.readAllLines(EXAMPLES.resolve("full.conf"));
        String section = "";
        List<String> seen = new ArrayList<>();
        for (String line : lines) {
            String entry = line.startsWith("# ") ? line.substring(2) : line;
            if (line.startsWith("[")) {
                section = line.replaceAll("[\\[\\]]| \".*", "");
            } else if (entry.matches("[a-z0-9-]+ = .*")) {
                seen.add(section + " " + entry.substring(0, entry.indexOf(' ')));
            }
        }
        assertThat(seen)
                .containsExactlyInAnyOrderElementsOf(CloudConfigOptions.ALL.stream()
                        .map(option -> option.section() + " " + option.key())
                        .toList());
        assertThat(lines)
                .containsAll(CloudConfigOptions.ALL.stream()
                        .filter(option -> option.defaultText() != null)
                        .map(option -> option.key() + " = " + option.defaultText())
                        .toList());
    }
}
