package io.octavialb.vip;

import io.octavialb.vip.config.ConfigSource;
import io.octavialb.vip.config.NamePattern;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files of this node, for reading a configuration. */
final class ConfigFiles implements ConfigSource {
    @Override
    public Text read(String path) {
        try (InputStream file = Files.newInputStream(Path.of(path))) {
            return Text.of(file.readNBytes(MOST_OCTETS + 1));
        } catch (IOException | InvalidPathException e) {
            return new Text.Unreadable(why(e));
        }
    }

    @Override
    public Matches glob(String pattern, String relativeTo) {
        try {
            Path folder = Path.of(relativeTo).toAbsolutePath().getParent();
            return files(folder == null ? Path.of(pattern) : folder.resolve(pattern));
        } catch (InvalidPathException _) {
            return new Matches(List.of(), List.of()); // no path of this system: no file is meant by it
        }
    }

    /** Goes down the pattern part by part, as glob(3) does: only a part with a wildcard needs to read its folder. */
    private static Matches files(Path pattern) {
        if (!NamePattern.hasWildcard(pattern.toString())) {
            return new Matches(Files.notExists(pattern) ? List.of() : List.of(pattern.toString()), List.of());
        }
        List<String> unreadable = new ArrayList<>();
        List<Path> found = List.of(pattern.isAbsolute() ? pattern.getRoot() : Path.of(""));
        for (Path part : pattern) {
            List<Path> next = new ArrayList<>();
            for (Path folder : found) {
                if (NamePattern.hasWildcard(part.toString())) {
                    next.addAll(inside(folder, new NamePattern(part.toString()), unreadable));
                } else {
                    next.add(folder.resolve(part));
                }
            }
            found = next;
        }
        return new Matches(
                found.stream()
                        .filter(Files::isRegularFile)
                        .map(Path::toString)
                        .sorted()
                        .toList(),
                unreadable);
    }

    private static List<Path> inside(Path folder, NamePattern pattern, List<String> unreadable) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            all.forEach(path -> {
                if (pattern.matches(path.getFileName().toString())) {
                    found.add(path);
                }
            });
        } catch (NoSuchFileException | NotDirectoryException _) {
            // then nothing is in it
        } catch (IOException | DirectoryIteratorException e) {
            unreadable.add(folder + " can't be read: " + why(e));
        }
        return found;
    }

    private static String why(Exception e) {
        return switch (e) {
            case NoSuchFileException _ -> "No such file or directory";
            case AccessDeniedException _ -> "Permission denied";
            case FileSystemException failed when failed.getReason() != null -> failed.getReason();
            default -> String.valueOf(e.getMessage());
        };
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
