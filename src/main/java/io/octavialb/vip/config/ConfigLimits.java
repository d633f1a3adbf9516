package io.octavialb.vip.config;

/**
 * How much a configuration may be, with all that it includes. Some thousand virtual routers are less; and what is more could need
 * more memory than the agent has, for a short word takes many times the memory of its letters.
 */
final class ConfigLimits {
    static final int MOST_CHARACTERS = ConfigSource.MOST_OCTETS;
    static final int MOST_LINES = 20_000;
    static final int MOST_WORDS = 100_000;

    private ConfigLimits() {}

    static void tooMuch(Place place, String limit, Problems problems) {
        problems.error(place, "the configuration, with all it includes, has more than " + limit, "write a shorter one");
    }

    /** Words of a text, whether in quotes or not. */
    static int words(String text) {
        int words = 0;
        boolean inside = false;
        for (int i = 0; i < text.length(); i++) {
            boolean letter = !Character.isWhitespace(text.charAt(i));
            words += letter && !inside ? 1 : 0;
            inside = letter;
        }
        return words;
    }

    static int lines(String text) {
        return 1 + Math.toIntExact(text.chars().filter(c -> c == '\n').count());
    }
}
