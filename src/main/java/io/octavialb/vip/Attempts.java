package io.octavialb.vip;

import io.octavialb.vip.config.CheckSettings;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Bounds attempts whose length nobody can bound, for the lookup of a name can't be interrupted. One that is late is left behind; as
 * long as it is there no other of its check is begun, so that they are never many.
 */
final class Attempts {
    private final Map<Attempted, Thread> last = new ConcurrentHashMap<>();

    private record Attempted(String check, CheckSettings.Probe probe) {}

    /**
     * The attempt's result; a failure when it throws, or has none in time.
     *
     * @param check whose attempt it is
     * @param wanted what is waited for, for the text of a failure
     */
    Probing.Result within(CheckSettings check, String wanted, Callable<Probing.Result> attempt)
            throws InterruptedException {
        long end = System.nanoTime() + check.timeout().toNanos();
        String late = "no " + wanted + " within " + Words.of(check.timeout());
        Attempted attempted = new Attempted(check.name(), check.probe());
        Thread former = last.get(attempted);
        if (former != null && !former.join(check.timeout())) {
            return new Probing.Result(false, late + ": an earlier attempt has not ended");
        }
        FutureTask<Probing.Result> task = new FutureTask<>(attempt);
        last.put(
                attempted,
                Thread.ofPlatform()
                        .name("attempt of " + check.name())
                        .daemon()
                        .stackSize(Checks.STACK_OCTETS)
                        .start(task));
        try {
            return task.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            return new Probing.Result(false, late);
        } catch (ExecutionException e) {
            return new Probing.Result(false, "no " + wanted + ": " + e.getCause());
        }
    }
}
