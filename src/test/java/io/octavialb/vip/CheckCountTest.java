package io.octavialb.vip;

import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.vip.Standing.Health;
import io.octavialb.vip.config.CheckSettings;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a check's verdict changes: runs are {@code +} and {@code -}, verdicts good, bad and ? for none yet. */
class CheckCountTest {
    @ParameterizedTest
    @CsvSource({
        "3, 2, false, '',     ?",
        "3, 2, false, +,      g",
        "3, 2, false, -,      b",
        "3, 2, false, +-,     gg",
        "3, 2, false, +--,    ggb",
        "3, 2, false, +-+-,   gggg",
        "3, 2, false, +--++,  ggbbb",
        "3, 2, false, +--+++, ggbbbg",
        "3, 2, false, --+-++, bbbbbb",
        "1, 1, false, +-+-,   gbgb",
        "2, 2, true,  '',     b",
        "2, 2, true,  +,      b",
        "2, 2, true,  ++,     bg"
    })
    void theVerdictFollowsRunsInARow(int rise, int fall, boolean startsFailed, String runs, String verdicts) {
        CheckSettings check = Settings.check("c", rise, fall, startsFailed);
        CheckCount count = CheckCount.start(check);
        StringBuilder seen = new StringBuilder(runs.isEmpty() ? letter(count.health()) : "");
        for (int i = 0; i < runs.length(); i++) {
            count = count.after(runs.charAt(i) == '+', check);
            seen.append(letter(count.health()));
        }
        assertThat(seen.toString()).isEqualTo(verdicts);
    }

    private static String letter(Health health) {
        return health == Health.UNKNOWN ? "?" : health.name().substring(0, 1).toLowerCase(Locale.ROOT);
    }
}
