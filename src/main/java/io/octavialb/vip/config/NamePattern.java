package io.octavialb.vip.config;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * A pattern of glob(7) for one part of a path: {@code *}, {@code ?}, {@code [a-z]}, {@code [!a-z]} and the backslash. A name that
 * begins with a dot is matched only by a pattern that does.
 */
public final class NamePattern {
    private final String text;
    private final List<Part> parts = new ArrayList<>();

    /** @param star whether it stands for any number of those letters, not for one */
    private record Part(IntPredicate letters, boolean star) {}

    public NamePattern(String text) {
        this.text = text;
        int at = 0;
        while (at < text.length()) {
            at = part(at);
        }
    }

    /** Whether a pattern, or a path with patterns, has a wildcard; without one it stands for itself. */
    public static boolean hasWildcard(String text) {
        return text.chars().anyMatch(letter -> "*?[".indexOf(letter) >= 0);
    }

    /** Reads the part that begins there, and says where the next one does. */
    private int part(int at) {
        char c = text.charAt(at);
        int end = c == '[' ? endOfSet(at) : -1;
        if (end > 0) {
            parts.add(new Part(set(at + 1, end), false));
            return end + 1;
        }
        boolean escape = c == '\\' && at + 1 < text.length();
        char literal = escape ? text.charAt(at + 1) : c;
        parts.add(
                switch (c) {
                    case '*', '?' -> new Part(_ -> true, c == '*');
                    default -> new Part(letter -> letter == literal, false);
                });
        return at + (escape ? 2 : 1);
    }

    /** Where the closing bracket is; one that comes first is a letter of the set. Negative if there is none: then [ is a letter. */
    private int endOfSet(int open) {
        int first = open + 1 < text.length() && "!^".indexOf(text.charAt(open + 1)) >= 0 ? open + 2 : open + 1;
        return text.indexOf(']', first + 1);
    }

    private IntPredicate set(int from, int end) {
        boolean negative = text.charAt(from) == '!' || text.charAt(from) == '^';
        IntPredicate letters = _ -> false;
        for (int i = negative ? from + 1 : from; i < end; i++) {
            boolean range = i + 2 < end && text.charAt(i + 1) == '-';
            char low = text.charAt(i);
            char high = range ? text.charAt(i + 2) : low;
            letters = letters.or(letter -> letter >= low && letter <= high);
            i += range ? 2 : 0;
        }
        return negative ? letters.negate() : letters;
    }

    /** Takes at most as many steps as the name and the pattern have letters, multiplied. */
    public boolean matches(String name) {
        if (name.startsWith(".") && !text.startsWith(".")) {
            return false;
        }
        int at = 0;
        int part = 0;
        int starAt = 0;
        int star = -1;
        while (at < name.length()) {
            if (part < parts.size() && parts.get(part).star()) {
                star = part++;
                starAt = at;
            } else if (part < parts.size() && parts.get(part).letters().test(name.charAt(at))) {
                part++;
                at++;
            } else if (star >= 0) {
                part = star + 1; // the star takes one letter more
                at = ++starAt;
            } else {
                return false;
            }
        }
        return parts.subList(part, parts.size()).stream().allMatch(Part::star);
    }
}
