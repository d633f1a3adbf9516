package io.octavialb.vip.config;

import io.octavialb.vip.config.ConfigProblem.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong with a configuration, all at once and each thing once. */
final class Problems {
    private final Set<ConfigProblem> all = new LinkedHashSet<>();

    void error(Place place, String text, String remedy) {
        all.add(new ConfigProblem(place, Severity.ERROR, text, remedy));
    }

    void warning(Place place, String text, String remedy) {
        all.add(new ConfigProblem(place, Severity.WARNING, text, remedy));
    }

    boolean refuses() {
        return all.stream().anyMatch(problem -> problem.severity() == Severity.ERROR);
    }

    /** By file, in the order in which the files were read, and line. */
    List<ConfigProblem> sorted(List<String> files) {
        List<ConfigProblem> sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparingInt(
                        (ConfigProblem problem) -> files.indexOf(problem.place().file()))
                .thenComparingInt(problem -> problem.place().line()));
        return sorted;
    }
}
