package io.octavialb.vip;

import io.octavialb.net.LinkSettings;
import io.octavialb.vip.config.AgentSettings;
import io.octavialb.vip.config.CheckSettings;
import io.octavialb.vip.config.ConfigProblem;
import io.octavialb.vip.config.InstanceSettings;
import io.octavialb.vip.config.Notify;
import io.octavialb.vip.config.Place;
import io.octavialb.vip.config.SyncGroupSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What an agent looks at when it starts: whether this process and this node can do what the configuration asks for. */
final class SelfCheck {
    private static final Pattern RELEASE = Pattern.compile("(\\d+)\\.(\\d+).*", Pattern.DOTALL);
    private static final int FINE_INTERVAL_CENTISECONDS = 10;

    /** Values of arp_ignore from here on leave requests without an answer (ip-sysctl). */
    private static final int ARP_IGNORES_HOST_SCOPE = 3;

    private SelfCheck() {}

    /** Whether the kernel keeps an address's protocol (IFA_PROTO, since 5.18). */
    static boolean kernelKeepsMarks() {
        Matcher release = RELEASE.matcher(System.getProperty("os.version", ""));
        if (!release.matches()) {
            return false;
        }
        int version = Integer.parseInt(release.group(1));
        return version > 5 || (version == 5 && Integer.parseInt(release.group(2)) >= 18);
    }

    /** What will work worse than it could on this node, each in a sentence with its remedy. */
    static List<String> warnings(AgentSettings settings) {
        List<String> warnings = new ArrayList<>();
        Set<String> interfaces = new TreeSet<>();
        for (InstanceSettings instance : settings.instances()) {
            interfaces.add(instance.interfaceName());
            if (instance.intervalCentiseconds() < FINE_INTERVAL_CENTISECONDS
                    && settings.global().realtimePriority().isEmpty()) {
                warnings.add("instance=" + instance.name()
                        + " interval below 100 ms without a realtime priority: on a busy node "
                        + "this agent may be late and lose its role; set realtimePriority (keepalived.conf: "
                        + "vrrp_rt_priority) and give it the capability SYS_NICE");
            }
        }
        interfaces.forEach(name -> arp(name).ifPresent(warnings::add));
        return warnings;
    }

    private static Optional<String> arp(String interfaceName) {
        try {
            int ignore = LinkSettings.read(interfaceName).arpIgnore();
            return ignore >= ARP_IGNORES_HOST_SCOPE
                    ? Optional.of("interface=" + interfaceName + " arp_ignore is " + ignore
                            + ": this node may not answer for virtual addresses; set it to 0, 1 or 2")
                    : strictArp(interfaceName, ignore);
        } catch (IOException _) {
            return Optional.empty(); // the interface may come later
        }
    }

    /** kube-proxy's IPVS mode keeps virtual addresses on a dummy interface, and without strict ARP this node answers for them. */
    private static Optional<String> strictArp(String interfaceName, int arpIgnore) {
        return arpIgnore == 0 && Files.exists(Path.of("/proc/sys/net/ipv4/conf/kube-ipvs0"))
                ? Optional.of("interface=" + interfaceName
                        + " kube-proxy runs in IPVS mode without strict ARP: every node answers "
                        + "for the virtual addresses; set ipvs.strictARP: true in kube-proxy's configuration")
                : Optional.empty();
    }

    /** Programs that are to run as users that do not exist, or that this process can't become. */
    static List<ConfigProblem> users(AgentSettings settings) {
        Users users = new Users();
        List<ConfigProblem> problems = new ArrayList<>();
        wantedUsers(settings).forEach((user, place) -> {
            try {
                users.group(user);
                if (!Users.isRoot() && !user.equals(Users.own())) {
                    problems.add(error(
                            place,
                            "a program is to run as user " + user + ", and this agent runs as " + Users.own(),
                            "take the user away, or start the agent as root"));
                }
            } catch (IOException e) {
                problems.add(error(
                        place,
                        "user " + user + ": " + e.getMessage(),
                        "name a user of this node, and have the program setpriv (util-linux)"));
            }
        });
        return problems;
    }

    private static ConfigProblem error(Place place, String text, String remedy) {
        return new ConfigProblem(place, ConfigProblem.Severity.ERROR, text, remedy);
    }

    private static Map<String, Place> wantedUsers(AgentSettings settings) {
        Map<String, Place> wanted = new LinkedHashMap<>();
        for (CheckSettings check : settings.checks()) {
            if (check.probe() instanceof CheckSettings.Probe.Script(var command)) {
                user(command, settings).ifPresent(user -> wanted.putIfAbsent(user, check.place()));
            }
        }
        for (InstanceSettings instance : settings.instances()) {
            commands(instance.notified())
                    .flatMap(command -> user(command, settings).stream())
                    .forEach(user -> wanted.putIfAbsent(user, instance.place()));
        }
        for (SyncGroupSettings group : settings.syncGroups()) {
            commands(group.notified())
                    .flatMap(command -> user(command, settings).stream())
                    .forEach(user -> wanted.putIfAbsent(user, group.place()));
        }
        return wanted;
    }

    private static Optional<String> user(Notify.Command command, AgentSettings settings) {
        return command.user().or(() -> settings.global().scriptUser());
    }

    private static Stream<Notify.Command> commands(Notify notified) {
        return Stream.of(notified.active(), notified.backup(), notified.fault(), notified.stop(), notified.any())
                .flatMap(Optional::stream);
    }
}
