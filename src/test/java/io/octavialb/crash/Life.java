package io.octavialb.crash;

import io.octavialb.app.Controller;
import io.octavialb.kubernetes.ControllerSettings;
import io.octavialb.openstack.HastyOpenStack;
import io.octavialb.openstack.OpenStack;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A process that is started again when it ends. */
final class Life implements AutoCloseable {
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
    boolean until(BooleanSupplier wanted, Duration patience) throws InterruptedException {
        long start = System.nanoTime();
        while (!wanted.getAsBoolean()) {
            if (System.nanoTime() - start > patience.toNanos()) {
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
