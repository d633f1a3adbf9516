package io.octavialb.embedded.kubernetes;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** How long ago something was, as {@code k8s.io/apimachinery/pkg/util/duration} writes it for people. */
final class Age {
    private Age() {}

    static String since(String time, Instant now) {
        try {
            return time.isEmpty() ? "<unknown>" : text(Duration.between(Instant.parse(time), now));
        } catch (DateTimeParseException e) {
            return "<unknown>";
        }
    }

    static String text(Duration age) {
        long seconds = age.toSeconds();
        if (seconds < -1) {
            return "<invalid>";
        }
        if (seconds < 0) {
            return "0s";
        }
        long minutes = age.toMinutes();
        long hours = age.toHours();
        long days = age.toDays();
        if (seconds < 120) {
            return seconds + "s";
        }
        if (minutes < 10) {
            return two(minutes, "m", seconds % 60, "s");
        }
        if (hours < 3) {
            return minutes + "m";
        }
        if (hours < 8) {
            return two(hours, "h", minutes % 60, "m");
        }
        if (hours < 48) {
            return hours + "h";
        }
        if (days < 8) {
            return two(days, "d", hours % 24, "h");
        }
        if (days < 730) {
            return days + "d";
        }
        return days < 8 * 365 ? two(days / 365, "y", days % 365, "d") : days / 365 + "y";
    }

    private static String two(long large, String largeUnit, long small, String smallUnit) {
        return large + largeUnit + (small == 0 ? "" : small + smallUnit);
    }
}
