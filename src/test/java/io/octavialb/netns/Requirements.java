package io.octavialb.netns;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the machine has to have. Its lack is a failure, as a test that is skipped shows nothing. */
final class Requirements {
    private static final Map<String, String> PACKAGES = new TreeMap<>(Map.of(
            "ip", "iproute2",
            "bridge", "iproute2",
            "nft", "nftables",
            "keepalived", "keepalived",
            "haproxy", "haproxy",
            "setpriv", "util-linux"));

    private Requirements() {}

    static void check() {
        if (!"root".equals(System.getProperty("user.name"))) {
            throw new IllegalStateException("network namespaces need root: run this as root (sudo ./dev netns)");
        }
        List<String> missing = PACKAGES.entrySet().stream()
                .filter(program -> !installed(program.getKey()))
                .map(Map.Entry::getValue)
                .distinct()
                .toList();
        if (!missing.isEmpty()) {
            throw new IllegalStateException("programs are missing; run: apt-get install " + String.join(" ", missing));
        }
    }

    private static boolean installed(String program) {
        return List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin").stream()
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
