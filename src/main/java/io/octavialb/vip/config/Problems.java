package io.octavialb.vip.config;

import io.octavialb.vip.config.ConfigProblem.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects what is wrong with a configuration, all at once and each thing once. */
final class Problems {
    /** Of each severity. */
    private static final int MOST = 1_000;

    private final Set<ConfigProblem> all = new LinkedHashSet<>();

    private final Map<Severity, Integer> told = new EnumMap<>(Severity.class);

    /** The first beyond the most, in whose place it is said that there are more. */
    private final Map<Severity, ConfigProblem> more = new EnumMap<>(Severity.class);

    void error(Place place, String text, String remedy) {
        add(new ConfigProblem(place, Severity.ERROR, text, remedy));
    }

    void warning(Place place, String text, String remedy) {
        add(new ConfigProblem(place, Severity.WARNING, text, remedy));
    }

    private void add(ConfigProblem problem) {
        if (all.contains(problem)) {
            return;
        }
        if (told.merge(problem.severity(), 1, Integer::sum) <= MOST) {
            all.add(problem);
        } else {
            more.putIfAbsent(
                    problem.severity(),
                    new ConfigProblem(
                            problem.place(),
                            problem.severity(),
                            "more is wrong than is told",
                            "correct the rest first"));
        }
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
        sorted.addAll(more.values());
        return sorted;
    }
}
