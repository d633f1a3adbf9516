package io.octavialb.demo;

import io.fabric8.kubernetes.api.model.Service;
import io.octavialb.demo.Screen.Tone;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/**
 * A Service's life from creation to deletion, each stage looked for in what the cloud holds.
 *
 * @param patience for each stage
 */
record Tour(Demo demo, Screen screen, Service example, Duration patience) {
    private static final Duration GLANCE = Duration.ofMillis(50);
    private static final int MORE_PORT = 443;

    /**
     * One stage.
     *
     * @param name what it is called, for people
     * @param act what a user does
     * @param seen whether cloud and cluster are as they should be then
     */
    private record Stage(String name, Runnable act, BooleanSupplier seen) {}

    /** Goes through all of it; false when a stage was not seen in time, after which none can be. */
    boolean all() throws InterruptedException {
        List<Stage> stages = stages();
        for (int i = 0; i < stages.size(); i++) {
            if (!seen(stages.get(i))) {
                stages.subList(i + 1, stages.size())
                        .forEach(stage -> screen.line(Tone.DELETED, "NOT TRIED  " + stage.name()));
                return false;
            }
        }
        return true;
    }

    /** The first stage alone. */
    boolean create() throws InterruptedException {
        return seen(stages().getFirst());
    }

    /** The last stage alone. */
    boolean delete() throws InterruptedException {
        return seen(stages().getLast());
    }

    private List<Stage> stages() {
        return List.of(
                new Stage("create: an address, a load balancer, two members", this::apply, this::created),
                new Stage("node join: a third member", () -> demo.cluster().join(3), () -> members(1, 2, 3)),
                new Stage(
                        "port added: a second listener, with its members",
                        () -> demo.cluster().addPort(namespace(), name(), MORE_PORT),
                        () -> listener(MORE_PORT) && members(1, 2, 3)),
                new Stage("node gone: two members", () -> demo.cluster().leave(1), () -> members(2, 3)),
                new Stage(
                        "delete: nothing is left in the cloud, and the Service is gone",
                        () -> demo.cluster().delete(namespace(), name()),
                        this::deleted));
    }

    private boolean seen(Stage stage) throws InterruptedException {
        long start = System.nanoTime();
        stage.act().run();
        while (!stage.seen().getAsBoolean()) {
            if (System.nanoTime() - start > patience.toNanos()) {
                screen.line(Tone.DELETED, "NOT SEEN   " + stage.name() + " (after " + patience.toSeconds() + " s)");
                return false;
            }
            Thread.sleep(GLANCE);
        }
        demo.tree().show();
        double seconds = (System.nanoTime() - start) / 1e9;
        screen.line(Tone.STRONG, String.format(Locale.ROOT, "seen       %s (%.1f s)", stage.name(), seconds));
        return true;
    }

    private void apply() {
        demo.cluster().apply(example);
    }

    private boolean created() {
        String address = address();
        return !address.isEmpty()
                && rests()
                && tree().contains("floating IP " + address)
                && example.getSpec().getPorts().stream().allMatch(port -> listener(port.getPort()))
                && members(1, 2);
    }

    private boolean deleted() {
        return demo.cluster().service(namespace(), name()).isEmpty()
                && !tree().contains("load balancer ")
                && !tree().contains("floating IP ");
    }

    String address() {
        return demo.cluster()
                .service(namespace(), name())
                .map(DemoCluster::address)
                .orElse("");
    }

    private boolean listener(int port) {
        return tree().lines().anyMatch(line -> line.strip().startsWith("listener TCP " + port + " "));
    }

    /** Whether every pool has exactly these nodes. */
    private boolean members(int... numbers) {
        List<String> members = tree().lines()
                .map(String::strip)
                .filter(line -> line.startsWith("member "))
                .toList();
        long pools =
                tree().lines().filter(line -> line.strip().startsWith("pool ")).count();
        return rests()
                && members.size() == pools * numbers.length
                && Arrays.stream(numbers)
                        .allMatch(number -> members.stream()
                                        .filter(member -> member.startsWith("member 10.6.0.1" + number + " ")
                                                && member.contains(" node-" + number + " "))
                                        .count()
                                == pools);
    }

    /** Nothing is PENDING, and something is there. */
    private boolean rests() {
        return tree().contains("load balancer ") && !tree().contains("PENDING_");
    }

    private String tree() {
        return demo.cloud().tree();
    }

    private String namespace() {
        return example.getMetadata().getNamespace();
    }

    private String name() {
        return example.getMetadata().getName();
    }
}
