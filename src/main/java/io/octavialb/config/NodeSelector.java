package io.octavialb.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which nodes become members: {@code zone=a,ssd} asks for the label {@code zone} with value {@code a} and for the label
 * {@code ssd} with any value. The empty selector takes every node.
 *
 * @param required label to value; an empty value asks only that the label exists
 */
public record NodeSelector(Map<String, String> required) {
    /** Takes every node. */
    public static final NodeSelector EVERY_NODE = new NodeSelector(Map.of());

    public NodeSelector {
        required = Map.copyOf(required);
    }

    /** Empty when a pair has a value but no label; a label given twice keeps its last value. */
    public static Optional<NodeSelector> parse(String text) {
        Map<String, String> required = new LinkedHashMap<>();
        for (String pair : text.split(",", -1)) {
            String[] parts = pair.strip().split("=", 2);
            String label = parts[0].strip();
            String value = parts.length == 2 ? parts[1].strip() : "";
            if (label.isEmpty() && parts.length == 2) {
                return Optional.empty();
            }
            if (!label.isEmpty()) {
                required.put(label, value);
            }
        }
        return Optional.of(new NodeSelector(required));
    }

    /** Whether a node with these labels has all that is required. */
    public boolean matches(Map<String, String> labels) {
        return required.entrySet().stream().allMatch(entry -> {
            String actual = labels.get(entry.getKey());
            return actual != null
                    && (entry.getValue().isEmpty() || entry.getValue().equals(actual));
        });
    }

    /** As an annotation writes it. */
    @Override
    public String toString() {
        return new TreeMap<>(required)
                .entrySet().stream()
                        .map(label ->
                                label.getValue().isEmpty() ? label.getKey() : label.getKey() + "=" + label.getValue())
                        .collect(Collectors.joining(","));
    }
}
