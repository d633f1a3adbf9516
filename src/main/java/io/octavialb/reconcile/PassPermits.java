package io.octavialb.reconcile;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Bounds how many passes work side by side.
 *
 * <p>A pass that waits for another one, for its turn at a shared load balancer, does not work: it gives its permit back
 * meanwhile. Otherwise as many Services as there are permits on one load balancer would keep all others waiting. Who
 * works never waits for a turn, so who has the turn gets its permit again.
 */
public final class PassPermits {
    private static final ScopedValue<PassPermits> HELD = ScopedValue.newInstance();

    private final Semaphore permits;

    /** @param most how many passes work at the same time */
    public PassPermits(int most) {
        this.permits = new Semaphore(most, true);
    }

    /** Runs a pass as soon as it may work. */
    public <T> T during(Supplier<T> pass) throws InterruptedException {
        permits.acquire();
        try {
            return ScopedValue.where(HELD, this).call(pass::get);
        } finally {
            permits.release();
        }
    }

    /** Waits without the permit that this thread's pass has, if it has one. */
    static void withoutPermit(Runnable wait) {
        if (HELD.isBound()) {
            HELD.get().giveBackFor(wait);
        } else {
            wait.run();
        }
    }

    private void giveBackFor(Runnable wait) {
        permits.release();
        try {
            wait.run();
        } finally {
            permits.acquireUninterruptibly();
        }
    }
}
