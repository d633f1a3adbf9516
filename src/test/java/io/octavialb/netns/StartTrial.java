package io.octavialb.netns;

import io.octavialb.netns.VrrpBenchmark.Subject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** From the start of the program to its first advertisement; as owner of the address it waits for no other router. */
final class StartTrial {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private StartTrial() {}

    /** @param times milliseconds */
    record Result(Subject subject, Samples times) {}

    static List<Result> run(List<Subject> subjects, int runs, RawSamples raw) throws IOException {
        RouterConfig config = RouterConfig.v3(100).withPriority(255);
        List<double[]> times =
                Stream.generate(() -> new double[runs]).limit(subjects.size()).toList();
        try (var rig = Rig.pair()) {
            Host host = rig.host(0);
            Wire wire = rig.keep(new Wire(host));
            for (int run = 0; run < runs; run++) {
                for (int i = 0; i < subjects.size(); i++) {
                    long begun = WallClock.now();
                    try (Router router = subjects.get(i)
                            .implementation()
                            .start(host, config.text(host).replace("state BACKUP", "state MASTER"))) {
                        times.get(i)[run] = (wire.nextSent(PATIENCE).time() - begun) / 1e6;
                        router.signal(Linux.SIGTERM);
                        router.waitForEnd();
                    }
                    wire.forget();
                }
            }
        }
        var results = new ArrayList<Result>();
        for (int i = 0; i < subjects.size(); i++) {
            raw.add("firstAdvertisement", subjects.get(i), times.get(i));
            results.add(new Result(subjects.get(i), new Samples(times.get(i))));
        }
        return results;
    }
}
