package io.octavialb.reconcile;

import com.google.common.util.concurrent.Striped;
import io.octavialb.config.ServiceOptions;
import io.octavialb.model.kubernetes.Service;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;

/**
 * Lets Services that share a load balancer take turns.
 *
 * <p>Its tags are one value that each of them writes as a whole: two passes that had read them at the same time would take
 * away what the other one wrote. The load balancer is known by the annotation, which a Service that joins has from its
 * user, and the one it was made for from us; a creation waits for nobody. Nobody holds two turns.
 */
final class LoadBalancerTurns {
    private static final int STRIPES = 1024;

    private final Striped<Lock> turns = Striped.lazyWeakLock(STRIPES);

    <T> T inTurn(Service service, Supplier<T> pass) {
        String loadBalancerId = service.annotations().getOrDefault(ServiceOptions.LOAD_BALANCER_ID_KEY, "");
        return loadBalancerId.isEmpty() ? pass.get() : inTurn(loadBalancerId, pass);
    }

    <T> T inTurn(String loadBalancerId, Supplier<T> pass) {
        Lock turn = turns.get(loadBalancerId);
        if (!turn.tryLock()) {
            PassPermits.withoutPermit(turn::lock);
        }
        try {
            return pass.get();
        } finally {
            turn.unlock();
        }
    }
}
