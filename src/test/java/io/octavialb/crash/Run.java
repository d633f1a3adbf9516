package io.octavialb.crash;

import io.fabric8.kubernetes.api.model.Service;
import io.octavialb.kubernetes.DrivenController.Due;
import io.octavialb.model.kubernetes.ObjectKey;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One operation, from an empty cloud to the end, in a world that nobody else uses. */
final class Run {
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(20);
    /** Long enough for a cloud in memory, also on a busy machine; a time-out too many is only one more trouble. */
    private static final Duration SHORT_TIMEOUT = Duration.ofMillis(300);

    private static final int MOST_PASSES = 200;
    private static final int MOST_ROUNDS = 12;
    private static final int LONGEST_SLEEP_SECONDS = 15;

    private final World world;
    private final Operation operation;
    private final Plant plant;

    Run(World world, Operation operation, Plant plant) {
        this.world = world;
        this.operation = operation;
        this.plant = plant;
    }

    /** How it ought to be. */
    record Reference(List<Recorder.Numbered> calls, FinalState state) {}

    /** The run came to no good end. */
    static final class Unconverged extends Exception {
        private static final long serialVersionUID = 1;

        Unconverged(String why) {
            super(why);
        }
    }

    Reference uninterrupted() throws InterruptedException, Unconverged {
        Set<String> before = prepare();
        Recorder recorder = new Recorder();
        converge(recorder, REQUEST_TIMEOUT, true);
        FinalState state = FinalState.of(world.cloud(), world.services(), before);
        if (!state.counts().equals(operation.result())) {
            throw new Unconverged(operation + ": the uninterrupted run ends with " + state.counts() + ", not "
                    + operation.result() + "\n" + state);
        }
        return new Reference(recorder.calls(), state);
    }

    /** What is wrong in the end; empty: nothing. */
    Difference at(Point point, FinalState expected) throws InterruptedException {
        Difference difference;
        try {
            Set<String> before = prepare();
            Trouble trouble = new Trouble(point, world.cloud());
            boolean again = false;
            try {
                again = !converge(trouble, point.mode() == Mode.TIME_OUT ? SHORT_TIMEOUT : REQUEST_TIMEOUT, false);
                if (again || point.mode().kind() == Mode.Kind.STOP) {
                    converge(trouble.aftermath(), REQUEST_TIMEOUT, false);
                }
                difference = state(before).from(expected);
            } catch (Unconverged e) {
                difference = state(before).from(expected);
                difference.broken(String.valueOf(e.getMessage()));
            }
            // How often the shared watch asks is a matter of time.
            if (!trouble.happened() && !point.call().equals(Call.WATCH)) {
                difference.broken("the call did not come");
            }
        } catch (Unconverged e) {
            difference = new Difference();
            difference.broken("before the operation: " + e.getMessage());
        }
        return difference;
    }

    private FinalState state(Set<String> before) {
        return FinalState.of(world.cloud(), world.services(), before);
    }

    /** The ids of all that is there before the operation, which has just been asked for. */
    private Set<String> prepare() throws InterruptedException, Unconverged {
        world.reset(operation.cloudConfig());
        for (Consumer<World> step : operation.before()) {
            step.accept(world);
            converge(Script.NOTHING_HAPPENS, REQUEST_TIMEOUT, false);
        }
        Set<String> before = FinalState.ids(world.cloud());
        operation.change().accept(world);
        return before;
    }

    /** Lets a new controller work until it is done; false if it was stopped. */
    private boolean converge(Script script, Duration requestTimeout, boolean onlyFirstRound)
            throws InterruptedException, Unconverged {
        world.follow(script);
        try (Incarnation controller = new Incarnation(world.config(), world.client(), requestTimeout, plant)) {
            for (int round = 0; round < MOST_ROUNDS; round++) {
                int before = world.changes();
                passes(controller);
                if (script.stopped()) {
                    return false;
                }
                if (world.changes() == before && world.services().stream().allMatch(Run::settled)) {
                    return true;
                }
                if (onlyFirstRound) {
                    world.follow(Script.NOTHING_HAPPENS);
                }
            }
            throw new Unconverged("no end after " + MOST_ROUNDS + " rounds: "
                    + world.services().stream().map(Run::condition).toList());
        } finally {
            world.front().endSilence();
            world.follow(Script.NOTHING_HAPPENS);
        }
    }

    /** Passes over all Services until each has come to rest. */
    private void passes(Incarnation controller) throws InterruptedException, Unconverged {
        Set<String> ready = new LinkedHashSet<>();
        world.services().forEach(service -> ready.add(service.getMetadata().getName()));
        Set<String> waiting = new LinkedHashSet<>();
        for (int passes = 0; !ready.isEmpty() || !waiting.isEmpty(); passes++) {
            if (passes == MOST_PASSES) {
                throw new Unconverged("no end after " + MOST_PASSES + " passes");
            }
            if (ready.isEmpty()) {
                Optional<ObjectKey> woken = woken(controller);
                if (woken.isEmpty()) {
                    return;
                }
                waiting.remove(woken.get().name());
                ready.add(woken.get().name());
            }
            String name = ready.iterator().next();
            ready.remove(name);
            Optional<Service> service = world.service(name);
            if (service.isEmpty()) {
                continue;
            }
            Due due = world.during(() -> controller.pass(service.get()));
            Script script = world.script();
            script.passEnded();
            if (script.stopped()) {
                return;
            }
            switch (due) {
                case SOON -> ready.add(name);
                case WHEN_WOKEN -> waiting.add(name);
                case NOT_SOON -> {}
            }
        }
    }

    /** Empty if the controller was stopped. */
    private Optional<ObjectKey> woken(Incarnation controller) throws InterruptedException, Unconverged {
        long start = System.nanoTime();
        while (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(LONGEST_SLEEP_SECONDS)) {
            ObjectKey woken = controller.woken().poll(5, TimeUnit.MILLISECONDS);
            if (woken != null) {
                return Optional.of(woken);
            }
            if (world.script().stopped()) {
                return Optional.empty();
            }
        }
        throw new Unconverged("a Service that waits was not woken within " + LONGEST_SLEEP_SECONDS + " s");
    }

    static boolean settled(Service service) {
        boolean served = "LoadBalancer".equals(service.getSpec().getType());
        boolean ours = !service.getMetadata().getFinalizers().isEmpty();
        return service.getMetadata().getDeletionTimestamp() == null
                && (served ? condition(service).startsWith("True") : !ours);
    }

    private static String condition(Service service) {
        return service.getStatus().getConditions().stream()
                .filter(it -> it.getType().endsWith("LoadBalancerReady"))
                .map(it -> it.getStatus() + " " + it.getReason() + ": " + it.getMessage())
                .findFirst()
                .orElse("none");
    }
}
