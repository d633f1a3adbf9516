package io.octavialb.vip;

import io.octavialb.vip.Standing.Health;
import io.octavialb.vip.config.CheckSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the checks, each on a virtual thread of its own, and tells when the verdict of one changes. */
final class Checks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Checks.class);

    private final Probing probing;
    private final BiConsumer<String, Health> changed;
    private final Map<String, Run> runs = new HashMap<>();

    private record Run(CheckSettings settings, Thread thread) {}

    /** @param changed called from the checks' threads with a check's name and its verdict */
    Checks(Probing probing, BiConsumer<String, Health> changed) {
        this.probing = probing;
        this.changed = changed;
    }

    /** Starts what is new, stops what is gone, and restarts what differs; a check that is as before goes on undisturbed. */
    void run(List<CheckSettings> wanted) {
        Map<String, CheckSettings> byName = new HashMap<>();
        wanted.forEach(check -> byName.put(check.name(), check));
        runs.entrySet().removeIf(entry -> {
            CheckSettings now = byName.get(entry.getKey());
            boolean stays = now != null && same(entry.getValue().settings(), now);
            if (!stays) {
                entry.getValue().thread().interrupt();
            }
            return !stays;
        });
        byName.forEach((name, check) -> runs.computeIfAbsent(name, _ -> new Run(check, started(check))));
    }

    /** Whether only its weight, which the instances look at, or its place in the file differs. */
    private static boolean same(CheckSettings one, CheckSettings other) {
        return one.equals(new CheckSettings(
                other.name(),
                other.probe(),
                other.interval(),
                other.timeout(),
                other.rise(),
                other.fall(),
                one.weight(),
                other.startsFailed(),
                one.place()));
    }

    private Thread started(CheckSettings check) {
        return Thread.ofVirtual().name("check " + check.name()).start(() -> loop(check));
    }

    private void loop(CheckSettings check) {
        CheckCount count = CheckCount.start(check);
        try {
            if (count.health() != Health.UNKNOWN) {
                changed.accept(check.name(), count.health());
            }
            while (true) {
                long start = System.nanoTime();
                Probing.Result result = probing.probe(check);
                if (Thread.currentThread().isInterrupted()) {
                    return; // another one of this name runs already; what an interrupted probe saw says nothing
                }
                CheckCount next = count.after(result.success(), check);
                if (next.health() != count.health()) {
                    LOG.info(
                            "check {} {}: {}",
                            check.name(),
                            next.health() == Health.GOOD ? "succeeds" : "fails",
                            result.text());
                    changed.accept(check.name(), next.health());
                }
                count = next;
                TimeUnit.NANOSECONDS.sleep(check.interval().toNanos() - (System.nanoTime() - start));
            }
        } catch (InterruptedException _) {
            LOG.debug("check {} is no longer run", check.name());
        }
    }

    @Override
    public void close() {
        run(List.of());
    }
}
