package io.octavialb.vip.config;

import java.util.List;

/** Where the texts of a configuration come from: the file system, or a map in a test. Its methods throw nothing, whatever they are given. */
public interface ConfigSource {
    /** A file's text, or why there is none. */
    sealed interface Text {
        /** The whole text. */
        record Found(String text) implements Text {}

        /**
         * There is no text.
         *
         * @param why as the system says it, such as {@code No such file or directory}
         */
        record Unreadable(String why) implements Text {}
    }

    Text read(String path);

    /**
     * The files that a pattern of glob(7) stands for, sorted; without a wildcard the pattern itself, if that file is there;
     * none for what is no pattern.
     *
     * @param relativeTo the file that the pattern is written in: a relative pattern begins at its folder
     */
    List<String> glob(String pattern, String relativeTo);

    /** What lines of a keepalived.conf that begin with {@code @} are compared with: the host's name up to its first dot. */
    String configId();
}
