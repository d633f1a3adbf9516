package io.octavialb.adoption;

import static io.octavialb.cloud.Clusters.CLUSTER;

import io.octavialb.cloud.MemoryCloud;
import io.octavialb.cloud.ServiceBuilder;
import io.octavialb.model.kubernetes.IpFamily;
import io.octavialb.model.kubernetes.Node;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.observed.FloatingIp;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** The cluster and the cloud in memory that the Service of a case is in. */
record OccmWorld(AdoptionCase made) {
    static final String FLOATING_IP = "203.0.113.77";

    ServiceBuilder asked() {
        return made.asks().apply(new ServiceBuilder());
    }

    OccmShape shape(Service service) {
        return new OccmShape(
                service,
                nodes(),
                new OccmShape.Cloud(
                        CLUSTER.name(), made.provider(), subnet(), "net-public", made.version(), made.legacyNames()));
    }

    /** A cloud in which the reference serves the Service. */
    MemoryCloud cloud() {
        MemoryCloud cloud = new MemoryCloud(made.version());
        OccmShape shape = shape(asked().build());
        cloud.octavia().put(MadeByOccm.tree(shape, vip()));
        shape.floatingIp("vip-port-o")
                .ifPresent(_ -> cloud.neutron()
                        .put(new FloatingIp(
                                "fip-o", "net-public", FLOATING_IP, "vip-port-o", shape.floatingIpDescription())));
        return cloud;
    }

    List<Node> nodes() {
        return IntStream.of(1, 2)
                .mapToObj(number -> new Node(
                        "node-" + number,
                        Map.of(),
                        Set.of(),
                        false,
                        "openstack:///00000000-0000-4000-8000-00000000000" + number,
                        List.of(
                                new Node.Address("InternalIP", "10.6.0.1" + number),
                                new Node.Address("InternalIP", "fd00:6::1" + number))))
                .toList();
    }

    String vip() {
        return made.family() == IpFamily.IPv6 ? "fd00:6::77" : "10.6.0.77";
    }

    String subnet() {
        return made.family() == IpFamily.IPv6 ? "sub-private-v6" : "sub-private";
    }

    String configLines() {
        String subnet = made.family() == IpFamily.IPv6 ? "subnet-id = sub-private-v6\n" : "";
        return made.provider().equals("ovn") ? subnet + "lb-provider = ovn\nlb-method = SOURCE_IP_PORT\n" : subnet;
    }
}
