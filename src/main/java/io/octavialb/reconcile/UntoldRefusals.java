package io.octavialb.reconcile;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The Services whose load balancer was refused for a reason that the cloud did not tell, while it asked for a former VIP.
 * It may have been the VIP, or a cloud that was broken for a moment: only at the second refusal is one without it tried.
 * If that is refused as well, it was not the VIP, and the count begins anew. Lost with the process.
 */
final class UntoldRefusals {
    private final Set<String> services = ConcurrentHashMap.newKeySet();

    /** Whether this refusal is the second one. */
    boolean second(String serviceUid) {
        return services.remove(serviceUid) || !services.add(serviceUid);
    }

    /** There is a load balancer, or none is asked for any more. */
    void forget(String serviceUid) {
        services.remove(serviceUid);
    }
}
