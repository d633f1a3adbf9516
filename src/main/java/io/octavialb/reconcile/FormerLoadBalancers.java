package io.octavialb.reconcile;

import io.octavialb.config.ServiceOptions;
import io.octavialb.model.Outcome;
import io.octavialb.model.Ownership;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.observed.FloatingIp;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.model.observed.LoadBalancerTree;
import io.octavialb.model.observed.Observed;
import io.octavialb.plan.Step;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes a Service off the load balancers that it was on before its annotation {@code load-balancer-id} named another.
 *
 * <p>The status is written when a Service has converged, so as long as it shows another address than those of today's
 * load balancer there may be a former one. Else nothing is asked of the cloud. The new one serves before the old is left.
 */
final class FormerLoadBalancers {
    private final LoadBalancerSearch search;
    private final Release release;
    private final Leftovers leftovers;

    FormerLoadBalancers(LoadBalancerSearch search, Release release, Leftovers leftovers) {
        this.search = search;
        this.release = release;
        this.leftovers = leftovers;
    }

    /** Whether the Service may have moved to where it is now. */
    static boolean mayExist(Service service, Ownership ownership, Observed now) {
        LoadBalancerTree tree = now.tree();
        if (tree == null) {
            return false;
        }
        return service.ingress().isEmpty()
                ? !ownership.createdForService(tree.loadBalancer())
                : Stream.concat(
                                tree.loadBalancer().vipAddresses().stream(),
                                now.floatingIps().stream().map(FloatingIp::floatingIpAddress))
                        .noneMatch(address -> Evidence.servedAt(service, address));
    }

    /** What {@link #leave} would do. */
    List<Step> leaving(Service service, Ownership ownership, String idOfToday) {
        return release.steps(
                search.former(service, ownership, idOfToday),
                service,
                ownership,
                ServiceOptions.parse(service).options());
    }

    /** What has to be waited for, or failed; null when the Service is on none but today's. */
    @Nullable
    Outcome leave(Service service, Ownership ownership, String idOfToday) {
        List<LoadBalancer> former = search.former(service, ownership, idOfToday);
        ServiceOptions options = ServiceOptions.parse(service).options();
        Outcome left = release.from(former, service, ownership, options);
        if (left == null) {
            leftovers.removeServed(service, ownership, options.keepFloatingIp());
        }
        return left;
    }
}
