package io.octavialb.vip.config;

/**
 * Something in a configuration that is wrong, or that has no effect here.
 *
 * @param text what is wrong, with the key and the value
 * @param remedy what to write instead
 */
public record ConfigProblem(Place place, Severity severity, String text, String remedy) {
    public enum Severity {
        /** The configuration is not used. */
        ERROR,
        /** The configuration is used without what is named. */
        WARNING
    }

    @Override
    public String toString() {
        return place + ": " + text + (remedy.isEmpty() ? "" : " — " + remedy);
    }
}
