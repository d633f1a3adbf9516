package io.octavialb.config;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Go's {@code time.ParseDuration} reads them: {@code 5s}, {@code 1.5h}, {@code 1m30s}; the unit is required. */
final class GoDuration {
    private static final Pattern PART = Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)(ns|us|µs|μs|ms|s|m|h)");
    private static final Map<String, Long> NANOS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "µs", 1_000L,
            "μs", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L);
    private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final int LONGEST_TEXT = 100;

    private GoDuration() {}

    /** Empty when the text is not a duration, is negative, or is longer than Go's 292 years. */
    static Optional<Duration> parse(String text) {
        if (text.equals("0")) {
            return Optional.of(Duration.ZERO);
        }
        if (text.isEmpty() || text.length() > LONGEST_TEXT) {
            return Optional.empty();
        }
        BigDecimal nanos = BigDecimal.ZERO;
        Matcher part = PART.matcher(text);
        int read = 0;
        while (read < text.length()) {
            if (!part.find(read) || part.start() != read) {
                return Optional.empty();
            }
            nanos = nanos.add(new BigDecimal(part.group(1))
                    .multiply(BigDecimal.valueOf(requireNonNull(NANOS.get(part.group(2))))));
            read = part.end();
        }
        return nanos.compareTo(LONGEST) > 0 ? Optional.empty() : Optional.of(Duration.ofNanos(nanos.longValue()));
    }
}
