package io.octavialb.plan;

import io.octavialb.model.ListenerKey;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The steps, in order, that make what is observed what is desired; prints itself for people.
 *
 * @param ports which port a step is about, where it is about one alone
 */
public record Plan(List<Step> steps, Map<Step, ListenerKey> ports) {
    public Plan {
        steps = List.copyOf(steps);
        ports = Map.copyOf(ports);
    }

    /** A plan whose steps are about no port alone. */
    public Plan(List<Step> steps) {
        this(steps, Map.of());
    }

    /** With steps after it that are about no port alone. */
    public Plan and(List<Step> more) {
        return new Plan(Stream.concat(steps.stream(), more.stream()).toList(), ports);
    }

    /** The port that the step is about alone: its failure is nothing to the others. */
    public @Nullable ListenerKey port(Step step) {
        return ports.get(step);
    }

    public boolean isEmpty() {
        return steps.isEmpty();
    }

    @Override
    public String toString() {
        return PlanText.of(this);
    }
}
