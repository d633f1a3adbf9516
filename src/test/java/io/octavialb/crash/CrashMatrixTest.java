package io.octavialb.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.octavialb.crash.CrashMatrix.Choice;
import io.octavialb.crash.CrashMatrix.Score;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A sample of what {@code ./dev crash} tries: each operation is stopped in each manner, at a call drawn by lot. */
class CrashMatrixTest {
    @Test
    void everyOperationComesToItsEndWhereverItIsStopped() throws InterruptedException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (CrashMatrix matrix = new CrashMatrix(new PrintStream(said, true, StandardCharsets.UTF_8), Plant.NONE, 2)) {
            Score score = matrix.run(Operation.all(), Choice.oneOfEach(mode -> mode.kind() == Mode.Kind.STOP));
            assertThat(score.good())
                    .as("%s\n%s", score, said.toString(StandardCharsets.UTF_8))
                    .isTrue();
        }
    }

    @Test
    void aPointIsReadAsItIsWritten() {
        String point = "share/PUT pools/ID/members#2/429-for-an-hour";
        assertThat(Point.parse(point)).hasToString(point);
    }
}
