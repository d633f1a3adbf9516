package io.octavialb.config;

import java.util.List;

/**
 * Something wrong with an annotation of a Service.
 *
 * @param key the annotation's full key, or the key of the cloud-config if that is what says it
 * @param value as written by the user
 * @param remedy what is allowed, or what to do
 */
public record AnnotationProblem(Severity severity, String key, String value, String remedy) {
    private static final int LONGEST_SHOWN = 200;

    /** What becomes of the Service. */
    public enum Severity {
        /** It is ignored, and the Service goes on. */
        WARNING,
        /** The default applies to what is new; of a load balancer that is there, what it is about stays as it is. */
        FALLS_BACK,
        /** It refuses a creation; of a load balancer that is there, what it is about stays as it is. */
        KEEPS,
        /** The Service must be refused: nothing in the cloud changes until it is put right. */
        ERROR
    }

    /** One line for an event: key, value and remedy. */
    public String message() {
        String shown = value.length() > LONGEST_SHOWN ? value.substring(0, LONGEST_SHOWN) + "…" : value;
        return key + ": \"" + shown + "\": " + remedy;
    }

    /** Whether what it is about stays as it is on a load balancer that is there. */
    public boolean keepsWhatIsThere() {
        return severity == Severity.FALLS_BACK || severity == Severity.KEEPS;
    }

    /** Whether it is about how pools spread connections. */
    public boolean isOfLbMethod() {
        return key.equals(Annotations.LB_METHOD.key()) || key.startsWith(Annotations.LB_METHOD.key() + ".");
    }

    /** Whether one of the problems refuses the Service. */
    public static boolean anyRefuses(List<AnnotationProblem> problems) {
        return problems.stream().anyMatch(problem -> problem.severity() == Severity.ERROR);
    }
}
