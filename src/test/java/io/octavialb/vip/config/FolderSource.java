package io.octavialb.vip.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Configurations of a folder; paths are relative to it. */
record FolderSource(Path folder, String configId) implements ConfigSource {
    @Override
    public Text read(String path) {
        try {
            return Text.of(Files.readAllBytes(folder.resolve(path)));
        } catch (IOException _) {
            return new Text.Unreadable("No such file or directory");
        }
    }

    @Override
    public Matches glob(String pattern, String relativeTo) {
        PathPattern wanted = PathPattern.of(pattern, relativeTo);
        try (Stream<Path> files = Files.walk(folder)) {
            return new Matches(
                    files.filter(Files::isRegularFile)
                            .map(file -> folder.relativize(file).toString())
                            .filter(wanted::matches)
                            .sorted()
                            .toList(),
                    List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
