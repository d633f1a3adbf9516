package io.octavialb.vip.config;

import java.util.List;

/** A pattern of glob(7) for a whole path, as sources of tests match it. */
record PathPattern(List<String> parts) {
    /** @param relativeTo the file that the pattern is written in */
    static PathPattern of(String pattern, String relativeTo) {
        String folder = relativeTo.substring(0, relativeTo.lastIndexOf('/') + 1);
        return new PathPattern(parts(pattern.startsWith("/") ? pattern : folder + pattern));
    }

    private static List<String> parts(String path) {
        return List.of(path.split("/+"));
    }

    boolean matches(String path) {
        List<String> names = parts(path);
        if (names.size() != parts.size()) {
            return false;
        }
        for (int i = 0; i < names.size(); i++) {
            if (!new NamePattern(parts.get(i)).matches(names.get(i))) {
                return false;
            }
        }
        return true;
    }
}
