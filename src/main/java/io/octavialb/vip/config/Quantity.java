package io.octavialb.vip.config;

import com.google.common.base.Strings;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers as configurations write them; none is so long that it overflows. */
final class Quantity {
    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,9}");
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,9}(\\.[0-9]{0,9})?|\\.[0-9]{1,9}");

    /** No time of a configuration is longer. */
    static final Duration LONGEST = Duration.ofDays(1);

    private Quantity() {}

    /** Whether a time is longer than any may be. */
    static boolean isTooLong(Duration time) {
        return time.compareTo(LONGEST) > 0;
    }

    static Optional<Long> whole(String text) {
        return WHOLE.matcher(text).matches() ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }

    /** Seconds with up to nine decimals. */
    static Optional<Duration> seconds(String text) {
        return DECIMAL.matcher(text).matches() ? Optional.of(scaled(text, 9)) : Optional.empty();
    }

    /** A number with its unit: {@code 1s}, {@code 100ms}, {@code 1.5s}, {@code 2m}. */
    static Optional<Duration> duration(String text) {
        if (text.endsWith("ms")) {
            return decimal(text, 2).map(number -> scaled(number, 6));
        }
        if (text.endsWith("s")) {
            return decimal(text, 1).map(number -> scaled(number, 9));
        }
        return text.endsWith("m") ? decimal(text, 1).map(number -> minutes(scaled(number, 9))) : Optional.empty();
    }

    /** Seconds as {@link #duration} reads them. */
    static String text(Duration duration) {
        BigDecimal seconds =
                BigDecimal.valueOf(duration.toSeconds()).add(BigDecimal.valueOf(duration.toNanosPart(), 9));
        return seconds.stripTrailingZeros().toPlainString() + "s";
    }

    private static Optional<String> decimal(String text, int unitLength) {
        String number = text.substring(0, text.length() - unitLength);
        return DECIMAL.matcher(number).matches() ? Optional.of(number) : Optional.empty();
    }

    private static Duration minutes(Duration asSeconds) {
        return Duration.ofSeconds(60 * asSeconds.getSeconds(), 60L * asSeconds.getNano());
    }

    /**
     * What is finer than a nanosecond is cut off. Without java.math, which an agent's start would spend 20 ms on.
     *
     * @param nanoDigits how many digits after the point are whole nanoseconds
     */
    private static Duration scaled(String number, int nanoDigits) {
        int point = number.indexOf('.');
        String whole = point < 0 ? number : number.substring(0, point);
        String fraction = point < 0 ? "" : number.substring(point + 1);
        return Duration.ofNanos(
                Long.parseLong(whole + Strings.padEnd(fraction, nanoDigits, '0').substring(0, nanoDigits)));
    }
}
