package io.octavialb.vip;

import io.octavialb.vip.config.AgentSettings;
import io.octavialb.vip.config.CheckSettings;
import io.octavialb.vip.config.CheckSettings.Probe;
import io.octavialb.vip.config.GlobalSettings;
import io.octavialb.vip.config.InstanceSettings;
import io.octavialb.vip.config.Notify;
import io.octavialb.vip.config.Place;
import io.octavialb.vip.config.Tracked;
import io.octavialb.vip.config.VirtualAddress;
import io.octavialb.vrrp.Announcements;
import io.octavialb.vrrp.Authentication;
import io.octavialb.vrrp.Checksum;
import io.octavialb.vrrp.Family;
import io.octavialb.vrrp.IpAddress;
import io.octavialb.vrrp.Version;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings as a configuration would give them, for tests. */
final class Settings {
    private static final Place PLACE = new Place("agent.yaml", 1);

    private Settings() {}

    static CheckSettings check(String name, int rise, int fall, boolean startsFailed) {
        return check(name, new Probe.Tcp("127.0.0.1", 1), rise, fall, startsFailed);
    }

    static CheckSettings check(String name, Probe probe) {
        return check(name, probe, 1, 1, false);
    }

    static CheckSettings check(String name, Probe probe, Duration timeout) {
        return new CheckSettings(name, probe, Duration.ofMillis(50), timeout, 1, 1, 0, false, PLACE);
    }

    static CheckSettings check(String name, Probe probe, int rise, int fall, boolean startsFailed) {
        return new CheckSettings(
                name, probe, Duration.ofMillis(50), Duration.ofMinutes(1), rise, fall, 0, startsFailed, PLACE);
    }

    static Notify.Command command(String... words) {
        return new Notify.Command(List.of(words), Optional.empty());
    }

    static InstanceSettings instance(String name, int vrid, int priority, String... addresses) {
        return instance(name, "eth0", vrid, priority, List.of(), List.of(), addresses);
    }

    static InstanceSettings instance(
            String name,
            String interfaceName,
            int vrid,
            int priority,
            List<Tracked> interfaces,
            List<Tracked> checks,
            String... addresses) {
        return instance(name, interfaceName, vrid, priority, Optional.empty(), false, interfaces, checks, addresses);
    }

    static InstanceSettings withSource(String name, IpAddress source, boolean tracked, String... addresses) {
        return instance(name, "eth0", 1, 100, Optional.of(source), tracked, List.of(), List.of(), addresses);
    }

    private static InstanceSettings instance(
            String name,
            String interfaceName,
            int vrid,
            int priority,
            Optional<IpAddress> source,
            boolean trackSource,
            List<Tracked> interfaces,
            List<Tracked> checks,
            String... addresses) {
        return new InstanceSettings(
                name,
                interfaceName,
                Version.V3,
                Family.IPV4,
                vrid,
                priority,
                100,
                true,
                Duration.ZERO,
                new Authentication.None(),
                Checksum.PSEUDO_HEADER,
                source,
                trackSource,
                List.of(),
                List.of(addresses).stream().map(Settings::virtual).toList(),
                List.of(),
                interfaces,
                checks,
                Announcements.DEFAULT,
                Notify.NONE,
                PLACE);
    }

    private static VirtualAddress virtual(String address) {
        return new VirtualAddress(IpAddress.parse(address), 32, Optional.empty(), Optional.empty(), 0);
    }

    static AgentSettings agent(InstanceSettings... instances) {
        GlobalSettings global =
                new GlobalSettings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        return new AgentSettings(List.of(instances), List.of(), List.of(), global);
    }
}
