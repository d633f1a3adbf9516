package io.octavialb.cloud;

import io.octavialb.model.observed.FloatingIp;
import io.octavialb.model.observed.HealthMonitor;
import io.octavialb.model.observed.Listener;
import io.octavialb.model.observed.LoadBalancer;
import io.octavialb.model.observed.Member;
import io.octavialb.model.observed.Pool;
import io.octavialb.model.observed.Port;
import io.octavialb.model.observed.SecurityGroup;
import io.octavialb.model.observed.SecurityGroupRule;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a cloud holds, without ids and without names that depend on the way there: two ways must end in the same. */
public final class CloudState {
    private CloudState() {}

    /** A line a resource, in an order that does not depend on when it was made. */
    public static String of(MemoryCloud cloud) {
        TreeSet<String> lines = new TreeSet<>();
        for (LoadBalancer loadBalancer : cloud.octavia().loadBalancers()) {
            String name = loadBalancer.name();
            lines.add(name + " " + loadBalancer.provisioningStatus() + " " + new TreeSet<>(loadBalancer.tags()));
            cloud.octavia().listeners(loadBalancer.id()).forEach(l -> lines.add(name + " " + listener(l, cloud)));
            cloud.octavia().pools(loadBalancer.id()).stream()
                    .filter(pool -> unused(pool, loadBalancer, cloud))
                    .forEach(pool -> lines.add(name + " unused " + pool(pool, cloud)));
        }
        cloud.neutron().floatingIps().forEach(floatingIp -> lines.add(floatingIp(floatingIp)));
        cloud.neutron().securityGroups().forEach(group -> lines.add(securityGroup(group, cloud)));
        return String.join("\n", lines);
    }

    private static boolean unused(Pool pool, LoadBalancer loadBalancer, MemoryCloud cloud) {
        return cloud.octavia().listeners(loadBalancer.id()).stream()
                .noneMatch(listener -> pool.id().equals(listener.defaultPoolId()));
    }

    private static String listener(Listener l, MemoryCloud cloud) {
        Map<String, Object> fields = new TreeMap<>();
        fields.put("limit", String.valueOf(l.connectionLimit()));
        fields.put(
                "timeouts",
                l.timeoutClientData() + " " + l.timeoutMemberConnect() + " " + l.timeoutMemberData() + " "
                        + l.timeoutTcpInspect());
        fields.put("cidrs", new TreeSet<>(l.allowedCidrs()));
        fields.put("headers", new TreeMap<>(l.insertHeaders()));
        fields.put("tls", String.valueOf(l.defaultTlsContainerRef()));
        fields.put("tags", new TreeSet<>(l.tags()));
        String pool = cloud.octavia().pools().stream()
                .filter(p -> p.id().equals(l.defaultPoolId()))
                .map(p -> pool(p, cloud))
                .findFirst()
                .orElse("no pool");
        return l.key() + " " + l.protocol() + " " + fields + " " + pool;
    }

    private static String pool(Pool pool, MemoryCloud cloud) {
        List<String> members = cloud.octavia().members(pool.id()).stream()
                .map(CloudState::member)
                .sorted()
                .toList();
        String monitor = pool.healthmonitorId() == null
                ? "no monitor"
                : cloud.octavia()
                        .healthMonitor(pool.healthmonitorId())
                        .map(CloudState::monitor)
                        .orElse("lost monitor");
        return pool.protocol() + " " + pool.lbAlgorithm() + " " + pool.sessionPersistence() + " "
                + new TreeSet<>(pool.tags()) + " " + members + " " + monitor;
    }

    private static String member(Member m) {
        return m.address() + ":" + m.protocolPort() + " " + m.name() + " " + m.weight() + " " + m.backup() + " "
                + m.adminStateUp() + " " + m.monitorPort();
    }

    private static String monitor(HealthMonitor m) {
        return m.type() + " " + m.delay() + " " + m.timeout() + " " + m.maxRetries() + " " + m.maxRetriesDown() + " "
                + m.urlPath();
    }

    private static String securityGroup(SecurityGroup group, MemoryCloud cloud) {
        return "securitygroup " + group.name() + " "
                + group.securityGroupRules().stream()
                        .map(SecurityGroupRule::toString)
                        .sorted()
                        .toList()
                + " on "
                + cloud.neutron().portsWithSecurityGroups(List.of(group.id())).stream()
                        .map(Port::id)
                        .sorted()
                        .toList();
    }

    private static String floatingIp(FloatingIp floatingIp) {
        return "floatingip " + (floatingIp.portId() == null ? "detached " : "attached ") + floatingIp.description();
    }
}
