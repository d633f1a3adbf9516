package io.octavialb.cloud;

import io.octavialb.model.desired.DesiredMember;
import io.octavialb.model.observed.Pool;
import io.octavialb.openstack.CloudException.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What Octavia refuses although each resource by itself is well formed. */
final class OctaviaRules {
    /** {@code VALID_LISTENER_POOL_PROTOCOL_MAP} of octavia-lib, as far as this program goes. */
    private static final Map<String, Set<String>> POOL_PROTOCOLS = Map.of(
            "TCP", Set.of("HTTP", "PROXY", "PROXYV2", "TCP"),
            "HTTP", Set.of("HTTP", "PROXY", "PROXYV2"),
            "TERMINATED_HTTPS", Set.of("HTTP", "PROXY", "PROXYV2"),
            "UDP", Set.of("UDP"),
            "SCTP", Set.of("SCTP"));

    private OctaviaRules() {}

    static void compatible(String listenerProtocol, String poolProtocol) {
        if (!POOL_PROTOCOLS.getOrDefault(listenerProtocol, Set.of()).contains(poolProtocol)) {
            throw MemoryOctavia.fault(Kind.BAD_REQUEST, 400, listenerProtocol + " listener, " + poolProtocol + " pool");
        }
    }

    static void distinct(List<DesiredMember> members) {
        Set<String> seen = new HashSet<>();
        for (DesiredMember member : members) {
            if (!seen.add(member.address() + " " + member.protocolPort())) {
                throw MemoryOctavia.fault(Kind.CONFLICT, 409, "member " + member.address() + " twice");
            }
        }
    }

    static void unmonitored(Pool pool) {
        if (pool.healthmonitorId() != null) {
            throw MemoryOctavia.fault(Kind.CONFLICT, 409, "pool " + pool.id() + " has a monitor");
        }
    }
}
