package io.octavialb.vip.config;

import io.octavialb.vrrp.Announcements;
import io.octavialb.vrrp.Authentication;
import io.octavialb.vrrp.Checksum;
import io.octavialb.vrrp.Family;
import io.octavialb.vrrp.IpAddress;
import io.octavialb.vrrp.Version;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One virtual router on one interface (keepalived's vrrp_instance).
 *
 * @param intervalCentiseconds 1 to 4095; version 2: whole seconds
 * @param source address that advertisements are sent from; empty is the interface's primary (IPv6: link-local) address
 * @param trackSource whether an active router that loses {@code source} is in fault (keepalived's track_src_ip); a backup is anyway
 * @param peers addresses that advertisements are sent to; empty is multicast
 * @param addresses the virtual addresses that are advertised
 * @param excluded further virtual addresses that are held but not advertised
 * @param place where the instance begins in its file
 */
public record InstanceSettings(
        String name,
        String interfaceName,
        Version version,
        Family family,
        int vrid,
        int priority,
        int intervalCentiseconds,
        boolean preempt,
        Duration preemptDelay,
        Authentication authentication,
        Checksum checksum,
        Optional<IpAddress> source,
        boolean trackSource,
        List<IpAddress> peers,
        List<VirtualAddress> addresses,
        List<VirtualAddress> excluded,
        List<Tracked> interfaces,
        List<Tracked> checks,
        Announcements announcements,
        Notify notified,
        Place place) {
    public InstanceSettings {
        peers = List.copyOf(peers);
        addresses = List.copyOf(addresses);
        excluded = List.copyOf(excluded);
        interfaces = List.copyOf(interfaces);
        checks = List.copyOf(checks);
    }

    /** All virtual addresses, the excluded ones last. */
    public Stream<VirtualAddress> held() {
        return Stream.concat(addresses.stream(), excluded.stream());
    }
}
