package io.octavialb.netns;

import com.google.errorprone.annotations.FormatMethod;
import io.octavialb.netns.VrrpBenchmark.Subject;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The benchmark's figures as Markdown. */
final class BenchmarkReport {
    private final StringBuilder text = new StringBuilder();

    private BenchmarkReport() {}

    static String text(
            List<OutageTrial.Result> outages,
            List<SteadyTrial.Result> steadiness,
            List<StartTrial.Result> starts,
            Path raw) {
        var report = new BenchmarkReport();
        report.outages(outages);
        report.steadiness(steadiness);
        report.starts(starts);
        report.line("%nRaw samples: %s", raw);
        return report.text.toString();
    }

    private void outages(List<OutageTrial.Result> results) {
        List<Subject> subjects =
                results.stream().map(OutageTrial.Result::subject).distinct().toList();
        var ratios = new StringBuilder();
        line("## Outage seen by a client, ms (minimum / median / maximum), and requests lost in all runs%n");
        line(
                "| fault | interval | runs | %s | lost | %s | lost |",
                subjects.get(0).name(), subjects.get(1).name());
        line("|---|---|---|---|---|---|---|");
        for (Fault fault : Fault.values()) {
            for (int interval : results.stream()
                    .map(OutageTrial.Result::interval)
                    .distinct()
                    .toList()) {
                List<Fault.Outcome> first = of(results, subjects.get(0), fault, interval);
                List<Fault.Outcome> second = of(results, subjects.get(1), fault, interval);
                line(
                        "| %s | %d ms | %d | %s | %d | %s | %d |",
                        fault,
                        interval,
                        first.size(),
                        milliseconds(first),
                        lost(first),
                        milliseconds(second),
                        lost(second));
                ratios.append(String.format(
                        Locale.ROOT,
                        "ratio %s %dms %.2f%n",
                        fault,
                        interval,
                        milliseconds(first).median() / milliseconds(second).median()));
            }
        }
        line(
                "%nPower loss and link down: the longest time between two answers. Graceful stop: the same; where nothing is lost");
        line(
                "it is the time between two requests. kill -9: until the new active router answers, as the dead one's host goes on.%n");
        text.append(ratios);
    }

    private static List<Fault.Outcome> of(
            List<OutageTrial.Result> results, Subject subject, Fault fault, int interval) {
        return results.stream()
                .filter(result -> result.subject().equals(subject)
                        && result.interval() == interval
                        && result.outcome().fault() == fault)
                .map(OutageTrial.Result::outcome)
                .toList();
    }

    private static Samples milliseconds(List<Fault.Outcome> outcomes) {
        return new Samples(
                outcomes.stream().mapToDouble(outcome -> outcome.outage() / 1e6).toArray());
    }

    private static long lost(List<Fault.Outcome> outcomes) {
        return outcomes.stream().mapToLong(Fault.Outcome::lost).sum();
    }

    private void steadiness(List<SteadyTrial.Result> results) {
        line("%n## Undisturbed at 10 ms%n");
        line("| | advertisements | gap p50, ms | p99 | p99.9 | maximum | RSS, MB |");
        line("|---|---|---|---|---|---|---|");
        for (SteadyTrial.Result result : results) {
            Samples gaps = result.gaps();
            line(
                    "| %s | %d | %.2f | %.2f | %.2f | %.2f | %.1f |",
                    result.subject().name(),
                    gaps.count(),
                    gaps.median(),
                    gaps.quantile(0.99),
                    gaps.quantile(0.999),
                    gaps.max(),
                    result.residentKilobytes() / 1024.0);
        }
    }

    private void starts(List<StartTrial.Result> results) {
        line("%n## From start to the first advertisement, ms (minimum / median / maximum)%n");
        line("| | runs | time |");
        line("|---|---|---|");
        for (StartTrial.Result result : results) {
            line("| %s | %d | %s |", result.subject().name(), result.times().count(), result.times());
        }
    }

    @FormatMethod
    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
