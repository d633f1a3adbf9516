package io.octavialb.vip;

import io.octavialb.vip.config.Notify;
import io.octavialb.vrrp.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the notify programs beside the protocol's thread: those of an instance or group one after the other, in the order of its
 * changes, and whatever those of another one do.
 */
final class Notifications implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration IDLE = Duration.ofSeconds(5);

    private final Programs programs;
    private final Duration patience;

    /** By kind and name of an instance or group. */
    private final Map<String, ExecutorService> queues = new ConcurrentHashMap<>();

    /** What runs now, by the same. */
    private final Map<String, String> underWay = new ConcurrentHashMap<>();

    Notifications(Programs programs) {
        this(programs, PATIENCE);
    }

    /** @param patience how long the end waits for programs */
    Notifications(Programs programs, Duration patience) {
        this.programs = programs;
        this.patience = patience;
    }

    /**
     * @param kind INSTANCE or GROUP, as keepalived says it
     * @param role the new one; of {@link Role#INITIALIZE} the stop is told
     */
    void tell(Notify notified, String kind, String name, Role role, int priority) {
        Optional<Notify.Command> own = switch (role) {
            case ACTIVE -> notified.active();
            case BACKUP -> notified.backup();
            case FAULT -> notified.fault();
            case INITIALIZE -> notified.stop();
            case RELEASING -> Optional.empty();
        };
        String queue = kind + " " + name;
        own.ifPresent(command -> start(queue, command));
        if (role != Role.RELEASING) {
            notified.any().ifPresent(command -> {
                List<String> words = new ArrayList<>(command.words());
                words.addAll(List.of(kind, name, word(role), String.valueOf(priority)));
                start(queue, new Notify.Command(words, command.user()));
            });
        }
    }

    /** The words that keepalived's scripts are written for. */
    static String word(Role role) {
        return switch (role) {
            case ACTIVE -> "MASTER";
            case BACKUP -> "BACKUP";
            case FAULT -> "FAULT";
            case INITIALIZE, RELEASING -> "STOP";
        };
    }

    private void start(String name, Notify.Command command) {
        queues.computeIfAbsent(name, Notifications::queue).execute(() -> run(name, command));
    }

    /** Its thread ends when there is nothing to do. */
    private static ExecutorService queue(String name) {
        ThreadPoolExecutor queue = new ThreadPoolExecutor(
                1,
                1,
                IDLE.toSeconds(),
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform()
                        .name("notify of " + name)
                        .daemon()
                        .stackSize(Checks.STACK_OCTETS)
                        .factory());
        queue.allowCoreThreadTimeOut(true);
        return queue;
    }

    private void run(String name, Notify.Command command) {
        String program = command.words().getFirst();
        underWay.put(name, program);
        try {
            switch (programs.run(command, LONGEST)) {
                case Programs.Exit.Status(int status) when status == 0 -> LOG.debug("notify {} ended", program);
                case Programs.Exit.Status(int status) -> LOG.warn("notify {} ended with status {}", program, status);
                case Programs.Exit.TimedOut _ -> LOG.warn("notify {} was killed after {}", program, Words.of(LONGEST));
                case Programs.Exit.NotStarted(var why) -> LOG.warn("notify {} did not start: {}", program, why);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            underWay.remove(name);
        }
    }

    /** Waits a while for what is under way, the programs of the stop itself above all; what runs longer is left to itself. */
    @Override
    public void close() {
        long end = System.nanoTime() + patience.toNanos();
        queues.values().forEach(ExecutorService::shutdown);
        try {
            for (Map.Entry<String, ExecutorService> queue : queues.entrySet()) {
                if (!queue.getValue().awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    LOG.warn(
                            "{}: notify {} still runs and is left to itself; what was to follow may not be started",
                            queue.getKey(),
                            underWay.getOrDefault(queue.getKey(), "program"));
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
