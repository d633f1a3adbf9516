package io.octavialb.vip.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {
    @ParameterizedTest
    @CsvSource({
        "1s, PT1S",
        "1.s, PT1S",
        ".5s, PT0.5S",
        "0.000000001s, PT0.000000001S",
        "999999999.999999999s, PT277777H46M39.999999999S",
        "100ms, PT0.1S",
        "0.5ms, PT0.0005S",
        "0.0000019ms, PT0.000000001S",
        "1.5m, PT1M30S",
        "999999999.999999999m, PT16666666H39M59.99999994S"
    })
    void durationsHaveAUnit(String text, Duration expected) {
        assertThat(Quantity.duration(text)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "s",
                "1",
                ".",
                ".s",
                "-1s",
                "+1s",
                "1e3s",
                "1 s",
                "0x1s",
                "1.0000000001s",
                "1000000000s",
                "1h"
            })
    void whatIsNoDurationIsNone(String text) {
        assertThat(Quantity.duration(text)).isEmpty();
    }

    @Test
    void secondsAreWhatDecimalArithmeticMakesOfThem() {
        Random random = new Random(20_261_121);
        for (int i = 0; i < 10_000; i++) {
            String text = digits(random, 9) + "." + digits(random, 9);
            long nanos = new BigDecimal("0" + text + "0").movePointRight(9).longValueExact();
            if (text.length() > 1) {
                assertThat(Quantity.seconds(text)).as(text).contains(Duration.ofNanos(nanos));
            }
        }
    }

    private static String digits(Random random, int most) {
        return random.ints(random.nextInt(most + 1), 0, 10)
                .collect(StringBuilder::new, StringBuilder::append, StringBuilder::append)
                .toString();
    }
}
