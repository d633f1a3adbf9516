package io.octavialb.crash;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes down the calls of an uninterrupted run. */
final class Recorder implements Script {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<Numbered> calls = new ArrayList<>();

    /** @param number the first of its kind is 1 */
    record Numbered(Call call, int number) {}

    @Override
    public synchronized Treatment treat(Call call) {
        calls.add(new Numbered(call, numbers.merge(call.what(), 1, Integer::sum)));
        return Treatment.ANSWERED;
    }

    synchronized List<Numbered> calls() {
        return List.copyOf(calls);
    }
}
