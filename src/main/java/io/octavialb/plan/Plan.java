package io.octavialb.plan;

import java.util.List;

/** The steps, in order, that make what is observed what is desired; prints itself for people. */
public record Plan(List<Step> steps) {
    public Plan {
        steps = List.copyOf(steps);
    }

    public boolean isEmpty() {
        return steps.isEmpty();
    }

    @Override
    public String toString() {
        return PlanText.of(this);
    }
}
