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

/** Runs the checks, each on a thread of its own, and tells when the verdict of one changes. */
final class Checks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Checks.class);

    /** Of a check's thread, which does little; a platform thread's own would be a megabyte. */
    static final int STACK_OCTETS = 512 * 1024;

    private final OneRun probing;
    private final BiConsumer<String, Health> changed;
    private final Map<String, Run> runs = new HashMap<>();

    /** Runs a check once. */
    interface OneRun {
        Probing.Result probe(CheckSettings check) throws InterruptedException;
    }

    /** @param changed called from the checks' threads with a check's name and its verdict */
    Checks(OneRun probing, BiConsumer<String, Health> changed) {
        this.probing = probing;
        this.changed = changed;
    }

    /** Starts what is new, stops what is gone, and restarts what differs; a check that is as before goes on undisturbed. */
    void run(List<CheckSettings> wanted) {
        Map<String, CheckSettings> byName = new HashMap<>();
        wanted.forEach(check -> byName.put(check.name(), check));
        runs.entrySet().removeIf(entry -> {
            boolean gone = !byName.containsKey(entry.getKey());
            if (gone) {
                entry.getValue().end();
            }
            return gone;
        });
        byName.forEach((name, check) -> runs.compute(name, (_, former) -> {
            if (former == null) {
                return new Run(check, CheckCount.start(check));
            }
            return same(former.settings, check) ? former : new Run(check, former.end());
        }));
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

    /** A check that runs; its thread is a platform thread, because a name that is looked up holds the processor of a virtual one. */
    private final class Run {
        private final CheckSettings settings;
        private final Thread thread;
        private CheckCount count;
        private boolean ended;

        /** @param count what is known of it: it counts until its runs say otherwise */
        Run(CheckSettings settings, CheckCount count) {
            this.settings = settings;
            this.count = count;
            if (count.health() != Health.UNKNOWN) {
                changed.accept(settings.name(), count.health());
            }
            thread = Thread.ofPlatform()
                    .name("check " + settings.name())
                    .daemon()
                    .stackSize(STACK_OCTETS)
                    .start(this::loop);
        }

        /** From now on it says nothing more. Its verdict so far. */
        synchronized CheckCount end() {
            ended = true;
            thread.interrupt();
            return new CheckCount(count.health(), 0);
        }

        private void loop() {
            try {
                long start = System.nanoTime();
                while (tell(probed())) {
                    TimeUnit.NANOSECONDS.sleep(settings.interval().toNanos() - (System.nanoTime() - start));
                    start = System.nanoTime();
                }
            } catch (InterruptedException _) {
                LOG.debug("check {} is no longer run", settings.name());
            }
        }

        /** A defect of the probe is a failure of the check: the instances must not go on with an old verdict. */
        private Probing.Result probed() throws InterruptedException {
            try {
                return probing.probe(settings);
            } catch (RuntimeException | Error e) {
                LOG.error("check {} could not be run", settings.name(), e);
                return new Probing.Result(false, "it could not be run: " + e);
            }
        }

        /** False when it has ended: what an interrupted probe saw says nothing. */
        private synchronized boolean tell(Probing.Result result) {
            if (ended) {
                return false;
            }
            CheckCount next = count.after(result.success(), settings);
            if (next.health() != count.health()) {
                String verdict = next.health() == Health.GOOD ? "succeeds" : "fails";
                LOG.info("check {} {}: {}", settings.name(), verdict, result.text());
                changed.accept(settings.name(), next.health());
            }
            count = next;
            return true;
        }
    }

    @Override
    public void close() {
        run(List.of());
    }
}
