package io.octavialb.netns;

import io.octavialb.netns.VrrpBenchmark.Subject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An undisturbed active router at 10 ms: how regular its advertisements are on the wire, and how much memory it takes. All subjects
 * run at the same time, so that the machine's noise is the same.
 */
final class SteadyTrial {
    private static final int INTERVAL = 10;

    private SteadyTrial() {}

    /**
     * @param gaps between advertisements, milliseconds
     * @param residentKilobytes VmRSS at the end
     */
    record Result(Subject subject, Samples gaps, long residentKilobytes) {}

    static List<Result> run(List<Subject> subjects, int seconds, RawSamples raw) throws IOException {
        var pairs = new ArrayList<Pair>();
        try {
            for (Subject subject : subjects) {
                pairs.add(new Pair(subject.implementation(), subject.implementation(), RouterConfig.v3(INTERVAL)));
            }
            pairs.forEach(Pair::settleOnA);
            pairs.forEach(pair -> pair.wireA().forget());
            int wanted = seconds * 1000 / INTERVAL;
            for (Pair pair : pairs) {
                Await.until(
                        "advertisements for " + seconds + " s",
                        Duration.ofSeconds(2L * seconds),
                        pair::details,
                        () -> pair.wireA().sentCount() > wanted);
            }
            var results = new ArrayList<Result>();
            for (int i = 0; i < pairs.size(); i++) {
                Pair pair = pairs.get(i);
                double[] gaps = gaps(pair.wireA().sent());
                raw.add("advertisementGaps", subjects.get(i), gaps);
                results.add(new Result(
                        subjects.get(i), new Samples(gaps), pair.routerA().residentKilobytes()));
            }
            return results;
        } finally {
            pairs.forEach(Pair::close);
        }
    }

    private static double[] gaps(List<Advert> adverts) {
        return IntStream.range(1, adverts.size())
                .mapToDouble(i -> (adverts.get(i).time() - adverts.get(i - 1).time()) / 1e6)
                .toArray();
    }
}
