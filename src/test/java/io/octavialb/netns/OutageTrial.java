package io.octavialb.netns;

import io.octavialb.netns.VrrpBenchmark.Subject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Every fault at every phase of one advertisement interval, for each subject. */
record OutageTrial(int interval, List<Double> phases, List<Subject> subjects, RawSamples raw) {
    /** From this interval on, outages last seconds and the noise of what runs beside does not count. */
    private static final int SIDE_BY_SIDE = 1000;

    record Result(Subject subject, int interval, Fault.Outcome outcome) {}

    List<Result> run() throws IOException {
        return interval >= SIDE_BY_SIDE ? sideBySide() : inTurns();
    }

    private List<Result> sideBySide() throws IOException {
        var tasks = new ArrayList<Callable<List<Result>>>();
        for (Fault fault : Fault.values()) {
            for (Subject subject : subjects) {
                tasks.add(() -> {
                    var results = new ArrayList<Result>();
                    try (Pair pair = pair(subject)) {
                        for (double phase : phases) {
                            results.add(once(pair, subject, fault, phase));
                        }
                    }
                    return results;
                });
            }
        }
        try (var threads = Executors.newFixedThreadPool(tasks.size())) {
            var results = new ArrayList<Result>();
            for (Future<List<Result>> done : threads.invokeAll(tasks)) {
                results.addAll(done.get());
            }
            return results;
        } catch (InterruptedException e) {
            throw Command.interrupted(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("interval " + interval + " ms", e.getCause());
        }
    }

    private List<Result> inTurns() throws IOException {
        var results = new ArrayList<Result>();
        for (Fault fault : Fault.values()) {
            try (Pair first = pair(subjects.getFirst());
                    Pair second = pair(subjects.getLast())) {
                for (double phase : phases) {
                    results.add(once(first, subjects.getFirst(), fault, phase));
                    results.add(once(second, subjects.getLast(), fault, phase));
                }
            }
        }
        return results;
    }

    private Pair pair(Subject subject) {
        return new Pair(subject.implementation(), subject.implementation(), RouterConfig.v3(interval));
    }

    private Result once(Pair pair, Subject subject, Fault fault, double phase) throws IOException {
        pair.settleOnA();
        Fault.Outcome outcome = fault.inflict(pair, phase);
        fault.repair(pair);
        var result = new Result(subject, interval, outcome);
        raw.add(result);
        return result;
    }
}
