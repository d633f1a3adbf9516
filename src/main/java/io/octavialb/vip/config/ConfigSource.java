package io.octavialb.vip.config;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Where the texts of a configuration come from: the file system, or a map in a test. Its methods throw nothing, whatever they are given. */
public interface ConfigSource {
    /** Octets of a configuration, with all that it includes: more than anybody writes, and little enough for the agent's heap. */
    int MOST_OCTETS = 1_000_000;

    /** A file's text, or why there is none. */
    sealed interface Text {
        /**
         * The whole text.
         *
         * @param malformed whether it was not UTF-8: what is none has become U+FFFD
         */
        record Found(String text, boolean malformed) implements Text {}

        /** The text has more than {@link #MOST_OCTETS} octets. */
        record TooLong() implements Text {}

        /**
         * There is no text.
         *
         * @param why as the system says it, such as {@code No such file or directory}
         */
        record Unreadable(String why) implements Text {}

        /** The text that octets are in UTF-8. */
        static Text of(byte[] octets) {
            if (octets.length > MOST_OCTETS) {
                return new TooLong();
            }
            try {
                String text = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(octets))
                        .toString();
                return new Found(text, false);
            } catch (CharacterCodingException _) {
                return new Found(new String(octets, StandardCharsets.UTF_8), true);
            }
        }
    }

    /**
     * The files that a pattern stands for.
     *
     * @param files sorted
     * @param unreadable folders that may have some and can't be read, each with the reason
     */
    record Matches(List<String> files, List<String> unreadable) {
        public Matches {
            files = List.copyOf(files);
            unreadable = List.copyOf(unreadable);
        }
    }

    Text read(String path);

    /**
     * The files that a pattern of glob(7) stands for; without a wildcard the pattern itself, if that file is there; none for
     * what can be no path.
     *
     * @param relativeTo the file that the pattern is written in: a relative pattern begins at its folder
     */
    Matches glob(String pattern, String relativeTo);

    /** What lines of a keepalived.conf that begin with {@code @} are compared with: the host's name up to its first dot. */
    String configId();
}
