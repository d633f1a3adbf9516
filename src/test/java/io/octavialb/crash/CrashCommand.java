package io.octavialb.crash;

import io.octavialb.crash.CrashMatrix.Choice;
import io.octavialb.crash.CrashMatrix.Score;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What {@code ./dev crash} runs. Exit codes: 0 when every point came to the same end as the uninterrupted run, 1 when
 * one did not, 64 when the command line is wrong.
 */
final class CrashCommand {
    private static final int USAGE = 64;
    private static final int PARALLEL = Integer.getInteger("crash.parallel", 4);

    private CrashCommand() {}

    public static void main(String[] arguments) throws InterruptedException {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        try {
            System.exit(run(List.of(arguments), out).good() ? 0 : 1);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n./dev crash [--quick | --only OPERATION[/CALL#N/MODE]]");
            System.exit(USAGE);
        }
    }

    private static Score run(List<String> arguments, PrintStream out) throws InterruptedException {
        List<Operation> operations = Operation.all();
        Choice choice = Choice.ALL;
        if (arguments.equals(List.of("--quick"))) {
            choice = Choice.oneOfEach(_ -> true);
        } else if (arguments.size() == 2 && arguments.getFirst().equals("--only")) {
            String only = arguments.getLast();
            String operation = only.replaceFirst("/.*", "");
            operations = operations.stream()
                    .filter(it -> it.name().equals(operation))
                    .toList();
            if (operations.isEmpty()) {
                throw new IllegalArgumentException("no operation '" + operation + "'; there are " + Operation.all());
            }
            if (only.contains("/controller/")) {
                choice = Choice.onlyWhole(only);
            } else if (only.contains("/")) {
                Point point = Point.parse(only);
                choice = Choice.only(point::equals);
            }
        } else if (!arguments.isEmpty()) {
            throw new IllegalArgumentException(String.join(" ", arguments) + "?");
        }
        try (CrashMatrix matrix = new CrashMatrix(out, Plant.NONE, PARALLEL)) {
            Score score = matrix.run(operations, choice);
            if (score.tried() == 0) {
                out.println("no such point: " + arguments.getLast());
            }
            out.println(score);
            return score;
        }
    }
}
