package io.octavialb.vip.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.stream.Stream;

/** Configurations of a folder; paths are relative to it. */
record FolderSource(Path folder, String configId) implements ConfigSource {
    @Override
    public Text read(String path) {
        try {
            return new Text.Found(Files.readString(folder.resolve(path), StandardCharsets.ISO_8859_1));
        } catch (IOException _) {
            return new Text.Unreadable("No such file or directory");
        }
    }

    @Override
    public List<String> glob(String pattern, String relativeTo) {
        Path wanted = Path.of(relativeTo).resolveSibling(pattern).normalize();
        PathMatcher matcher = folder.getFileSystem().getPathMatcher("glob:" + wanted);
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(folder::relativize)
                    .filter(matcher::matches)
                    .map(Path::toString)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
