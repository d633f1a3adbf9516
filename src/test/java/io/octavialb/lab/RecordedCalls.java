package io.octavialb.lab;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Requests in the order in which their answers were known. Filters give another of its kind, so they combine:
 * {@code proxy.since(mark).to(OCTAVIA).mutations().count()}. It prints one request a line, for assertion messages.
 */
public record RecordedCalls(List<RecordedCall> list) {
    public RecordedCalls {
        list = List.copyOf(list);
    }

    public int count() {
        return list.size();
    }

    /** How many used one of these methods. */
    public int count(String... methods) {
        var wanted = Set.of(methods);
        return matching(call -> wanted.contains(call.method())).count();
    }

    public RecordedCalls mutations() {
        return matching(Call::isMutation);
    }

    public RecordedCalls reads() {
        return matching(Call::isRead);
    }

    public RecordedCalls logins() {
        return matching(Call::isLogin);
    }

    public RecordedCalls to(CloudService service) {
        return matching(call -> call.service() == service);
    }

    public RecordedCalls path(Predicate<String> path) {
        return matching(call -> path.test(call.path()));
    }

    public RecordedCalls matching(Predicate<Call> wanted) {
        return new RecordedCalls(
                list.stream().filter(recorded -> wanted.test(recorded.call())).toList());
    }

    @Override
    public String toString() {
        return list.stream().map(RecordedCall::toString).collect(Collectors.joining("\n", "\n", ""));
    }
}
