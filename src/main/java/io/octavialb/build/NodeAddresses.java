package io.octavialb.build;

import com.google.common.net.InetAddresses;
import io.octavialb.config.Cidr;
import io.octavialb.model.kubernetes.IpFamily;
import io.octavialb.model.kubernetes.Node;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the address by which a node is a member: its InternalIP, else its ExternalIP, of the wanted family.
 *
 * <p>A node with several network cards has several addresses of a type: the load balancer reaches the one in the members'
 * subnet.
 */
public final class NodeAddresses {
    private static final List<String> TYPES = List.of("InternalIP", "ExternalIP");

    private NodeAddresses() {}

    /** The first address in canonical form (RFC 5952), as Octavia answers it; empty when the node has none. */
    public static Optional<String> of(Node node, IpFamily family) {
        return all(node, family).map(InetAddresses::toAddrString).findFirst();
    }

    /** The first address in the members' subnet; the first one when none is in it. */
    static Optional<String> in(@Nullable Cidr subnet, Node node, IpFamily family) {
        return all(node, family)
                .filter(address -> subnet != null && subnet.contains(address))
                .map(InetAddresses::toAddrString)
                .findFirst()
                .or(() -> of(node, family));
    }

    /** Whether the members' subnet decides which address it is. */
    public static boolean several(Node node, IpFamily family) {
        return all(node, family).count() > 1;
    }

    private static Stream<InetAddress> all(Node node, IpFamily family) {
        return TYPES.stream()
                .flatMap(type -> ofType(node, type))
                .filter(address -> InetAddresses.isInetAddress(address) && IpFamily.of(address) == family)
                .map(InetAddresses::forString)
                .distinct();
    }

    private static Stream<String> ofType(Node node, String type) {
        return node.addresses().stream()
                .filter(address -> address.type().equals(type))
                .map(Node.Address::address);
    }
}
