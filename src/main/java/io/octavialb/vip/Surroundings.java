package io.octavialb.vip;

import io.octavialb.net.Link;
import io.octavialb.vip.Standing.Health;
import io.octavialb.vip.config.CheckSettings;
import io.octavialb.vip.config.InstanceSettings;
import io.octavialb.vip.config.VirtualAddress;
import io.octavialb.vrrp.Family;
import io.octavialb.vrrp.IpAddress;
import io.octavialb.vrrp.Role;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the instances depend on beside the other routers: interfaces and their addresses, sockets that hear, checks. */
final class Surroundings {
    private final NodeView node;
    private final Receiving receiving;
    private final Map<String, Health> health = new HashMap<>();

    private final Standing.Conditions conditions = new Standing.Conditions() {
        @Override
        public boolean up(String interfaceName) {
            return node.up(interfaceName);
        }

        @Override
        public Health check(String name) {
            return health.getOrDefault(name, Health.UNKNOWN);
        }
    };

    /** Primary addresses as far as they were asked for in one look. */
    private record Primaries(Set<IpAddress> virtual, Map<LinkFamily, Optional<IpAddress>> found) {}

    Surroundings(NodeView node, Receiving receiving) {
        this.node = node;
        this.receiving = receiving;
    }

    void check(String name, Health now) {
        health.put(name, now);
    }

    /** What another check of that name finds is another matter. */
    void forgetOtherChecks(List<CheckSettings> checks) {
        health.keySet().retainAll(checks.stream().map(CheckSettings::name).toList());
    }

    /** Has each instance look at them, and take up what has changed. */
    void look(Collection<Instance> instances, Groups groups) {
        Set<IpAddress> virtual = instances.stream()
                .flatMap(Instance::held)
                .map(VirtualAddress::address)
                .collect(Collectors.toSet());
        Primaries primaries = new Primaries(virtual, new HashMap<>());
        for (Instance instance : instances) {
            InstanceSettings settings = instance.settings();
            Optional<IpAddress> source = source(settings, primaries);
            Standing standing = Standing.of(
                    settings,
                    groups.interfaces(settings),
                    groups.checks(settings),
                    unusable(instance, source),
                    conditions);
            instance.look(node, source, standing);
        }
    }

    private Optional<IpAddress> source(InstanceSettings settings, Primaries primaries) {
        Link link = node.link(settings.interfaceName());
        if (link == null) {
            return Optional.empty();
        }
        return settings.source().isPresent()
                ? settings.source().filter(address -> node.has(link, address))
                : primaries
                        .found()
                        .computeIfAbsent(
                                new LinkFamily(link.index(), settings.family()),
                                _ -> node.primary(link, settings.family(), primaries.virtual()));
    }

    /** Why nothing can be sent or heard; empty when it can. */
    private String unusable(Instance instance, Optional<IpAddress> source) {
        InstanceSettings settings = instance.settings();
        String name = settings.interfaceName();
        Link link = node.link(name);
        if (link == null) {
            return "interface " + name + " is not there";
        }
        if (!link.up()) {
            return "interface " + name + " is down";
        }
        boolean waitsForSource =
                settings.source().isPresent() && !settings.trackSource() && instance.role() == Role.ACTIVE;
        if (source.isEmpty() && !waitsForSource) {
            return settings.source().isPresent()
                    ? "address " + settings.source().get() + " is not on " + name
                    : name + " has no " + (settings.family() == Family.IPV4 ? "IPv4" : "link-local IPv6")
                            + " address to send from";
        }
        return receiving.deafness(link, settings.family());
    }
}
