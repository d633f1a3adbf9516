package io.octavialb.kubernetes;

import io.octavialb.model.Outcome;
import io.octavialb.model.kubernetes.Ingress;
import io.octavialb.model.kubernetes.Node;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.reconcile.ServiceReconciliation;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;

/** A reconciliation that does what a test says, and counts. */
final class ScriptedReconciliation implements ServiceReconciliation {
    static final String ID = "11111111-2222-3333-4444-555555555555";
    static final String ADDRESS = "203.0.113.7";

    final List<Service> ensured = new CopyOnWriteArrayList<>();
    final List<Service> released = new CopyOnWriteArrayList<>();
    private final AtomicInteger running = new AtomicInteger();
    final AtomicInteger mostRunning = new AtomicInteger();
    volatile BiFunction<Service, List<Node>, Outcome> onEnsure = (_, _) -> converged(true);
    volatile Function<Service, Outcome> onRelease = _ -> new Outcome.Released();

    static Outcome converged(boolean changed) {
        return new Outcome.Converged(
                new Outcome.Identity(ID, true, ADDRESS),
                List.of(new Ingress(ADDRESS, null, "VIP")),
                changed,
                List.of());
    }

    static Outcome waiting() {
        return new Outcome.Waiting(new Outcome.Identity(ID, true, null), "load balancer is PENDING_CREATE", List.of());
    }

    @Override
    public Outcome ensure(Service service, List<Node> nodes) {
        mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
        ensured.add(service);
        try {
            return onEnsure.apply(service, nodes);
        } finally {
            running.decrementAndGet();
        }
    }

    @Override
    public Outcome release(Service service) {
        released.add(service);
        return onRelease.apply(service);
    }
}
