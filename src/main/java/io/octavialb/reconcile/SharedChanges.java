package io.octavialb.reconcile;

import io.octavialb.model.Changes.Change;
import io.octavialb.model.kubernetes.ObjectKey;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.plan.Step;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * What passes changed on load balancers that can make a difference to other Services on them, or refused by them.
 *
 * <p>That is what makes room, a port or a place below {@code max-shared-lb}, and the floating IP, which is everyone's
 * address. What else a Service does with its listeners, and that it joined, is nothing to the others; members change for
 * all of them at once, and would have each wake all. Told once the Service has come to rest, for until then the load
 * balancer takes no changes. Lost with the process, whose successor begins with a pass over each Service.
 */
final class SharedChanges {
    private final Map<String, Set<String>> loadBalancers = new ConcurrentHashMap<>();
    private final BiConsumer<String, ObjectKey> changed;

    /** @param changed is told the load balancer's id, and which Service needs not be told */
    SharedChanges(BiConsumer<String, ObjectKey> changed) {
        this.changed = changed;
    }

    /** Notes a step that was carried out for a Service. */
    void note(Service service, Step step, String loadBalancerId) {
        if (concernsOthers(step)) {
            loadBalancers
                    .computeIfAbsent(service.uid(), _ -> ConcurrentHashMap.newKeySet())
                    .add(loadBalancerId);
        }
    }

    /** Tells of what was changed for the Service since the last time. */
    void tell(Service service) {
        Set<String> noted = loadBalancers.remove(service.uid());
        if (noted != null) {
            noted.forEach(loadBalancerId -> changed.accept(loadBalancerId, service.key()));
        }
    }

    private static boolean concernsOthers(Step step) {
        return switch (step) {
            case Step.DeleteListener _, Step.DeleteLoadBalancer _ -> true;
            case Step.UpdateLoadBalancer(var _, var changes) ->
                changes.fields().stream().anyMatch(SharedChanges::takesTagsAway);
            case Step.CreateFloatingIp _, Step.AttachFloatingIp _, Step.DetachFloatingIp _, Step.DeleteFloatingIp _ ->
                true;
            case Step.ReserveFloatingIp _, Step.SecurityGroupStep _ -> false;
            case Step.CreateLoadBalancer _,
                    Step.CreateListener _,
                    Step.UpdateListener _,
                    Step.CreatePool _,
                    Step.UpdatePool _,
                    Step.DeletePool _,
                    Step.ReplaceMembers _,
                    Step.CreateMember _,
                    Step.UpdateMember _,
                    Step.DeleteMember _,
                    Step.CreateHealthMonitor _,
                    Step.UpdateHealthMonitor _,
                    Step.DeleteHealthMonitor _ -> false;
        };
    }

    private static boolean takesTagsAway(Change change) {
        return change.field().equals("tags")
                && change.from() instanceof Collection<?> before
                && change.to() instanceof Collection<?> after
                && !after.containsAll(before);
    }
}
