package io.octavialb.openstack;

import io.octavialb.lab.Lab;
import io.octavialb.model.desired.DesiredHealthMonitor;
import io.octavialb.model.desired.DesiredListener;
import io.octavialb.model.desired.DesiredLoadBalancer;
import io.octavialb.model.desired.DesiredMember;
import io.octavialb.model.desired.DesiredPool;
import java.util.List;

/** A load balancer of the lab with a TCP and a UDP listener, and its parts. */
record DesiredSamples(Lab lab, String name) {
    DesiredLoadBalancer populated() {
        DesiredPool udp = new DesiredPool(
                "udp-pool",
                "UDP",
                "ROUND_ROBIN",
                new DesiredPool.SessionPersistence("SOURCE_IP", null),
                List.of(member("node-1", "10.6.0.11", 30053), member("node-2", "10.6.0.12", 30053)),
                null,
                null);
        return new DesiredLoadBalancer(
                name,
                "made by a test",
                null,
                lab.subnet("private-subnet"),
                null,
                null,
                null,
                List.of(),
                null,
                null,
                List.of("test", "täg&="),
                List.of(listener("tcp", "TCP", 80, tcp()), listener("udp", "UDP", 53, udp)));
    }

    DesiredPool tcp() {
        return new DesiredPool(
                "tcp-pool",
                "TCP",
                "ROUND_ROBIN",
                null,
                List.of(member("node-1", "10.6.0.11", 30080), member("node-2", "10.6.0.12", 30080)),
                new DesiredHealthMonitor(
                        "monitor", "TCP", 5, 3, 1, 3, null, null, null, null, null, List.of(name.replace(',', ';'))),
                null);
    }

    static DesiredListener listener(String name, String protocol, int port, DesiredPool pool) {
        return new DesiredListener(
                name,
                protocol,
                port,
                -1,
                protocol.equals("TCP") ? 61_000 : null,
                null,
                null,
                null,
                List.of("192.0.2.0/24"),
                null,
                null,
                List.of("listener"),
                pool);
    }

    static DesiredMember member(String name, String address, int port) {
        return DesiredMember.serving(name, address, port, null, null);
    }
}
