package io.octavialb.vip.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The alternatives of a pattern with braces, as glob(3) has them with GLOB_BRACE: {@code {a,b}.conf} is two patterns. */
final class Braces {
    private static final int MOST = 100;

    private Braces() {}

    /** In their order; one that is not closed is a letter. Empty if there are more than a hundred. */
    static Optional<List<String>> alternatives(String pattern) {
        List<String> open = new ArrayList<>(List.of(pattern));
        List<String> done = new ArrayList<>();
        while (!open.isEmpty()) {
            String next = open.removeFirst();
            List<String> parts = first(next);
            if (parts.isEmpty()) {
                done.add(next);
            }
            open.addAll(0, parts);
            if (open.size() + done.size() > MOST) {
                return Optional.empty();
            }
        }
        return Optional.of(done);
    }

    /** The pattern with each alternative of its first braces in their place; none without braces. */
    private static List<String> first(String pattern) {
        int open = pattern.indexOf('{');
        List<Integer> cuts = open < 0 ? List.of() : cuts(pattern, open);
        List<String> parts = new ArrayList<>();
        for (int i = 0; i + 1 < cuts.size(); i++) {
            parts.add(pattern.substring(0, open)
                    + pattern.substring(cuts.get(i) + 1, cuts.get(i + 1))
                    + pattern.substring(cuts.getLast() + 1));
        }
        return parts;
    }

    /** Where the braces open, their alternatives end, and they close; none if they do not close. */
    private static List<Integer> cuts(String pattern, int open) {
        List<Integer> cuts = new ArrayList<>();
        int depth = 0;
        for (int i = open; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (depth == 0 || (depth == 1 && (c == ',' || i == open))) {
                cuts.add(i);
            }
            if (depth == 0) {
                return cuts;
            }
        }
        return List.of();
    }
}
