package io.octavialb.vip.config;

import java.util.List;
import java.util.Optional;

/** Reads the agent's configuration in either format; all that is wrong with it is told at once. */
public final class AgentConfig {
    private AgentConfig() {}

    /**
     * The settings that a file says, or why there are none.
     *
     * @param file our own format if its name ends in {@code .yaml} or {@code .yml}, else a keepalived.conf
     */
    public static ConfigResult parse(String file, ConfigSource source) {
        return file.endsWith(".yaml") || file.endsWith(".yml") ? yaml(file, source) : keepalived(file, source);
    }

    private static ConfigResult yaml(String file, ConfigSource source) {
        Problems problems = new Problems();
        AgentDraft draft = YamlConfig.read(file, source, problems);
        Optional<AgentSettings> settings = AgentChecks.settle(draft, problems);
        return new ConfigResult(settings, problems.sorted(List.of(file)));
    }

    private static ConfigResult keepalived(String file, ConfigSource source) {
        Problems problems = new Problems();
        KeepalivedLines lines = new KeepalivedLines(source, problems);
        List<Statement> statements = new KeepalivedTree(problems).of(lines.of(file));
        AgentDraft draft = KeepalivedConfig.read(statements, new Place(file, 1), problems);
        Optional<AgentSettings> settings = AgentChecks.settle(draft, problems);
        return new ConfigResult(settings, problems.sorted(lines.files()));
    }
}
