package io.octavialb.embedded.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of {@code wiremock-stubs/} in the repository's root. */
final class StubFiles {
    static final Path ROOT = Path.of("wiremock-stubs");

    private StubFiles() {}

    /** A body of {@code __files}. */
    static JsonNode body(String name) {
        return read(ROOT.resolve("__files").resolve(name));
    }

    static JsonNode read(Path file) {
        if (!Files.exists(file)) {
            throw new IllegalArgumentException("there is no " + file.toAbsolutePath());
        }
        try {
            return CloudState.JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(file + " is no JSON", e);
        }
    }
}
