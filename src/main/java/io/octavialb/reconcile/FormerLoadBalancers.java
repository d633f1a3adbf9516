package io.octavialb.reconcile;

import io.octavialb.build.EventReasons;
import io.octavialb.config.ServiceOptions;
import io.octavialb.model.Notice;
import io.octavialb.model.Outcome;
import io.octavialb.model.Outcome.Failure;
import io.octavialb.model.Ownership;
import io.octavialb.model.Ownership.Mark;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.observed.FloatingIp;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.model.observed.LoadBalancerTree;
import io.octavialb.model.observed.Observed;
import io.octavialb.openstack.CloudException;
import io.octavialb.plan.Step;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a Service off the load balancers that it was on before its annotation {@code load-balancer-id} named another.
 *
 * <p>The status is written when a Service has converged, so as long as it shows another address than those of today's
 * load balancer there may be a former one. Else nothing is asked of the cloud. The new one serves before the old is left.
 *
 * <p>One that can't be left, in ERROR or PENDING for long, is what people move away from: the Service shows its new
 * address meanwhile, if the former load balancer is found without the old one, by our mark. That it is to be left is
 * remembered then, and after a restart it is left with the Service's deletion at the latest.
 */
final class FormerLoadBalancers {
    private static final Logger LOG = LoggerFactory.getLogger(FormerLoadBalancers.class);

    private final LoadBalancerSearch search;
    private final Release release;
    private final Leftovers leftovers;
    /** UIDs of Services that are on a former load balancer still. */
    private final Set<String> remaining = ConcurrentHashMap.newKeySet();

    FormerLoadBalancers(LoadBalancerSearch search, Release release, Leftovers leftovers) {
        this.search = search;
        this.release = release;
        this.leftovers = leftovers;
    }

    /**
     * What keeps the Service on a former load balancer.
     *
     * @param found as it was before it was to be left
     * @param why it waits, or has failed
     */
    record Remaining(LoadBalancer found, Outcome why, boolean marked) {
        /** Whether the Service's new address may be told although the old one is in use yet. */
        boolean mayRemain() {
            boolean begun = why instanceof Outcome.Waiting && !found.pending();
            return marked && !begun;
        }

        Failure failure() {
            String message = switch (why) {
                case Outcome.Waiting waiting -> waiting.reason();
                case Outcome.Failed failed -> failed.message();
                case Outcome.Rejected(var problems) -> problems.getFirst().message();
                case Outcome.Converged _, Outcome.Partial _, Outcome.Released _ ->
                    throw new IllegalStateException("nothing remains: " + why);
            };
            return new Failure(
                    null,
                    new Notice(
                            EventReasons.FORMER_NOT_LEFT,
                            "the Service is not off its former load balancer yet: " + message),
                    true);
        }
    }

    /** Whether the Service may have moved to where it is now, or has and is on another still. */
    boolean mayExist(Service service, Ownership ownership, Observed now) {
        LoadBalancerTree tree = now.tree();
        if (tree == null) {
            return false;
        }
        return remaining.contains(service.uid()) || isElsewhere(service, ownership, now, tree);
    }

    private static boolean isElsewhere(Service service, Ownership ownership, Observed now, LoadBalancerTree tree) {
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

    /** Those that the Service is on as well; none when it is on today's alone. */
    List<Remaining> leave(Service service, Ownership ownership, String idOfToday) {
        ServiceOptions options = ServiceOptions.parse(service).options();
        List<Remaining> left = search.former(service, ownership, idOfToday).stream()
                .flatMap(former -> leave(former, service, ownership, options).stream())
                .toList();
        if (left.isEmpty()) {
            leftovers.removeServed(service, ownership, options.keepFloatingIp());
            forget(service);
        } else {
            remaining.add(service.uid());
        }
        return left;
    }

    private Optional<Remaining> leave(
            LoadBalancer former, Service service, Ownership ownership, ServiceOptions options) {
        Outcome why;
        try {
            why = release.from(List.of(former), service, ownership, options);
        } catch (CloudException e) {
            LOG.warn("{}: former load balancer {}: {}", service.key(), former.id(), e.fault());
            why = CloudFailure.again(e);
        }
        return why == null
                ? Optional.empty()
                : Optional.of(new Remaining(former, why, ownership.mark(former) == Mark.OURS));
    }

    void forget(Service service) {
        remaining.remove(service.uid());
    }
}
