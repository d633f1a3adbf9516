package io.octavialb.vip.config;

/**
 * How much has been read of a configuration, with all that it includes; too much is an error, told once. Some thousand virtual
 * routers are less, and what is more could need more memory than the agent has: short words take many times that of their letters.
 */
final class ConfigAmount {
    static final int MOST_CHARACTERS = ConfigSource.MOST_OCTETS;
    static final int MOST_LINES = 20_000;
    static final int MOST_WORDS = 100_000;

    private final Problems problems;
    private long charactersRead;
    private long charactersMade;
    private int lines;
    private int words;
    private boolean tooMuch;

    ConfigAmount(Problems problems) {
        this.problems = problems;
    }

    boolean isTooMuch() {
        return tooMuch;
    }

    /** A whole file. */
    void file(String text, Place place) {
        charactersRead += text.length();
        if (charactersRead > MOST_CHARACTERS) {
            tooMuch(place, MOST_CHARACTERS + " characters");
        }
    }

    void lines(int more, Place place) {
        lines += more;
        if (lines > MOST_LINES) {
            tooMuch(place, MOST_LINES + " lines");
        }
    }

    /** A text that words are made of, its parameters replaced. Those in quotes count, too: commands are split later. */
    void text(String text, Place place) {
        charactersMade += text.length();
        words += words(text);
        if (words > MOST_WORDS) {
            tooMuch(place, MOST_WORDS + " words, parameters replaced");
        } else if (charactersMade > MOST_CHARACTERS) {
            tooMuch(place, MOST_CHARACTERS + " characters, parameters replaced");
        }
    }

    void tooMuch(Place place, String limit) {
        if (!tooMuch) {
            problems.error(
                    place, "the configuration, with all it includes, has more than " + limit, "write a shorter one");
        }
        tooMuch = true;
    }

    private static int words(String text) {
        int words = 0;
        boolean inside = false;
        for (int i = 0; i < text.length(); i++) {
            boolean letter = !Character.isWhitespace(text.charAt(i));
            words += letter && !inside ? 1 : 0;
            inside = letter;
        }
        return words;
    }
}
