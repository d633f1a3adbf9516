package io.octavialb.kubernetes;

import io.octavialb.kubernetes.FieldManager.Writer;
import io.octavialb.model.kubernetes.Service;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which Services are ours, and what a pass has to do with one.
 *
 * <p>The finalizer is not ours alone: every service controller made from {@code k8s.io/cloud-provider} writes the same
 * one, and {@code spec.loadBalancerClass}, which can't change as long as the type is LoadBalancer, is emptied when the
 * type changes. So a Service that we do not serve is released if it carries the finalizer and either an instance for the
 * class we serve wrote to it, or no instance did and it has no other possible owner (its type is not LoadBalancer and we
 * serve Services without a class, as the reference does).
 *
 * @param loadBalancerClass the class we serve; null: Services without one
 */
record Responsibility(@Nullable String loadBalancerClass) {
    static final String FINALIZER = "service.kubernetes.io/load-balancer-cleanup";

    /** Whether events of the Service can matter at all. */
    boolean concerns(Service service) {
        return served(service) || hasFinalizer(service);
    }

    /** @param writer who of us wrote the finalizer, the annotations or the status */
    Duty duty(Service service, Writer writer) {
        if (served(service) && !service.deleting()) {
            return Duty.ENSURE;
        }
        boolean ours = served(service)
                || switch (writer) {
                    case THIS_CLASS -> true;
                    case OTHER_CLASS -> false;
                    case NONE_OF_US -> loadBalancerClass == null && !isLoadBalancer(service);
                };
        return hasFinalizer(service) && ours ? Duty.RELEASE : Duty.NONE;
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
