package io.octavialb.vip;

import io.octavialb.vip.config.AgentSettings;
import io.octavialb.vip.config.ConfigProblem;
import io.octavialb.vip.config.GlobalSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is in force of a configuration beside the protocol's thread: from the start, over each reload, to the end, one after another. */
final class Reloading implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reloading.class);
    private static final long LONG_SECONDS = 5;

    private final Path config;
    private final Reading reading;
    private final Protocol protocol;
    private final Consumer<AgentSettings> beside;

    /** What the agent was started with; null before the start, and after the end. */
    private @Nullable GlobalSettings started;

    /** Whether a reload was asked for before the start's own settings were in force. */
    private boolean early;

    private boolean closed;

    /** Reads the configuration. */
    interface Reading {
        /** Adds to the problems what has no effect. Throws Refused with all that is wrong. */
        AgentSettings read(List<ConfigProblem> problems) throws VipAgent.Refused;
    }

    /** The protocol's thread. */
    interface Protocol {
        /** Asks it to take the settings on; the answer is what speaks against them. */
        CompletableFuture<List<ConfigProblem>> takeOn(AgentSettings settings);

        /** Comes when it has ended, and answers no more. */
        CompletableFuture<Void> ended();
    }

    /**
     * @param config for the log
     * @param beside applies settings to what runs beside the protocol's thread
     */
    Reloading(Path config, Reading reading, Protocol protocol, Consumer<AgentSettings> beside) {
        this.config = config;
        this.reading = reading;
        this.protocol = protocol;
        this.beside = beside;
    }

    /**
     * The protocol's thread has these settings. After {@link #close} nothing is begun.
     *
     * @param first is done once, too
     */
    synchronized void begin(AgentSettings settings, Runnable first) {
        if (!closed) {
            started = settings.global();
            beside.accept(settings);
            first.run();
            if (early) {
                reload();
            }
        }
    }

    /** Reads the configuration anew and takes over what differs. When it is refused the agent goes on as it is. */
    synchronized void reload() {
        if (started == null) {
            early = true;
            return;
        }
        List<ConfigProblem> problems = new ArrayList<>();
        try {
            AgentSettings settings = reading.read(problems);
            Optional<List<ConfigProblem>> answer = answer(protocol.takeOn(settings));
            if (answer.isEmpty()) {
                LOG.info("{} is not taken over: the agent ends", config);
                return;
            }
            VipAgent.refuse(answer.get(), problems);
            beside.accept(settings);
            problems.forEach(problem -> LOG.warn("{}", problem));
            RestartSettings.differing(started, settings.global())
                    .forEach(name -> LOG.warn("{} differs from what the agent runs with: it needs a restart", name));
            LOG.info("{} is in force", config);
        } catch (VipAgent.Refused refused) {
            refused.problems().forEach(problem -> LOG.error("{}", problem));
            LOG.error("{} is refused: the agent goes on with what it had", config);
        } catch (ExecutionException e) {
            LOG.error("{} could not be taken over", config, e.getCause());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** However long it takes, for what was asked for is taken on some time. Empty when the protocol's thread has ended before. */
    private Optional<List<ConfigProblem>> answer(CompletableFuture<List<ConfigProblem>> answer)
            throws InterruptedException, ExecutionException {
        CompletableFuture<Object> either = CompletableFuture.anyOf(answer, protocol.ended());
        try {
            either.get(LONG_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException _) {
            LOG.warn("{} is not taken over yet: the protocol's thread is busy", config);
            either.get();
        }
        return answer.isDone() ? Optional.of(answer.get()) : Optional.empty();
    }

    /** Waits for a reload under way; from now on nothing is begun. After the end of the protocol's thread. */
    @Override
    public synchronized void close() {
        closed = true;
        started = null;
    }
}
