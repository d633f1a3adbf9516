package io.octavialb.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What one run's final state has too much, lacks, or has otherwise than that of the uninterrupted run. */
final class Difference {
    private int duplicates;
    private int orphans;
    private final List<String> lines = new ArrayList<>();

    /** Of one thing several, when there ought to be fewer; or something that nobody owns. */
    void tooMany(String key, int count, boolean wanted) {
        if (wanted) {
            duplicates += count;
            lines.add(key + ": " + count + " too many");
        } else {
            orphans += count;
            lines.add(key + ": belongs to nothing");
        }
    }

    void missing(String key) {
        lines.add(key + ": missing");
    }

    void fields(String key, Map<String, String> is, Map<String, String> ought) {
        Set<String> names = new TreeSet<>(is.keySet());
        names.addAll(ought.keySet());
        names.stream()
                .filter(name -> !is.getOrDefault(name, "").equals(ought.getOrDefault(name, "")))
                .forEach(name -> lines.add(key + ": " + name + " is '" + is.getOrDefault(name, "") + "', ought to be '"
                        + ought.getOrDefault(name, "") + "'"));
    }

    /** The run came to no end, or broke. */
    void broken(String why) {
        lines.add(why);
    }

    int duplicates() {
        return duplicates;
    }

    int orphans() {
        return orphans;
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    List<String> lines() {
        return lines;
    }
}
