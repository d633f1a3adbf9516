package io.octavialb.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabTest {
    @TempDir
    private Path directory;

    @Test
    void withoutALabItSaysHowToGetOne() {
        assertThatThrownBy(() -> Lab.load(directory))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("the lab is not up: ./dev lab up");
    }

    @Test
    void readsIdsByName() throws IOException {
        Files.createDirectories(directory.resolve("out"));
        Files.writeString(directory.resolve("out/ids.json"), """
                {"auth_url": "http://127.0.0.1:5000/v3", "networks": {"private": "n-1"},
                 "application_credential": {"id": "ac-1", "secret": "hidden"}}
                """);

        var lab = Lab.load(directory);

        assertThat(lab.authUrl()).hasPort(5000).hasPath("/v3");
        assertThat(lab.network("private")).isEqualTo("n-1");
        assertThat(lab.applicationCredential().secret()).isEqualTo("hidden");
        assertThat(lab.applicationCredential()).hasToString("ApplicationCredential[id=ac-1]");
        assertThatThrownBy(() -> lab.network("nowhere")).hasMessageContaining("the lab has no networks nowhere");
    }
}
