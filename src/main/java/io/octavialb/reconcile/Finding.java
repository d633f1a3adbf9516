package io.octavialb.reconcile;

import io.octavialb.model.observed.LoadBalancer;
import java.util.List;

/** What a search for a Service's load balancer came to. */
sealed interface Finding {
    /**
     * This one serves the Service.
     *
     * @param twins made for the same Service, and never shown to anybody as where it is served
     */
    record Found(LoadBalancer loadBalancer, List<LoadBalancer> twins) implements Finding {
        Found(LoadBalancer loadBalancer) {
            this(loadBalancer, List.of());
        }
    }

    record None() implements Finding {}

    /** The load balancer that the annotation names carries another cluster's mark. */
    record AnotherClusters(LoadBalancer loadBalancer) implements Finding {}

    /** The annotation names a load balancer that we never served the Service with, and that is not there. */
    record NotThere(String id) implements Finding {}

    /** The annotation names a load balancer that this project may not read, another project's; or is no id at all. */
    record NotReadable(String id) implements Finding {}

    /** Several load balancers carry this cluster's mark and the Service's name. */
    record Several(List<LoadBalancer> loadBalancers) implements Finding {}
}
