package io.octavialb.reconcile;

import io.octavialb.model.desired.DesiredLoadBalancer;
import io.octavialb.openstack.CloudException.Fault;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The Services whose load balancer was refused with all that was to be below it: the next one is made bare, and the rest
 * one by one.
 *
 * <p>Octavia makes the VIP's port before it looks at what is below, and leaves it behind when it refuses that. A port that
 * was left behind can't be told from one whose load balancer is just being made by another, so none is ever deleted;
 * instead it does not become two. Lost with the process, which costs one more port. See
 * {@code docs/decisions/refused-creation.md}.
 */
final class RefusedTrees {
    private static final int INTERNAL_SERVER_ERROR = 500;

    private final Set<String> services = ConcurrentHashMap.newKeySet();

    /** Notes a creation that was refused, if Octavia may have left a port behind. */
    void note(String serviceUid, DesiredLoadBalancer refused, Fault fault) {
        boolean leaves = switch (fault.kind()) {
            case BAD_REQUEST, FORBIDDEN, NOT_FOUND, CONFLICT -> true;
            case SERVER_ERROR -> fault.status() == INTERNAL_SERVER_ERROR;
            case UNREACHABLE,
                    NO_ANSWER,
                    UNAUTHENTICATED,
                    TOO_MANY_REQUESTS,
                    MALFORMED,
                    CIRCUIT_OPEN,
                    TENURE_OVER,
                    NO_ENDPOINT -> false;
        };
        if (leaves && !refused.listeners().isEmpty()) {
            services.add(serviceUid);
        }
    }

    boolean contains(String serviceUid) {
        return services.contains(serviceUid);
    }

    /** There is a load balancer, or none is asked for any more. */
    void forget(String serviceUid) {
        services.remove(serviceUid);
    }
}
