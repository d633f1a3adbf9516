package io.octavialb.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The faults still to be injected; the oldest rule that matches a request is used, and used up. Thread-safe. */
final class FaultRules {
    private static final class Rule {
        final Predicate<Call> when;
        final Fault fault;
        int left;

        Rule(Predicate<Call> when, Fault fault, int times) {
            this.when = when;
            this.fault = fault;
            this.left = times;
        }
    }

    private final List<Rule> rules = new ArrayList<>();

    synchronized void add(int times, Predicate<Call> when, Fault fault) {
        if (times < 1) {
            throw new IllegalArgumentException("a fault is injected at least once, not " + times + " times");
        }
        rules.add(new Rule(when, fault, times));
    }

    synchronized void clear() {
        rules.clear();
    }

    /** How many injections are still waiting for a matching request. */
    synchronized int left() {
        return rules.stream().mapToInt(rule -> rule.left).sum();
    }

    synchronized Optional<Fault> take(Call call) {
        var match = rules.stream().filter(rule -> rule.when.test(call)).findFirst();
        match.ifPresent(rule -> rule.left--);
        rules.removeIf(rule -> rule.left == 0);
        return match.map(rule -> rule.fault);
    }
}
