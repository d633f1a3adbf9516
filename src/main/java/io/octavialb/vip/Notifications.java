package io.octavialb.vip;

import io.octavialb.vip.config.Notify;
import io.octavialb.vrrp.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the notify programs, one after the other in the order of the changes, beside the protocol's thread. */
final class Notifications implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Programs programs;
    private final ExecutorService inOrder =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("notify").factory());

    Notifications(Programs programs) {
        this.programs = programs;
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
        own.ifPresent(this::start);
        if (role != Role.RELEASING) {
            notified.any().ifPresent(command -> {
                List<String> words = new ArrayList<>(command.words());
                words.addAll(List.of(kind, name, word(role), String.valueOf(priority)));
                start(new Notify.Command(words, command.user()));
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

    private void start(Notify.Command command) {
        inOrder.execute(() -> run(command));
    }

    private void run(Notify.Command command) {
        String program = command.words().getFirst();
        try {
            switch (programs.run(command, LONGEST)) {
                case Programs.Exit.Status(int status) when status == 0 -> LOG.debug("notify {} ended", program);
                case Programs.Exit.Status(int status) -> LOG.warn("notify {} ended with status {}", program, status);
                case Programs.Exit.TimedOut _ -> LOG.warn("notify {} was killed after {}", program, Words.of(LONGEST));
                case Programs.Exit.NotStarted(var why) -> LOG.warn("notify {} did not start: {}", program, why);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits a moment for what is under way: the programs of the stop itself. */
    @Override
    public void close() {
        inOrder.shutdown();
        try {
            if (!inOrder.awaitTermination(2, TimeUnit.SECONDS)) {
                inOrder.shutdownNow();
            }
        } catch (InterruptedException _) {
            inOrder.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
