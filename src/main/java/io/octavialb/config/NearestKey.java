package io.octavialb.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The known key that a mistyped one most likely meant. */
public final class NearestKey {
    private static final int LONGEST_COMPARED = 100;

    private NearestKey() {}

    /** The known key at the least edit distance, if that is at most a third of the typed key. */
    static Optional<String> of(String typed, Collection<String> known) {
        if (typed.length() > LONGEST_COMPARED) {
            return Optional.empty();
        }
        String folded = fold(typed);
        int farthest = Math.max(1, folded.length() / 3);
        return known.stream()
                .min(Comparator.comparingInt((String key) -> distance(folded, fold(key)))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(key -> distance(folded, fold(key)) <= farthest);
    }

    /** {@code did you mean x?}, or where to look when no known key is near. */
    static String hint(String typed, Collection<String> known) {
        return hint(typed, known, "see the reference of known keys");
    }

    /** {@code did you mean x?}, or what else to do when no known key is near. */
    public static String hint(String typed, Collection<String> known, String otherwise) {
        return of(typed, known).map(key -> "did you mean " + key + "?").orElse(otherwise);
    }

    private static String fold(String key) {
        return key.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Levenshtein's edit distance, one row at a time. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
