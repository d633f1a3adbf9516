package io.octavialb.config;

/** A password, token or application credential secret: it never shows in a log, an event or an exception text. */
public record Secret(String value) {
    @Override
    public String toString() {
        return "***";
    }
}
