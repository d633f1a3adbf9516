package io.octavialb.reconcile;

import io.octavialb.model.observed.LoadBalancer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a search for a Service's load balancer came to. */
sealed interface Finding {
    /**
     * This one serves the Service.
     *
     * @param twins made for the same Service, and never shown to anybody as where it is served
     * @param gone the one of its own that it names instead, and that is not there any more; null: it names no other
     */
    record Found(
            LoadBalancer loadBalancer,
            List<LoadBalancer> twins,
            @Nullable String gone) implements Finding {
        Found(LoadBalancer loadBalancer) {
            this(loadBalancer, List.of(), null);
        }
    }

    /**
     * The Service has none.
     *
     * @param gone the one of its own that it names, and that is not there any more; null: it names none
     */
    record None(@Nullable String gone) implements Finding {}

    /** The load balancer that the annotation names carries another cluster's mark. */
    record AnotherClusters(LoadBalancer loadBalancer) implements Finding {}

    /** The annotation names a load balancer that is not there, and that was not made for the Service as far as is known. */
    record NotThere(String id, String why) implements Finding {}

    /** The annotation names a load balancer that this project may not read, another project's; or is no id at all. */
    record NotReadable(String id) implements Finding {}

    /** Several load balancers carry this cluster's mark and the Service's name. */
    record Several(List<LoadBalancer> loadBalancers) implements Finding {}
}
