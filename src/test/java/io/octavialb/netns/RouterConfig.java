package io.octavialb.netns;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A virtual router on eth0 as a keepalived.conf, which both implementations read.
 *
 * @param version 2 or 3
 * @param intervalMillis advertisement interval
 * @param unicast whether advertisements go to the other hosts' addresses instead of the group's
 * @param password of version 2's authentication; empty is none
 * @param more further lines of the instance
 */
record RouterConfig(
        int version,
        boolean ipv6,
        int intervalMillis,
        boolean unicast,
        String password,
        int priority,
        List<String> addresses,
        String more) {
    static final int VRID = 51;
    static final String VIP = "10.77.0.100";
    static final String VIP6 = "fd77::100";

    static RouterConfig v3(int intervalMillis) {
        return new RouterConfig(3, false, intervalMillis, false, "", 100, List.of(VIP), "");
    }

    static RouterConfig v2() {
        return new RouterConfig(2, false, 1000, false, "", 100, List.of(VIP), "");
    }

    static RouterConfig v6(int intervalMillis) {
        return new RouterConfig(3, true, intervalMillis, false, "", 100, List.of("fe80::100", VIP6), "");
    }

    RouterConfig withPriority(int value) {
        return new RouterConfig(version, ipv6, intervalMillis, unicast, password, value, addresses, more);
    }

    RouterConfig withPassword(String value) {
        return new RouterConfig(version, ipv6, intervalMillis, unicast, value, priority, addresses, more);
    }

    RouterConfig withUnicast() {
        return new RouterConfig(version, ipv6, intervalMillis, true, password, priority, addresses, more);
    }

    RouterConfig withAddresses(String... values) {
        return new RouterConfig(version, ipv6, intervalMillis, unicast, password, priority, List.of(values), more);
    }

    RouterConfig with(String line) {
        return new RouterConfig(
                version, ipv6, intervalMillis, unicast, password, priority, addresses, more + "    " + line + "\n");
    }

    String address() {
        return addresses.getLast();
    }

    String text(Host host) {
        return global(host) + instance(host, "vip", "eth0");
    }

    static String global(Host host) {
        return """
                global_defs {
                    router_id %s
                    enable_script_security
                    script_user root
                }
                """.formatted(host.name());
    }

    String instance(Host host, String name, String device) {
        var lines = new ArrayList<String>();
        lines.add("vrrp_instance " + name + " {");
        lines.add("    state BACKUP");
        lines.add("    interface " + device);
        lines.add("    virtual_router_id " + VRID);
        lines.add("    version " + version);
        lines.add("    priority " + priority);
        lines.add("    advert_int " + intervalMillis / 1000.0);
        if (!password.isEmpty()) {
            lines.add("    authentication {\n        auth_type PASS\n        auth_pass " + password + "\n    }");
        }
        if (unicast) {
            lines.add("    unicast_src_ip " + host.address(0));
            lines.add(host.rig().hosts().stream()
                    .filter(peer -> peer != host)
                    .map(peer -> "        " + peer.address(0) + "\n")
                    .collect(Collectors.joining("", "    unicast_peer {\n", "    }")));
        }
        lines.add(addresses.stream()
                .map(address -> "        " + address + "\n")
                .collect(Collectors.joining("", "    virtual_ipaddress {\n", "    }")));
        return String.join("\n", lines) + "\n" + more + "}\n";
    }

    /** What a backup waits after the last advertisement before it takes over (RFC 9568 §6.1, RFC 3768 §6.1), in nanoseconds. */
    long activeDownNanos() {
        long interval = intervalMillis * WallClock.MILLISECOND;
        long skew = version == 2 ? (256 - priority) * 1_000_000_000L / 256 : (256 - priority) * interval / 256;
        return 3 * interval + skew;
    }
}
