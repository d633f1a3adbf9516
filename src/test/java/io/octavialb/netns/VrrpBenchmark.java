package io.octavialb.netns;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Our agent beside keepalived ({@code ./dev bench vrrp [--quick]}): the outage that a client sees, the regularity of
 * advertisements, memory and start. Priorities, intervals and the phases of the faults within the interval are the same for both,
 * and runs of the two take turns, so that both have the same noise of the machine.
 *
 * <p>{@code --quick} has fewer phases; {@code -Dnetns.keepalived-twice=true} compares keepalived with itself, which
 * shows what noise there is.
 */
final class VrrpBenchmark {
    private static final List<Integer> INTERVALS = List.of(1000, 100, 10);
    private static final int QUICK = 3;
    private static final int FULL = 10;

    private VrrpBenchmark() {}

    public static void main(String[] args) throws IOException {
        List<String> options = List.of(args);
        boolean quick = options.contains("--quick");
        if (!List.of("--quick").containsAll(options)) {
            System.err.println("bench vrrp: the only option is --quick");
            System.exit(64);
        }
        Subject ours = new Subject("ours", Implementation.OURS);
        List<Subject> subjects = List.of(ours, new Subject("keepalived", Implementation.KEEPALIVED));
        String time = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss")
                .withZone(ZoneOffset.UTC)
                .format(Instant.now());
        try (var raw = new RawSamples(Path.of("target", "bench", "vrrp-" + time + ".jsonl"))) {
            List<Double> phases = phases(quick ? QUICK : FULL);
            var outages = new ArrayList<OutageTrial.Result>();
            for (int interval : INTERVALS) {
                outages.addAll(new OutageTrial(interval, phases, subjects, raw).run());
            }
            var steadiness = SteadyTrial.run(subjects, quick ? 10 : 60, raw);
            var starts = StartTrial.run(subjects, quick ? 3 : 10, raw);
            System.out.print(BenchmarkReport.text(outages, steadiness, starts, raw.file()));
            List<String> wrong = outages.stream()
                    .flatMap(result -> result.outcome().tooShort().stream()
                            .map(reason -> result.subject().name() + ", " + result.interval() + " ms, " + reason))
                    .toList();
            if (!wrong.isEmpty()) {
                wrong.forEach(reason -> System.err.println("not a measurement: " + reason));
                System.exit(1);
            }
        }
    }

    /** Evenly over an interval, never at its edge. */
    private static List<Double> phases(int count) {
        return IntStream.range(0, count).mapToObj(i -> (i + 0.5) / count).toList();
    }

    /** An implementation under the name that it has in the tables. */
    record Subject(String name, Implementation implementation) {}
}
