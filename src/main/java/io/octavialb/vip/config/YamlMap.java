package io.octavialb.vip.config;

import io.octavialb.config.NearestKey;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A mapping of a YAML file whose values are read by key; what is of another kind than wanted is a problem and empty. */
final class YamlMap {
    private final String file;
    private final Problems problems;
    private final Place place;
    private final SequencedMap<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Place> places = new LinkedHashMap<>();

    private YamlMap(String file, Place place, Problems problems) {
        this.file = file;
        this.place = place;
        this.problems = problems;
    }

    /** A mapping of known keys. */
    static Optional<YamlMap> of(String file, Node node, YamlKeys.In in, Problems problems) {
        List<String> known = YamlKeys.of(in);
        return named(file, node, in.toString(), problems).map(map -> {
            map.values.keySet().stream()
                    .filter(key -> !known.contains(key))
                    .forEach(key -> problems.error(
                            map.placeOf(key),
                            key + " is unknown in " + in,
                            NearestKey.hint(key, known, "its keys are " + String.join(", ", known))));
            return map;
        });
    }

    /** A mapping whose keys are names. */
    static Optional<YamlMap> named(String file, Node node, String what, Problems problems) {
        Place place = place(file, node);
        if (!(node instanceof MappingNode mapping)) {
            problems.error(place, what + " is not a mapping", "write keys and values, each as key: value");
            return Optional.empty();
        }
        YamlMap map = new YamlMap(file, place, problems);
        mapping.getValue().forEach(map::add);
        return Optional.of(map);
    }

    static Place place(String file, Node node) {
        return new Place(file, node.getStartMark().getLine() + 1);
    }

    private void add(NodeTuple entry) {
        Place at = place(file, entry.getKeyNode());
        if (!(entry.getKeyNode() instanceof ScalarNode key) || key.getValue().isEmpty()) {
            problems.error(at, "a key that is not a word", "write a word before the colon");
        } else if (values.putIfAbsent(key.getValue(), entry.getValueNode()) != null) {
            problems.error(at, key.getValue() + " is said twice", "remove one");
        } else {
            places.put(key.getValue(), at);
        }
    }

    Place place() {
        return place;
    }

    Place placeOf(String key) {
        return places.getOrDefault(key, place);
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    SequencedMap<String, Node> nodes() {
        return values;
    }

    @Nullable
    Node node(String key) {
        return values.get(key);
    }

    void mapping(String key, YamlKeys.In in, Consumer<YamlMap> use) {
        Node node = values.get(key);
        if (node != null) {
            of(file, node, in, problems).ifPresent(use);
        }
    }

    /** Mappings by name. */
    void mappings(String key, YamlKeys.In in, Consumer<Map.Entry<String, YamlMap>> use) {
        Node node = values.get(key);
        if (node != null && !node.getTag().equals(Tag.NULL)) {
            named(file, node, key, problems)
                    .ifPresent(map -> map.values.forEach((name, value) -> of(file, value, in, problems)
                            .ifPresent(inner -> use.accept(Map.entry(name, inner.at(map.placeOf(name)))))));
        }
    }

    /** The items of a list; none if it is not there. */
    List<Node> list(String key) {
        Node node = values.get(key);
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        if (node != null) {
            problems.error(placeOf(key), key + " is not a list", "write its items as - item, each on its line");
        }
        return List.of();
    }

    @Nullable
    Said<String> text(String key) {
        Node node = values.get(key);
        return node == null
                ? null
                : text(node, key)
                        .map(text -> new Said<>(text, place(file, node)))
                        .orElse(null);
    }

    Optional<String> text(Node node, String key) {
        boolean isText = node instanceof ScalarNode && !node.getTag().equals(Tag.NULL);
        if (!isText || ((ScalarNode) node).getValue().isEmpty()) {
            problems.error(place(file, node), key + " has no value, or not one word", "write a value after the colon");
            return Optional.empty();
        }
        return Optional.of(((ScalarNode) node).getValue());
    }

    @Nullable
    Said<Long> whole(String key) {
        return read(key, Quantity::whole, "a whole number");
    }

    @Nullable
    Said<Duration> time(String key) {
        Said<Duration> time = read(key, Quantity::duration, "a time with its unit, such as 1s or 100ms");
        if (time != null && Quantity.isTooLong(time.value())) {
            wrong(
                    time.place(),
                    key,
                    Quantity.text(time.value()),
                    "a time of at most " + Quantity.text(Quantity.LONGEST));
            return null;
        }
        return time;
    }

    @Nullable
    Said<Boolean> flag(String key) {
        return read(
                key,
                text -> switch (text) {
                    case "true" -> Optional.of(true);
                    case "false" -> Optional.of(false);
                    default -> Optional.empty();
                },
                "true or false");
    }

    /** Null if the key is not there, or can't be read. */
    <T> @Nullable Said<T> read(String key, Function<String, Optional<T>> reader, String wanted) {
        Said<String> text = text(key);
        if (text == null) {
            return null;
        }
        Optional<T> value = reader.apply(text.value());
        if (value.isEmpty()) {
            wrong(text.place(), key, text.value(), wanted);
        }
        return value.map(read -> new Said<>(read, text.place())).orElse(null);
    }

    void wrong(Place at, String key, String value, String wanted) {
        problems.error(at, key + " " + value + " is not allowed", "write " + wanted);
    }

    private YamlMap at(Place name) {
        YamlMap same = new YamlMap(file, name, problems);
        same.values.putAll(values);
        same.places.putAll(places);
        return same;
    }
}
