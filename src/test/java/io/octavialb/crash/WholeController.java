package io.octavialb.crash;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * An operation with the controller as it is shipped, watches and operator framework included, while Kubernetes is in
 * trouble. One that says that it can't go on is started again, as Kubernetes does.
 */
final class WholeController {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** As many requests have to fail before the API comes back. */
    private static final int MISSED = 3;

    private final World world;
    private final Operation operation;

    /** What is the matter with Kubernetes. */
    enum Trouble {
        /** All watches end with a 410, before the change and after it. */
        WATCH_GONE("watch-410"),
        /** The API goes away right after the change, and comes back. */
        AWAY("api-away");

        private final String word;

        Trouble(String word) {
            this.word = word;
        }
    }

    /** As text {@code create/controller/watch-410}. */
    record WholePoint(String operation, Trouble trouble) {
        static List<WholePoint> of(Operation operation) {
            return Arrays.stream(Trouble.values())
                    .map(trouble -> new WholePoint(operation.name(), trouble))
                    .toList();
        }

        @Override
        public String toString() {
            return operation + "/controller/" + trouble.word;
        }
    }

    WholeController(World world, Operation operation) {
        this.world = world;
        this.operation = operation;
    }

    Difference at(Trouble trouble, FinalState expected) throws InterruptedException {
        world.reset(operation.cloudConfig());
        try (Life life = new Life(world)) {
            for (Consumer<World> step : operation.before()) {
                step.accept(world);
                life.until(() -> world.services().stream().allMatch(Run::settled), PATIENCE);
            }
            Set<String> before = FinalState.ids(world.cloud());
            switch (trouble) {
                case WATCH_GONE -> {
                    world.expireWatches();
                    operation.change().accept(world);
                    world.expireWatches();
                }
                case AWAY -> {
                    operation.change().accept(world);
                    world.goAway();
                    life.until(() -> world.missed() >= MISSED, PATIENCE);
                    world.comeBack();
                }
            }
            boolean converged = life.until(
                    () -> FinalState.of(world.cloud(), world.services(), before)
                            .from(expected)
                            .isEmpty(),
                    PATIENCE);
            Difference difference =
                    FinalState.of(world.cloud(), world.services(), before).from(expected);
            if (!converged) {
                difference.broken("not converged within " + PATIENCE.toSeconds() + " s");
            }
            return difference;
        }
    }
}
