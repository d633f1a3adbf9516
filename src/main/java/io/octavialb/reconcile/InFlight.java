package io.octavialb.reconcile;

import io.octavialb.model.observed.Observed;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What was observed of each Service whose load balancer we left PENDING, by the Service's UID.
 *
 * <p>Lost with the process, which costs one more observation and nothing else.
 */
final class InFlight {
    private final Map<String, Observed> observed = new ConcurrentHashMap<>();
    private final Map<String, Refusals> refusals = new ConcurrentHashMap<>();

    void put(String serviceUid, Observed state) {
        observed.put(serviceUid, state);
    }

    @Nullable
    Observed get(String serviceUid) {
        return observed.get(serviceUid);
    }

    void remove(String serviceUid) {
        observed.remove(serviceUid);
        refusals.remove(serviceUid);
    }

    /** What the cloud refused of a Service since the passes over it began. */
    Refusals refusals(String serviceUid) {
        return refusals.computeIfAbsent(serviceUid, _ -> new Refusals());
    }
}
