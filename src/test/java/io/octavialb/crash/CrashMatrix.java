package io.octavialb.crash;

import io.octavialb.crash.WholeController.WholePoint;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;

/** Every operation, stopped and disturbed at every call. */
final class CrashMatrix implements AutoCloseable {
    private static final long SEED = 2025;

    private final PrintStream out;
    private final Plant plant;
    private final List<World> worlds = new ArrayList<>();
    private final BlockingQueue<World> idle = new LinkedBlockingQueue<>();
    private final ExecutorService threads;

    CrashMatrix(PrintStream out, Plant plant, int parallel) {
        this.out = out;
        this.plant = plant;
        this.threads = Executors.newFixedThreadPool(parallel);
        for (int i = 0; i < parallel; i++) {
            World world = new World();
            worlds.add(world);
            idle.add(world);
        }
    }

    /** What came of it. */
    record Score(int tried, int duplicates, int orphans, int diverged) {
        static final Score NONE = new Score(0, 0, 0, 0);

        Score plus(Difference difference) {
            return new Score(
                    tried + 1,
                    duplicates + difference.duplicates(),
                    orphans + difference.orphans(),
                    diverged + (difference.isEmpty() ? 0 : 1));
        }

        Score plus(Score other) {
            return new Score(
                    tried + other.tried,
                    duplicates + other.duplicates,
                    orphans + other.orphans,
                    diverged + other.diverged);
        }

        boolean good() {
            return tried > 0 && duplicates == 0 && orphans == 0 && diverged == 0;
        }

        @Override
        public String toString() {
            return "crash points: " + tried + " tried, duplicates " + duplicates + ", orphans " + orphans
                    + ", diverged " + diverged;
        }
    }

    /** Which points of an operation are tried. */
    interface Choice {
        Choice ALL = points -> points;

        /** One of each of these modes, drawn by a fixed seed, and none with the whole controller. */
        static Choice oneOfEach(Predicate<Mode> wanted) {
            return new Choice() {
                @Override
                public List<Point> of(List<Point> points) {
                    List<Point> shuffled = new ArrayList<>(points);
                    Collections.shuffle(shuffled, new Random(SEED));
                    Map<Mode, Point> chosen = new LinkedHashMap<>();
                    shuffled.stream()
                            .filter(point -> wanted.test(point.mode()))
                            .forEach(point -> chosen.putIfAbsent(point.mode(), point));
                    return List.copyOf(chosen.values());
                }

                @Override
                public List<WholePoint> ofWhole(List<WholePoint> points) {
                    return List.of();
                }
            };
        }

        static Choice only(Predicate<Point> wanted) {
            return new Choice() {
                @Override
                public List<Point> of(List<Point> points) {
                    return points.stream().filter(wanted).toList();
                }

                @Override
                public List<WholePoint> ofWhole(List<WholePoint> points) {
                    return List.of();
                }
            };
        }

        static Choice onlyWhole(String wanted) {
            return new Choice() {
                @Override
                public List<Point> of(List<Point> points) {
                    return List.of();
                }

                @Override
                public List<WholePoint> ofWhole(List<WholePoint> points) {
                    return points.stream()
                            .filter(point -> point.toString().equals(wanted))
                            .toList();
                }
            };
        }

        List<Point> of(List<Point> points);

        /** Which of those with the controller as it is shipped. */
        default List<WholePoint> ofWhole(List<WholePoint> points) {
            return points;
        }
    }

    Score run(List<Operation> operations, Choice choice) throws InterruptedException {
        Score score = Score.NONE;
        for (Operation operation : operations) {
            score = score.plus(run(operation, choice));
        }
        return score;
    }

    private Score run(Operation operation, Choice choice) throws InterruptedException {
        long start = System.nanoTime();
        Optional<Run.Reference> found = reference(operation);
        if (found.isEmpty()) {
            return new Score(1, 0, 0, 1);
        }
        Run.Reference reference = found.get();
        Map<Object, Future<Difference>> running = new LinkedHashMap<>();
        choice.ofWhole(WholePoint.of(operation))
                .forEach(point -> running.put(
                        point,
                        threads.submit(() -> inWorld(world ->
                                new WholeController(world, operation).at(point.trouble(), reference.state())))));
        choice.of(points(operation, reference.calls()))
                .forEach(point -> running.put(
                        point,
                        threads.submit(() ->
                                inWorld(world -> new Run(world, operation, plant).at(point, reference.state())))));
        Score score = Score.NONE;
        for (Map.Entry<Object, Future<Difference>> entry : running.entrySet()) {
            Difference difference = outcome(entry.getValue());
            score = score.plus(difference);
            if (!difference.isEmpty()) {
                out.println("FAILED " + entry.getKey() + "\n       " + String.join("\n       ", difference.lines()));
            }
        }
        out.println(String.format(
                Locale.ROOT,
                "%-24s %3d calls %5d points %6.1f s",
                operation,
                reference.calls().size(),
                score.tried(),
                (System.nanoTime() - start) / 1e9));
        return score;
    }

    private Optional<Run.Reference> reference(Operation operation) throws InterruptedException {
        try {
            return Optional.of(inWorld(world -> new Run(world, operation, plant).uninterrupted()));
        } catch (Run.Unconverged e) {
            out.println("FAILED " + operation + " without any trouble: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static Difference outcome(Future<Difference> running) throws InterruptedException {
        try {
            return running.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private interface Work<T, E extends Exception> {
        T in(World world) throws E, InterruptedException;
    }

    private <T, E extends Exception> T inWorld(Work<T, E> work) throws E, InterruptedException {
        World world = idle.take();
        try {
            return work.in(world);
        } finally {
            idle.add(world);
        }
    }

    static List<Point> points(Operation operation, List<Recorder.Numbered> calls) {
        List<Point> points = new ArrayList<>();
        for (Recorder.Numbered numbered : calls) {
            for (Mode mode : Mode.all()) {
                if (mode.at(numbered.call())) {
                    points.add(new Point(operation.name(), numbered.call().what(), numbered.number(), mode));
                }
            }
        }
        return points;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        worlds.forEach(World::close);
    }
}
