package io.octavialb.reconcile;

import io.octavialb.cloud.Clusters;
import io.octavialb.cloud.ServiceBuilder;
import io.octavialb.model.OctaviaVersion;
import io.octavialb.model.kubernetes.Node;
import io.octavialb.model.kubernetes.Service;
import io.octavialb.model.kubernetes.ServicePort;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** A Service and the nodes it is served by, drawn at random; never one that is refused. */
record Variant(Service service, List<Node> nodes) {
    private static final String TLS = "http://127.0.0.1:9311/v1/containers/";

    static Variant draw(Random random, OctaviaVersion version) {
        ServiceBuilder service = new ServiceBuilder().ports(ports(random, version));
        layer7OrProxy(service, random, version);
        if (random.nextInt(4) == 0) {
            service.internal();
        }
        if (random.nextInt(4) == 0) {
            service.annotation("keep-floatingip", "true");
        }
        if (random.nextBoolean()) {
            service.annotation("enable-health-monitor", "true");
        }
        if (random.nextInt(3) == 0) {
            service.annotation("health-monitor-delay", oneOf(random, "10", "20"));
        }
        if (random.nextInt(3) == 0) {
            service.localTraffic(31000 + random.nextInt(2));
        }
        if (random.nextInt(3) == 0) {
            service.clientIpAffinity();
        }
        if (random.nextInt(3) == 0) {
            service.annotation("lb-method", oneOf(random, "LEAST_CONNECTIONS", "SOURCE_IP"));
        }
        if (random.nextInt(3) == 0) {
            service.annotation("connection-limit", oneOf(random, "5", "6"));
        }
        if (random.nextInt(3) == 0) {
            service.annotation("timeout-client-data", oneOf(random, "1000", "2000"));
        }
        if (random.nextInt(3) == 0) {
            service.sourceRanges(oneOf(random, "192.0.2.0/24", "10.1.2.3/8"), "198.51.100.0/24");
        }
        return new Variant(service.build(), nodes(random));
    }

    private static void layer7OrProxy(ServiceBuilder service, Random random, OctaviaVersion version) {
        switch (random.nextInt(6)) {
            case 0 -> service.annotation("proxy-protocol", "v1");
            case 1 -> service.annotation("proxy-protocol", version.has(OctaviaVersion.PROXYV2) ? "v2" : "v1");
            case 2 -> service.annotation("x-forwarded-for", "true");
            case 3 -> service.annotation("default-tls-container-ref", TLS + random.nextInt(2));
            case 4 ->
                service.annotation("x-forwarded-for", "true")
                        .annotation("default-tls-container-ref", TLS + random.nextInt(2));
            default -> {}
        }
    }

    private static List<ServicePort> ports(Random random, OctaviaVersion version) {
        String third = version.has(OctaviaVersion.SCTP) ? "SCTP" : "UDP";
        List<ServicePort> all = new ArrayList<>(List.of(
                port("http", "TCP", 80, random),
                port("https", "TCP", 443, random),
                port("dns", "UDP", 53, random),
                port("dns-tcp", "TCP", 53, random),
                port("signalling", third, 2905, random)));
        Collections.shuffle(all, random);
        return List.copyOf(all.subList(0, 1 + random.nextInt(all.size())));
    }

    private static ServicePort port(String name, String protocol, int port, Random random) {
        return new ServicePort(name, protocol, port, 30000 + port + 3000 * random.nextInt(2));
    }

    private static List<Node> nodes(Random random) {
        List<Node> nodes = new ArrayList<>(Clusters.nodes(1, 2, 3, 4));
        Collections.shuffle(nodes, random);
        return List.copyOf(nodes.subList(0, 1 + random.nextInt(nodes.size())));
    }

    private static String oneOf(Random random, String first, String second) {
        return random.nextBoolean() ? first : second;
    }
}
