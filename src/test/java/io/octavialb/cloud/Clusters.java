package io.octavialb.cloud;

import io.octavialb.config.CloudConfig;
import io.octavialb.config.CloudConfigResult;
import io.octavialb.model.ClusterIdentity;
import io.octavialb.model.kubernetes.Node;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** What tests take for granted of a cluster: its identity, its cloud-config, its nodes. */
public final class Clusters {
    public static final ClusterIdentity CLUSTER =
            new ClusterIdentity("kubernetes", "5f0c2a3e-0000-4000-8000-000000000001");
    public static final List<Node> NODES = nodes(1, 2);
    public static final CloudConfig CONFIG = config("");

    private Clusters() {}

    /** A cloud-config with these further lines in {@code [LoadBalancer]}. */
    public static CloudConfig config(String lines) {
        String text = """
                [Global]
                auth-url = http://127.0.0.1:5000/v3
                username = occm
                password = secret
                tenant-name = occm
                domain-name = Default
                [LoadBalancer]
                subnet-id = sub-private
                floating-network-id = net-public
                """ + lines;
        return switch (CloudConfig.parse("cloud.conf", text, path -> {
            throw new IllegalStateException(path);
        })) {
            case CloudConfigResult.Valid valid -> valid.config();
            case CloudConfigResult.Invalid invalid -> throw new IllegalStateException(invalid.toString());
        };
    }

    public static List<Node> nodes(int... numbers) {
        return IntStream.of(numbers).mapToObj(Clusters::node).toList();
    }

    private static Node node(int number) {
        return new Node(
                "node-" + number,
                Map.of(),
                Set.of(),
                false,
                "openstack:///00000000-0000-4000-8000-00000000000" + number,
                List.of(new Node.Address("InternalIP", "10.6.0.1" + number)));
    }
}
