package io.octavialb.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The problems and warnings found so far in one file; shares its lists with those of the files it refers to. */
record Findings(String file, List<CloudConfigProblem> problems, List<CloudConfigProblem> warnings) {
    static Findings in(String file) {
        return new Findings(file, new ArrayList<>(), new ArrayList<>());
    }

    Findings inFile(String other) {
        return new Findings(other, problems, warnings);
    }

    void problem(@Nullable String section, @Nullable String key, @Nullable String value, String remedy) {
        problems.add(new CloudConfigProblem(file, section, key, value, remedy));
    }

    void warning(@Nullable String section, @Nullable String key, @Nullable String value, String remedy) {
        warnings.add(new CloudConfigProblem(file, section, key, value, remedy));
    }
}
