package io.octavialb.crash;

import io.octavialb.app.Controller;
import io.octavialb.kubernetes.ControllerSettings;
import io.octavialb.openstack.HastyOpenStack;
import io.octavialb.openstack.OpenStack;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
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
                life.until(() -> world.services().stream().allMatch(Run::settled));
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
                    life.until(() -> world.missed() >= MISSED);
                    world.comeBack();
                }
            }
            boolean converged = life.until(() -> FinalState.of(world.cloud(), world.services(), before)
                    .from(expected)
                    .isEmpty());
            Difference difference =
                    FinalState.of(world.cloud(), world.services(), before).from(expected);
            if (!converged) {
                difference.broken("not converged within " + PATIENCE.toSeconds() + " s");
            }
            return difference;
        }
    }

    /** A process that is started again when it ends. */
    private static final class Life implements AutoCloseable {
        private final World world;
        private final OpenStack cloud;
        private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
        private Optional<Controller> controller = Optional.empty();

        Life(World world) {
            this.world = world;
            this.cloud = HastyOpenStack.open(world.config(), Duration.ofSeconds(20));
            start();
        }

        /** A start that fails, while the API is away, is an end like any other. */
        private void start() {
            ControllerSettings defaults = ControllerSettings.defaults();
            Controller next = new Controller(
                    world.client(),
                    world.config(),
                    cloud,
                    Incarnation.CLUSTER,
                    new ControllerSettings(
                            null,
                            defaults.concurrentServiceSyncs(),
                            defaults.driftPeriod(),
                            Duration.ofMillis(20),
                            Duration.ofMillis(200),
                            Duration.ofMillis(10),
                            Duration.ofMillis(50),
                            false,
                            defaults.lease()),
                    ends::add);
            controller = Optional.of(next);
            try {
                next.start();
            } catch (RuntimeException e) {
                ends.add(String.valueOf(e.getMessage()));
            }
        }

        /** False if it takes too long. */
        boolean until(BooleanSupplier wanted) throws InterruptedException {
            long start = System.nanoTime();
            while (!wanted.getAsBoolean()) {
                if (System.nanoTime() - start > PATIENCE.toNanos()) {
                    return false;
                }
                if (ends.poll(20, TimeUnit.MILLISECONDS) != null) {
                    controller.ifPresent(Controller::close);
                    ends.clear();
                    start();
                }
            }
            return true;
        }

        @Override
        public void close() {
            controller.ifPresent(Controller::close);
            cloud.close();
        }
    }
}
