package io.octavialb.vip.config;

import io.octavialb.vrrp.Announcements;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** The outcome of reading a configuration as a text that a person can compare with the file. */
final class SettingsText {
    private SettingsText() {}

    static String of(ConfigResult result) {
        String problems = result.problems().stream()
                .map(problem -> problem.severity() + " " + problem + "\n")
                .collect(Collectors.joining());
        return problems + result.settings().map(SettingsText::of).orElse("refused\n");
    }

    private static String of(AgentSettings settings) {
        return settings.global() + "\n"
                + lines(settings.checks())
                + lines(settings.syncGroups())
                + settings.instances().stream().map(SettingsText::of).collect(Collectors.joining());
    }

    private static String lines(List<?> all) {
        return all.stream().map(one -> one + "\n").collect(Collectors.joining());
    }

    private static String of(InstanceSettings instance) {
        return """
                instance %s (%s)
                  %s %s, interface %s, vrid %d, priority %d, interval %d cs
                  preempt %s after %s, %s, checksum %s
                  source %s tracked %s, peers %s
                  addresses %s
                  excluded %s
                  interfaces %s
                  checks %s
                  announcements %s
                  %s
                """.formatted(
                        instance.name(),
                        instance.place(),
                        instance.version(),
                        instance.family(),
                        instance.interfaceName(),
                        instance.vrid(),
                        instance.priority(),
                        instance.intervalCentiseconds(),
                        instance.preempt(),
                        instance.preemptDelay(),
                        instance.authentication(),
                        instance.checksum(),
                        instance.source(),
                        instance.trackSource(),
                        instance.peers(),
                        instance.addresses(),
                        instance.excluded(),
                        instance.interfaces(),
                        instance.checks(),
                        of(instance.announcements()),
                        instance.notified());
    }

    private static String of(Announcements said) {
        return "%d, again after %s, refresh %d each %s, spacing %s, contested %d after %s"
                .formatted(
                        said.repeat(),
                        Duration.ofNanos(said.delayNanos()),
                        said.refreshRepeat(),
                        Duration.ofNanos(said.refreshNanos()),
                        Duration.ofNanos(said.spacingNanos()),
                        said.contestedRepeat(),
                        Duration.ofNanos(said.contestedDelayNanos()));
    }
}
