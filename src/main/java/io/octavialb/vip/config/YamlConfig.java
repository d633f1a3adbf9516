package io.octavialb.vip.config;

import io.octavialb.vip.config.AgentDraft.SyncGroupDraft;
import io.octavialb.vip.config.YamlKeys.In;
import java.io.StringReader;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.nodes.Node;

/** Reads our own format into a draft of the agent's settings. */
final class YamlConfig {
    private static final int MOST_VALUES = 50_000;
    private static final int MOST_ALIASES = 20;
    private static final int DEEPEST = 20;

    private final String file;
    private final Problems problems;
    private final AgentDraft draft;
    private final ConfigAmount amount;

    private YamlConfig(String file, Problems problems) {
        this.file = file;
        this.problems = problems;
        this.amount = new ConfigAmount(problems);
        this.draft = new AgentDraft(Dialect.YAML, new Place(file, 1));
    }

    static AgentDraft read(String file, ConfigSource source, Problems problems) {
        YamlConfig config = new YamlConfig(file, problems);
        switch (source.read(file)) {
            case ConfigSource.Text.Found(String text, boolean malformed) -> config.read(text, malformed);
            case ConfigSource.Text.TooLong _ ->
                config.amount.tooMuch(config.draft.place, ConfigSource.MOST_OCTETS + " octets");
            case ConfigSource.Text.Unreadable(String why) ->
                problems.error(
                        config.draft.place, file + " can't be read: " + why, "check the path and its permissions");
        }
        return config.draft;
    }

    private void read(String text, boolean malformed) {
        if (malformed) {
            problems.error(
                    new Place(file, lines(text.substring(0, text.indexOf('\ufffd')))),
                    "octets that are not UTF-8, which YAML is written in",
                    "write the file in UTF-8");
            return;
        }
        amount.file(text, draft.place);
        amount.lines(lines(text), draft.place);
        amount.text(text, draft.place);
        if (amount.isTooMuch()) {
            return;
        }
        Node root = compose(text);
        if (root != null) {
            YamlMap.of(file, root, In.TOP, problems).ifPresent(this::top);
        }
    }

    private static int lines(String text) {
        return 1 + Math.toIntExact(text.chars().filter(c -> c == '\n').count());
    }

    /** A long flow of values needs many times the memory of its text, so they are counted before they are kept. */
    private static boolean hasTooManyValues(Yaml yaml, String text) {
        int values = 0;
        for (Event event : yaml.parse(new StringReader(text))) {
            values += event instanceof NodeEvent ? 1 : 0;
            if (values > MOST_VALUES) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Node compose(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(ConfigSource.MOST_OCTETS);
        options.setMaxAliasesForCollections(MOST_ALIASES);
        options.setNestingDepthLimit(DEEPEST);
        try {
            Yaml yaml = new Yaml(new SafeConstructor(options));
            if (!hasTooManyValues(yaml, text)) {
                return yaml.compose(new StringReader(text));
            }
            amount.tooMuch(draft.place, MOST_VALUES + " values");
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            problems.error(
                    new Place(file, line),
                    "not YAML: " + e.getProblem(),
                    "correct what stands there, or just before it");
        } catch (YAMLException e) {
            problems.error(draft.place, "not YAML: " + e.getMessage(), "correct the file");
        }
        return null;
    }

    private void top(YamlMap map) {
        draft.listen = map.text("listen");
        draft.stateFile = map.text("stateFile");
        draft.realtimePriority = map.whole("realtimePriority");
        draft.scriptUser = map.text("scriptUser");
        map.mappings(
                "checks",
                In.CHECK,
                check -> YamlCheck.read(file, check.getKey(), check.getValue(), problems)
                        .ifPresentOrElse(draft.checks::add, () -> draft.brokenChecks.add(check.getKey())));
        map.mappings(
                "instances",
                In.INSTANCE,
                instance ->
                        draft.instances.add(YamlInstance.read(file, instance.getKey(), instance.getValue(), problems)));
        map.mappings(
                "syncGroups",
                In.SYNC_GROUP,
                group -> draft.syncGroups.add(syncGroup(group.getKey(), group.getValue())));
    }

    private SyncGroupDraft syncGroup(String name, YamlMap map) {
        SyncGroupDraft group = new SyncGroupDraft(name, map.place());
        map.list("instances")
                .forEach(node -> map.text(node, "instances")
                        .ifPresent(member -> group.members.add(new Said<>(member, YamlMap.place(file, node)))));
        YamlTracked.read(file, map, group.interfaces, group.checks, problems);
        YamlCommand.notified(file, map, group.notified, problems);
        return group;
    }
}
