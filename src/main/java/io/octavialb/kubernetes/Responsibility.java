package io.octavialb.kubernetes;

import io.octavialb.model.kubernetes.Service;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which Services are ours, and what a pass has to do with one.
 *
 * <p>The finalizer is not ours alone: every service controller made from {@code k8s.io/cloud-provider} writes the same
 * one, and {@code spec.loadBalancerClass} is emptied when the type changes. So a Service that we do not serve is
 * released if it carries the finalizer and either has no other possible owner (its type is not LoadBalancer and we
 * serve Services without a class, as the reference does) or our own field manager wrote to it.
 *
 * @param loadBalancerClass the class we serve; null: Services without one
 */
record Responsibility(@Nullable String loadBalancerClass) {
    static final String FINALIZER = "service.kubernetes.io/load-balancer-cleanup";

    /** What to do with a Service. */
    enum Duty {
        ENSURE,
        RELEASE,
        NONE
    }

    /** Whether events of the Service can matter at all. */
    boolean concerns(Service service) {
        return served(service) || hasFinalizer(service);
    }

    /** @param writtenByUs whether our field manager wrote the finalizer, the annotations or the status */
    Duty duty(Service service, boolean writtenByUs) {
        if (served(service) && !service.deleting()) {
            return Duty.ENSURE;
        }
        boolean noOtherOwner = served(service) || (loadBalancerClass == null && !isLoadBalancer(service));
        return hasFinalizer(service) && (noOtherOwner || writtenByUs) ? Duty.RELEASE : Duty.NONE;
    }

    private boolean served(Service service) {
        return isLoadBalancer(service) && Objects.equals(loadBalancerClass, service.loadBalancerClass());
    }

    static boolean hasFinalizer(Service service) {
        return service.finalizers().contains(FINALIZER);
    }

    private static boolean isLoadBalancer(Service service) {
        return service.type().equals("LoadBalancer");
    }
}
