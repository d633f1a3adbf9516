package io.octavialb.vip.config;

import java.util.List;
import java.util.Map;

/** Configurations from a map of paths to texts. */
record MapSource(Map<String, String> files, String configId) implements ConfigSource {
    static final String MAIN = "/etc/keepalived/keepalived.conf";
    static final String OURS = "/etc/octavia-lb/vip-agent.yaml";

    static ConfigResult keepalived(String text) {
        return AgentConfig.parse(MAIN, new MapSource(Map.of(MAIN, text), "node-1"));
    }

    static ConfigResult yaml(String text) {
        return AgentConfig.parse(OURS, new MapSource(Map.of(OURS, text), "node-1"));
    }

    @Override
    public Text read(String path) {
        String text = files.get(path);
        return text == null ? new Text.Unreadable("No such file or directory") : new Text.Found(text, false);
    }

    @Override
    public Matches glob(String pattern, String relativeTo) {
        PathPattern wanted = PathPattern.of(pattern, relativeTo);
        return new Matches(
                files.keySet().stream().filter(wanted::matches).sorted().toList(), List.of());
    }
}
