package io.octavialb.vip.config;

import io.octavialb.vip.config.KeepalivedTokens.UnclosedQuote;
import io.octavialb.vip.config.YamlKeys.In;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads commands: a text whose words may be quoted, a list of words, or a mapping of a command and its user. */
final class YamlCommand {
    private YamlCommand() {}

    static void notified(String file, YamlMap map, NotifyDraft draft, Problems problems) {
        map.mapping("notify", In.NOTIFY, notify -> {
            for (NotifyDraft.On on : NotifyDraft.On.values()) {
                String key = on.name().toLowerCase(Locale.ROOT);
                read(file, notify, key, problems).ifPresent(command -> draft.add(on, command));
            }
        });
    }

    /** Empty if the key is not there, or after an error. */
    static Optional<Notify.Command> read(String file, YamlMap map, String key, Problems problems) {
        Node node = map.node(key);
        if (node == null) {
            return Optional.empty();
        }
        if (!(node instanceof MappingNode)) {
            return words(map, key, node, file, problems).map(words -> new Notify.Command(words, Optional.empty()));
        }
        return YamlMap.of(file, node, In.COMMAND, problems).flatMap(command -> {
            Optional<String> user = AgentDraft.value(command.text("user"));
            Node words = command.node("command");
            if (words == null) {
                problems.error(command.place(), key + " has no command", "write command:");
                return Optional.empty();
            }
            return words(command, "command", words, file, problems).map(read -> new Notify.Command(read, user));
        });
    }

    private static Optional<List<String>> words(YamlMap map, String key, Node node, String file, Problems problems) {
        List<String> words = new ArrayList<>();
        try {
            if (node instanceof SequenceNode sequence) {
                sequence.getValue().forEach(word -> map.text(word, key).ifPresent(words::add));
            } else {
                map.text(node, key).ifPresent(words::add);
                words.addAll(words.isEmpty() ? List.of() : KeepalivedTokens.ofCommand(words.removeFirst()));
            }
        } catch (UnclosedQuote e) {
            problems.error(
                    YamlMap.place(file, node), key + ": " + e.getMessage(), "close it, or write a list of words");
            return Optional.empty();
        }
        if (words.isEmpty() || words.getFirst().isEmpty()) {
            problems.error(YamlMap.place(file, node), key + " names no program", "write a command");
            return Optional.empty();
        }
        return Optional.of(words);
    }
}
