package io.octavialb.vip;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The users of this node, as programs are to run as one. */
final class Users {
    private final Map<String, String> groups = new ConcurrentHashMap<>();
    private final List<Path> programs;

    Users() {
        this(String.valueOf(System.getenv("PATH")));
    }

    /** @param path folders of programs, separated by colons */
    Users(String path) {
        programs = Stream.of(path.split(":")).map(Path::of).toList();
    }

    /** Name of the user that this process runs as. */
    static String own() {
        return System.getProperty("user.name", "");
    }

    static boolean isRoot() {
        return own().equals("root");
    }

    /**
     * Id of a user's own group, as id(1) knows it. Throws IOException when there is no such user, or no program with which this
     * process becomes another one.
     */
    String group(String user) throws IOException {
        try {
            return groups.computeIfAbsent(user, name -> {
                try {
                    if (!name.equals(own())) {
                        requireSetpriv();
                    }
                    return primaryGroup(name);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void requireSetpriv() throws IOException {
        if (programs.stream().noneMatch(folder -> Files.isExecutable(folder.resolve("setpriv")))) {
            throw new IOException("the program setpriv, which starts programs as another user, is missing");
        }
    }

    private static String primaryGroup(String user) throws IOException {
        Process id = new ProcessBuilder("id", "-g", "--", user)
                .redirectErrorStream(true)
                .start();
        try (var out = id.getInputStream()) {
            String answer = new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
            if (id.waitFor() != 0) {
                throw new IOException("there is no user " + user);
            }
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while user " + user + " was looked up", e);
        }
    }
}
