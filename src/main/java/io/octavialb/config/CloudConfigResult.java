package io.octavialb.config;

import java.util.List;
import java.util.stream.Collectors;

/** What reading a cloud-config file gave: a configuration to run with, or everything that is wrong with it. */
public sealed interface CloudConfigResult {
    /** Unknown keys and sections, and doubtful values; none of them stops the program. */
    List<CloudConfigProblem> warnings();

    /** A configuration to run with. */
    record Valid(CloudConfig config, List<CloudConfigProblem> warnings) implements CloudConfigResult {
        public Valid {
            warnings = List.copyOf(warnings);
        }
    }

    /** At least one problem: all of them, not only the first. */
    record Invalid(List<CloudConfigProblem> problems, List<CloudConfigProblem> warnings) implements CloudConfigResult {
        public Invalid {
            problems = List.copyOf(problems);
            warnings = List.copyOf(warnings);
        }

        /** One message with one line per problem. */
        public String message() {
            return problems.stream().map(CloudConfigProblem::message).collect(Collectors.joining("\n"));
        }
    }
}
