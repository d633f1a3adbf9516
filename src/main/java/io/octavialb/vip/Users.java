package io.octavialb.vip;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The users of this node, as programs are to run as one. */
final class Users {
    private final Map<String, String> groups = new ConcurrentHashMap<>();

    /** Name of the user that this process runs as. */
    static String own() {
        return System.getProperty("user.name", "");
    }

    static boolean isRoot() {
        return own().equals("root");
    }

    /** Id of a user's own group, as id(1) knows it. Throws IOException when there is no such user. */
    String group(String user) throws IOException {
        try {
            return groups.computeIfAbsent(user, name -> {
                try {
                    return primaryGroup(name);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw new IOException(e.getCause());
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
