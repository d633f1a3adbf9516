package io.octavialb.vip.config;

import io.octavialb.vip.config.InstanceDraft.TrackedDraft;
import io.octavialb.vip.config.YamlKeys.In;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** Reads what an instance or a group tracks: names, or mappings of name and weight. */
final class YamlTracked {
    static final int HEAVIEST = 253;

    private YamlTracked() {}

    static void read(
            String file,
            YamlMap map,
            List<Said<TrackedDraft>> interfaces,
            List<Said<TrackedDraft>> checks,
            Problems problems) {
        map.mapping("track", In.TRACK, track -> {
            track.list("interfaces")
                    .forEach(node ->
                            tracked(file, track, "interfaces", node, problems).ifPresent(interfaces::add));
            track.list("checks")
                    .forEach(node ->
                            tracked(file, track, "checks", node, problems).ifPresent(checks::add));
        });
    }

    private static Optional<Said<TrackedDraft>> tracked(
            String file, YamlMap track, String key, Node node, Problems problems) {
        Place place = YamlMap.place(file, node);
        if (!(node instanceof MappingNode)) {
            return track.text(node, key).map(name -> new Said<>(new TrackedDraft(name, null), place));
        }
        return YamlMap.of(file, node, In.TRACKED, problems).flatMap(map -> {
            Said<String> name = map.text("name");
            if (!map.has("name")) {
                problems.error(place, key + ": an item has no name", "write name:");
            }
            Integer weight = weight(map);
            return name == null
                    ? Optional.empty()
                    : Optional.of(new Said<>(new TrackedDraft(name.value(), weight), place));
        });
    }

    static @Nullable Integer weight(YamlMap map) {
        Said<Long> weight = map.whole("weight");
        if (weight == null) {
            return null;
        }
        if (Math.abs(weight.value()) > HEAVIEST) {
            map.wrong(weight.place(), "weight", weight.value().toString(), "a whole number from -253 to 253");
            return null;
        }
        return Math.toIntExact(weight.value());
    }
}
