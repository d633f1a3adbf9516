package io.octavialb.vip.config;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
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
        return text == null ? new Text.Unreadable("No such file or directory") : new Text.Found(text);
    }

    @Override
    public List<String> glob(String pattern, String relativeTo) {
        PathMatcher matcher;
        try {
            Path folder = Path.of(relativeTo).resolveSibling(pattern).normalize();
            matcher = FileSystems.getDefault().getPathMatcher("glob:" + folder);
        } catch (IllegalArgumentException _) {
            return List.of();
        }
        return files.keySet().stream()
                .filter(file -> matcher.matches(Path.of(file)))
                .sorted()
                .toList();
    }
}
