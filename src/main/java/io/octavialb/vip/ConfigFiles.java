package io.octavialb.vip;

import io.octavialb.vip.config.ConfigSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.stream.Stream;

/** The files of this node, for reading a configuration. */
final class ConfigFiles implements ConfigSource {
    private static final int DEEPEST = 16;

    @Override
    public Text read(String path) {
        try {
            return new Text.Found(Files.readString(Path.of(path)));
        } catch (NoSuchFileException _) {
            return new Text.Unreadable("No such file or directory");
        } catch (IOException | UncheckedIOException | InvalidPathException e) {
            return new Text.Unreadable(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public List<String> glob(String pattern, String relativeTo) {
        try {
            return files(pattern, relativeTo);
        } catch (IllegalArgumentException | IOException | UncheckedIOException _) {
            return List.of(); // a pattern or a path that the system does not know: no file is meant by it
        }
    }

    private static List<String> files(String pattern, String relativeTo) throws IOException {
        Path folder = Path.of(relativeTo).toAbsolutePath().getParent();
        Path wanted = folder == null ? Path.of(pattern) : folder.resolve(pattern);
        if (!hasWildcard(pattern)) {
            return Files.exists(wanted) ? List.of(wanted.toString()) : List.of();
        }
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + wanted);
        Path start = literal(wanted);
        try (Stream<Path> found = Files.find(
                start,
                Math.min(DEEPEST, wanted.getNameCount() - start.getNameCount()),
                (path, attributes) -> attributes.isRegularFile() && matcher.matches(path),
                FileVisitOption.FOLLOW_LINKS)) {
            return found.map(Path::toString).sorted().toList();
        }
    }

    /** The folder above the first part with a wildcard. */
    private static Path literal(Path pattern) {
        Path path = pattern;
        while (hasWildcard(path.toString()) && path.getParent() != null) {
            path = path.getParent();
        }
        return path;
    }

    private static boolean hasWildcard(String text) {
        return text.chars().anyMatch(letter -> "*?[{".indexOf(letter) >= 0);
    }

    @Override
    public String configId() {
        try {
            String host = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
            int dot = host.indexOf('.');
            return dot < 0 ? host : host.substring(0, dot);
        } catch (IOException _) {
            return "";
        }
    }
}
