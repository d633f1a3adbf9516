package io.octavialb.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.config.CloudsYamlSource.CloudsYamlText;
import java.util.List;

/** Short ways to read a cloud-config in a test. */
final class Configs {
    static final CloudsYamlSource NO_CLOUDS_YAML =
            path -> new CloudsYamlText.Missing(path == null ? "clouds.yaml" : path, "no such file");

    /** The least that is valid. */
    static final String GLOBAL = """
            [Global]
            auth-url = https://keystone.example:5000/v3
            application-credential-id = app-id
            application-credential-secret = app-secret
            """;

    private Configs() {}

    static CloudConfigResult read(String text) {
        return CloudConfig.parse("cloud.conf", text, NO_CLOUDS_YAML);
    }

    static CloudConfigResult.Valid readValid(String text) {
        CloudConfigResult result = read(text);
        assertThat(result).as("%s", result).isInstanceOf(CloudConfigResult.Valid.class);
        return (CloudConfigResult.Valid) result;
    }

    static CloudConfig valid(String text) {
        return readValid(text).config();
    }

    /** The settings of the least cloud-config with these lines after it. */
    static CloudConfig withLines(String lines) {
        return valid(GLOBAL + lines);
    }

    static List<String> problems(String text) {
        CloudConfigResult result = read(text);
        assertThat(result).as("%s", result).isInstanceOf(CloudConfigResult.Invalid.class);
        return ((CloudConfigResult.Invalid) result)
                .problems().stream().map(CloudConfigProblem::message).toList();
    }

    static List<String> warnings(String text) {
        return read(text).warnings().stream().map(CloudConfigProblem::message).toList();
    }
}
