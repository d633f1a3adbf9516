package io.octavialb.plan;

import io.octavialb.build.EventReasons;
import io.octavialb.model.Changes;
import io.octavialb.model.Changes.Change;
import io.octavialb.model.ClusterIdentity;
import io.octavialb.model.ListenerKey;
import io.octavialb.model.Notice;
import io.octavialb.model.Ownership;
import io.octavialb.model.Ownership.Mark;
import io.octavialb.model.observed.HealthMonitor;
import io.octavialb.model.observed.Listener;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.model.observed.LoadBalancerTree;
import io.octavialb.model.observed.LoadBalancerTree.PoolTree;
import io.octavialb.plan.Step.DeleteHealthMonitor;
import io.octavialb.plan.Step.DeleteListener;
import io.octavialb.plan.Step.DeletePool;
import io.octavialb.plan.Step.UpdateHealthMonitor;
import io.octavialb.plan.Step.UpdateListener;
import io.octavialb.plan.Step.UpdateLoadBalancer;
import io.octavialb.plan.Step.UpdatePool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Gives what has a former name of the cluster today's, as the reference does: what is below the load balancer first, the
 * load balancer last.
 *
 * <p>Before that, the load balancer gets the mark, for what proves that it is this cluster's can end with the first new
 * name, and a tag with today's name, by which a migration that was broken off can go on to a third name, or back. On
 * clouds without tags it can't. Names without a former name in them stay.
 */
public record Renaming(Ownership ownership, LoadBalancerTree tree) {

    /** The one event of a migration: the load balancer's name is the last that changes. */
    public static List<Notice> notices(Ownership ownership, LoadBalancer loadBalancer) {
        return ownership.isFormer(loadBalancer.name(), loadBalancer)
                ? List.of(new Notice(
                        EventReasons.RENAME,
                        "load balancer " + loadBalancer.id() + ": " + loadBalancer.name() + " becomes "
                                + ownership.loadBalancerName() + ", for the cluster was renamed"))
                : List.of();
    }

    /** The mark and today's name, which every later step goes by. */
    List<Step> claim() {
        LoadBalancer loadBalancer = tree.loadBalancer();
        List<String> tags = loadBalancer.tags();
        ClusterIdentity cluster = ownership.cluster();
        if (!ownership.isFormer(loadBalancer.name(), loadBalancer)
                || !tags.contains(loadBalancer.name())
                || (tags.contains(cluster.nameMark()) && ownership.mark(loadBalancer) == Mark.OURS)) {
            return List.of();
        }
        List<String> told = Stream.concat(tags.stream(), Stream.of(cluster.mark(), cluster.nameMark()))
                .distinct()
                .toList();
        return List.of(new UpdateLoadBalancer(loadBalancer, new Changes(List.of(new Change("tags", tags, told)))));
    }

    /** The load balancer's changes with its name. */
    Changes with(Changes planned) {
        LoadBalancer loadBalancer = tree.loadBalancer();
        return ownership.isFormer(loadBalancer.name(), loadBalancer)
                ? join(
                        planned,
                        new Changes(List.of(new Change("name", loadBalancer.name(), ownership.loadBalancerName()))))
                : planned;
    }

    /** The plan below the load balancer with the names: a listener's goes with its new tags, the others go alone. */
    Plan with(Plan below) {
        List<Step> planned = below.steps();
        List<Step> steps = new ArrayList<>(planned.stream().map(this::named).toList());
        for (PoolTree pool : tree.pools()) {
            if (none(planned, step -> step instanceof DeletePool s && s.pool().equals(pool.pool()))) {
                renameMonitor(steps, pool);
                add(steps, name(pool.pool().name()), changes -> new UpdatePool(pool.pool(), changes));
            }
        }
        tree.listeners().stream()
                .filter(listener -> ownership.owns(listener, tree.loadBalancer()))
                .filter(listener -> none(planned, step -> concerns(step, listener)))
                .forEach(listener ->
                        add(steps, name(listener.name()), changes -> new UpdateListener(listener, changes, null)));
        Map<Step, ListenerKey> ports = below.ports().entrySet().stream()
                .collect(Collectors.toMap(port -> named(port.getKey()), Entry::getValue));
        return new Plan(steps, ports);
    }

    private Step named(Step planned) {
        return planned instanceof UpdateListener s
                ? new UpdateListener(
                        s.listener(), join(s.changes(), name(s.listener().name())), s.defaultPool())
                : planned;
    }

    private static boolean none(List<Step> planned, Predicate<Step> matching) {
        return planned.stream().noneMatch(matching);
    }

    private static boolean concerns(Step step, Listener listener) {
        return (step instanceof UpdateListener update && update.listener().equals(listener))
                || (step instanceof DeleteListener delete && delete.listener().equals(listener));
    }

    private void renameMonitor(List<Step> steps, PoolTree pool) {
        HealthMonitor monitor = pool.healthMonitor();
        if (monitor != null
                && none(
                        steps,
                        step -> step instanceof DeleteHealthMonitor s
                                && s.monitor().equals(monitor))) {
            add(
                    steps,
                    join(name(monitor.name()), monitorTags(monitor)),
                    changes -> new UpdateHealthMonitor(pool.id(), monitor, changes));
        }
    }

    private static void add(List<Step> steps, Changes changes, Function<Changes, Step> step) {
        if (!changes.isEmpty()) {
            steps.add(step.apply(changes));
        }
    }

    private Changes name(@Nullable String name) {
        return new Changes(
                ownership.todaysName(name, tree.loadBalancer()).map(today -> new Change("name", name, today)).stream()
                        .toList());
    }

    /** The monitors of a load balancer are found by its name as their tag. */
    private Changes monitorTags(HealthMonitor monitor) {
        Predicate<String> former = tag -> ownership.isFormer(tag, tree.loadBalancer());
        return new Changes(
                monitor.tags().stream().anyMatch(former)
                        ? Stream.ofNullable(Fields.tags(ownership.healthMonitorTags(), monitor.tags(), former))
                                .toList()
                        : List.of());
    }

    private static Changes join(Changes first, Changes second) {
        return new Changes(
                Stream.concat(first.fields().stream(), second.fields().stream()).toList());
    }
}
